//! From an exported name to the core function behind it, through aliases and nested components.
//!
//! `wit-component` exports an interface as the instance of a small nested component that takes the lifted
//! functions as arguments; by hand it can be written in other ways. All of them end at one `canon lift`.

use super::wiring::{Function, InstanceOf, Item, Lift, Wiring, unsupported};
use crate::error::Error;
use wasmparser::ComponentExternalKind;

/// More steps than any real component needs; a bound for hostile ones.
const STEPS_MAX: usize = 100;

/// A component while it is being instantiated: with what its imports stand for.
#[derive(Clone, Copy)]
struct Scope<'w, 'a, 'p> {
    wiring: &'w Wiring<'a>,
    outer: Option<(&'p Scope<'w, 'a, 'p>, &'w [Item<'a>])>,
}

/// The lift of the function that the outermost component has at `index` of its function space.
pub(super) fn function<'w>(wiring: &'w Wiring<'_>, index: u32) -> Result<&'w Lift, Error> {
    Scope { wiring, outer: None }.function(index, STEPS_MAX)
}

/// The lift of function `name` of the outermost component's instance at `index`.
pub(super) fn of_instance<'w>(wiring: &'w Wiring<'_>, index: u32, name: &str) -> Result<&'w Lift, Error> {
    Scope { wiring, outer: None }.of_instance(index, name, STEPS_MAX)
}

impl<'w, 'a> Scope<'w, 'a, '_> {
    fn function(&self, index: u32, steps: usize) -> Result<&'w Lift, Error> {
        let steps = steps.checked_sub(1).ok_or_else(winding)?;
        match self.wiring.functions.get(index as usize).ok_or_else(dangling)? {
            Function::Lifted(lift) => Ok(lift),
            Function::Same(index) => self.function(*index, steps),
            Function::OfInstance { instance, name } => self.of_instance(*instance, name, steps),
            Function::Imported(name) => {
                let (outer, argument) = self.argument(name, ComponentExternalKind::Func)?;
                outer.function(argument, steps)
            }
        }
    }

    fn of_instance(&self, index: u32, name: &str, steps: usize) -> Result<&'w Lift, Error> {
        let steps = steps.checked_sub(1).ok_or_else(winding)?;
        match self.wiring.instances.get(index as usize).ok_or_else(dangling)? {
            InstanceOf::Same(index) => self.of_instance(*index, name, steps),
            InstanceOf::Exports(items) => {
                self.function(find(items, name, ComponentExternalKind::Func)?, steps)
            }
            InstanceOf::Component { component, arguments } => {
                let wiring = self.wiring.components.get(*component as usize).ok_or_else(dangling)?;
                let inner = Scope { wiring, outer: Some((self, arguments)) };
                inner.function(find(&wiring.exports, name, ComponentExternalKind::Func)?, steps)
            }
            InstanceOf::Imported(import) => {
                let (outer, argument) = self.argument(import, ComponentExternalKind::Instance)?;
                outer.of_instance(argument, name, steps)
            }
            InstanceOf::OfInstance => Err(unsupported("an instance inside an instance")),
        }
    }

    /// What the import `name` of this component stands for, as a position in the component around it.
    fn argument(&self, name: &str, kind: ComponentExternalKind) -> Result<(&Scope<'w, 'a, '_>, u32), Error> {
        let (outer, arguments) =
            self.outer.ok_or_else(|| Error::ImportPresent { import: name.to_owned() })?;
        Ok((outer, find(arguments, name, kind)?))
    }
}

fn find(items: &[Item<'_>], name: &str, kind: ComponentExternalKind) -> Result<u32, Error> {
    items
        .iter()
        .find(|item| item.name == name && item.kind == kind)
        .map(|item| item.index)
        .ok_or_else(dangling)
}

fn winding() -> Error {
    unsupported("an export that is passed on more than a hundred times")
}

fn dangling() -> Error {
    unsupported("an export that leads nowhere")
}
