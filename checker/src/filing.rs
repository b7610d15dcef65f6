//! Which package the releases in a folder of `released/` are of.

use std::path::Path;

use crate::lock::released_name;
use crate::promises::same_package;
use crate::system::{KnownContract, Origin};

/// The folder below `released/` that a release lies in.
pub(crate) fn folder(known: &KnownContract) -> Option<&str> {
    released_name(known)?.split('/').next()
}

/// The package whose releases are looked for where this one lies, as `acme:heater`, where that is another one.
pub(crate) fn filed_among(contracts: &[KnownContract], known: &KnownContract) -> Option<String> {
    let folder = folder(known)?;
    let others = || contracts.iter().filter(|other| self::folder(other) == Some(folder));
    let meant = meant(contracts, folder).or_else(|| others().next())?;
    let own = known.package()?;
    // A folder with the package's own name may have to wait for its contract to be renamed.
    let is_alone = own.name == folder && others().all(|other| same_package(other, known));
    let package = meant.package()?;
    let among = || format!("{}:{}", package.namespace, package.name);
    (!is_alone && !same_package(meant, known)).then(among)
}

/// The contract that says what a folder is for: the current one in a folder of that name, else one of that name.
fn meant<'c>(contracts: &'c [KnownContract], folder: &str) -> Option<&'c KnownContract> {
    let current = || contracts.iter().filter(|other| other.origin == Origin::Current);
    let lies_there = |other: &&KnownContract| {
        Path::new(&other.file).file_name().is_some_and(|name| name.to_string_lossy() == folder)
    };
    let is_named_so = |other: &&KnownContract| other.package().is_some_and(|package| package.name == folder);
    let released = || contracts.iter().filter(|other| self::folder(other) == Some(folder));
    current()
        .find(lies_there)
        .or_else(|| current().find(is_named_so))
        .or_else(|| released().find(is_named_so))
}
