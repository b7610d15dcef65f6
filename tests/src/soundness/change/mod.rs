//! Changes with a name, each made somewhere in a world.

mod functions;
mod members;
mod resources;
mod types;
mod worlds;

use super::random::Random;
use super::wit::visit::Home;
use super::wit::{Function, Ty, TypeDef, Wit};

/// One way to change a world.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// A stable name.
    pub name: &'static str,
    /// What was changed, in the words of a table's row.
    pub words: &'static str,
    /// Makes it at a random place and says where; absent where the world has no place for it.
    pub apply: fn(&mut Wit, &mut Random) -> Option<Home>,
}

/// Every change.
#[must_use]
pub fn all() -> Vec<&'static Change> {
    [functions::CHANGES, members::CHANGES, types::CHANGES, resources::CHANGES, worlds::CHANGES]
        .into_iter()
        .flatten()
        .collect()
}

/// The change with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Change> {
    all().into_iter().find(|change| change.name == name)
}

/// A random one of these items.
fn pick<T>(random: &mut Random, mut items: Vec<T>) -> Option<T> {
    if items.is_empty() { None } else { Some(items.swap_remove(random.below(items.len()))) }
}

/// Changes a random one of the functions that fit.
fn function(
    wit: &mut Wit,
    random: &mut Random,
    fits: impl Fn(&Function) -> bool,
    change: impl FnOnce(&mut Function, &mut Random),
) -> Option<Home> {
    let fitting = wit.functions_mut().into_iter().filter(|(_, function)| fits(function)).collect();
    let (home, function) = pick(random, fitting)?;
    change(function, random);
    Some(home)
}

/// Changes a random one of the declared types that fit.
fn def(
    wit: &mut Wit,
    random: &mut Random,
    fits: impl Fn(&TypeDef) -> bool,
    change: impl FnOnce(&mut TypeDef, &mut Random),
) -> Option<Home> {
    let fitting = wit.types_mut().into_iter().filter(|(_, def)| fits(def)).collect();
    let (home, def) = pick(random, fitting)?;
    change(def, random);
    Some(home)
}

/// Changes a random one of the mentioned types that fit.
fn mention(
    wit: &mut Wit,
    random: &mut Random,
    fits: impl Fn(&Ty) -> bool,
    change: impl Fn(&mut Ty, &mut Random),
) -> Option<Home> {
    let mut count = 0;
    wit.visit_types(&mut |_, ty| count += usize::from(fits(ty)));
    let mut left = if count == 0 { return None } else { random.below(count) };
    let mut found = None;
    wit.visit_types(&mut |home, ty| {
        if found.is_none() && fits(ty) {
            if left == 0 {
                change(ty, random);
                found = Some(home);
            } else {
                left -= 1;
            }
        }
    });
    found
}

/// A primitive type other than this one.
fn other_primitive(random: &mut Random, than: &Ty) -> Ty {
    let all = ["bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64", "string"];
    let others: Vec<_> = all.into_iter().map(Ty::Primitive).filter(|ty| ty != than).collect();
    random.pick(&others).clone()
}
