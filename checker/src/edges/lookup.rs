//! From the names of an end to a function of a module, with its text where a contract is known.

use linchpin_contract::{Function, InterfaceId, function_digest};

use super::endpoint::{Endpoint, Segment};
use super::resolve::{Nowhere, Value, resolve};
use crate::config::did_you_mean;
use crate::known::{Asker, Known};
use crate::matching::{same_name, version};
use crate::system::{Module, System};

/// A function that an end names.
#[derive(Debug)]
pub(crate) struct Target<'s> {
    /// From its contract, or from bytes where no contract is known.
    pub(crate) function: &'s Function,
    /// Whether a contract is known, and tags with it.
    pub(crate) told: bool,
}

impl<'s> Target<'s> {
    /// The value at the end, and whether its tags are known.
    pub(crate) fn value(&self, end: &Endpoint) -> Result<(Value<'s>, bool), Nowhere> {
        resolve(self.function, end).map(|value| (value, self.told))
    }
}

/// Finds the function of an end in this version of its module.
pub(crate) fn lookup<'s>(
    system: &'s System,
    known: &Known<'s>,
    end: &Endpoint,
    module: Option<&'s Module>,
) -> Result<Target<'s>, Nowhere> {
    let nowhere = |at: &Segment, reason: String, names: &[String]| Nowhere {
        place: at.place.clone(),
        reason,
        help: did_you_mean(&at.name, names),
    };
    let Some(module) = module else {
        let names: Vec<String> = system.modules.iter().map(|module| module.name.clone()).collect();
        return Err(nowhere(&end.module, format!("there is no module `{}`", end.module.name), &names));
    };
    let named = |id: Option<&InterfaceId>| {
        end.interface.as_ref().is_none_or(|wanted| id.is_some_and(|id| id.name == wanted.name))
    };
    let exports: Vec<_> = module.world.exported_functions().collect();
    let what = format!("module `{}` {}", module.name, module.version);
    if let Some(wanted) = &end.interface
        && !exports.iter().any(|(id, _)| named(*id))
    {
        let names: Vec<String> = exports.iter().filter_map(|(id, _)| id.map(|id| id.name.clone())).collect();
        return Err(nowhere(wanted, format!("{what} has no interface `{}`", wanted.name), &names));
    }
    let mut found: Vec<_> = exports
        .iter()
        .filter(|(id, function)| named(*id) && function.name == end.function.name)
        .copied()
        .collect();
    // Of several versions of one interface the greatest counts, as for a runtime.
    found.sort_by(|(one, _), (other, _)| other.and_then(version).cmp(&one.and_then(version)));
    let Some(&(id, function)) = found.first() else {
        let names: Vec<String> = exports.iter().map(|(_, function)| function.name.clone()).collect();
        return Err(nowhere(
            &end.function,
            format!("{what} has no function `{}`", end.function.name),
            &names,
        ));
    };
    let one_interface = |(other, _): &(Option<&InterfaceId>, &Function)| match (id, other) {
        (Some(id), Some(other)) => same_name(id, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if !found.iter().all(one_interface) {
        let ids: Vec<String> =
            found.iter().filter_map(|(id, _)| id.map(|id| format!("`{}`", id.name))).collect();
        return Err(Nowhere {
            place: end.function.place.clone(),
            reason: format!("{what} has `{}` in several interfaces: {}", end.function.name, ids.join(", ")),
            help: format!(
                "name the interface as well, as in `{}/{}.{}`",
                end.module.name,
                id.map_or("interface", |id| &id.name),
                end.function.name
            ),
        });
    }
    let digest = function_digest(function).ok();
    let current = system.modules.iter().any(|it| it.name == module.name && it.version == module.version);
    let asker = if current { module.name.clone() } else { module.edition() };
    let text = digest.and_then(|digest| known.function(id, function, digest, Asker::Module(&asker)));
    Ok(Target { function: text.unwrap_or(function), told: text.is_some() })
}
