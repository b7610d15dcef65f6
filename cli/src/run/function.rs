//! Which function of a component a name means.

use std::path::Path;

use linchpin_host::ExportedFunction;

use crate::error::Error;

/// The index of the one function that `wanted` names: by its full name, by interface and name, or by its name.
pub(super) fn find(functions: &[ExportedFunction], wanted: &str, component: &Path) -> Result<usize, Error> {
    let full = functions.iter().position(|function| function.name.to_string() == wanted);
    if let Some(index) = full {
        return Ok(index);
    }
    let mut matches = functions.iter().enumerate().filter(|(_, function)| is_short_for(wanted, function));
    match (matches.next(), matches.next()) {
        (Some((index, _)), None) => Ok(index),
        _ => Err(unknown(functions, wanted, component)),
    }
}

/// That no function, or more than one, has this name.
pub(super) fn unknown(functions: &[ExportedFunction], wanted: &str, component: &Path) -> Error {
    Error::NoSuchFunction {
        path: component.into(),
        wanted: wanted.into(),
        known: functions.iter().map(|function| function.name.to_string()).collect(),
    }
}

/// `plan`, `control#plan`, `control.plan` or `acme:water-heater/control#plan`.
fn is_short_for(wanted: &str, function: &ExportedFunction) -> bool {
    let name = &function.name;
    if name.name == wanted {
        return true;
    }
    let Some(interface) = &name.interface else { return false };
    let unversioned = interface.split('@').next().unwrap_or(interface);
    let short = unversioned.rsplit('/').next().unwrap_or(unversioned);
    [short, unversioned]
        .iter()
        .any(|owner| wanted == format!("{owner}#{}", name.name) || wanted == format!("{owner}.{}", name.name))
}
