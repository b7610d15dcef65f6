//! The core instances of a component: the main one, and at most the pair that initialises it.
//!
//! Where a module exports `_initialize`, `wit-component` adds a second module whose start function is an import,
//! an instance with that one export, and an instance of the second module over it. The host does the same by
//! calling `_initialize` first, under the limits of the call.

use super::wiring::unsupported;
use crate::error::Error;
use wasmparser::{ExternalKind, Instance, Payload};

/// The position of the main instance.
pub(super) const MAIN: u32 = 0;

/// How far the instances have been read.
#[derive(Default)]
pub(super) enum CoreInstances<'a> {
    #[default]
    None,
    Main,
    /// The main instance, and one that only exports this function of it.
    Initializer(&'a str),
    /// All three.
    Initialized(&'a str),
}

impl<'a> CoreInstances<'a> {
    /// The core export to call before any other.
    pub(super) fn initializer(&self) -> Option<&'a str> {
        match self {
            Self::None | Self::Main | Self::Initializer(_) => None,
            Self::Initialized(name) => Some(name),
        }
    }

    /// Adds the next instance; `functions` are the core functions so far.
    pub(super) fn add(&mut self, instance: &Instance<'_>, functions: &[&'a str]) -> Result<(), Error> {
        *self = match (&self, instance) {
            (Self::None, Instance::Instantiate { module_index: 0, .. }) => Self::Main,
            (Self::Main, Instance::FromExports(exports)) => match exports.as_ref() {
                [export] if export.kind == ExternalKind::Func && export.name.is_empty() => {
                    let name = functions.get(export.index as usize);
                    Self::Initializer(name.ok_or_else(|| unsupported("an export that leads nowhere"))?)
                }
                _ => return Err(unsupported("a core instance that is put together from exports")),
            },
            // That the argument is the instance before follows: it is the only one with the right export.
            (Self::Initializer(name), Instance::Instantiate { module_index: 1, args }) if args.len() == 1 => {
                Self::Initialized(name)
            }
            _ => return Err(unsupported("more than one core instance")),
        };
        Ok(())
    }
}

/// A second module, while its sections are read.
#[derive(Default)]
pub(super) struct StartShim {
    imports: u32,
    starts: bool,
}

impl StartShim {
    /// Takes one section; refuses what the module of an initialiser does not have.
    pub(super) fn add(&mut self, payload: Payload<'_>) -> Result<(), Error> {
        match payload {
            Payload::Version { .. } | Payload::TypeSection(_) | Payload::CustomSection(_) => Ok(()),
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if !import.module.is_empty() || !import.name.is_empty() {
                        return Err(second_module());
                    }
                    self.imports += 1;
                }
                Ok(())
            }
            Payload::StartSection { func: 0, .. } => {
                self.starts = true;
                Ok(())
            }
            _ => Err(second_module()),
        }
    }

    /// Whether it was one, once all sections are read.
    pub(super) fn finish(&self) -> Result<(), Error> {
        if self.imports == 1 && self.starts { Ok(()) } else { Err(second_module()) }
    }
}

fn second_module() -> Error {
    unsupported("more than one core module")
}
