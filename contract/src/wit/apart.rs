//! Components that import and export one interface: upstream decodes both under its one name.
//!
//! What it finds under a known name it adds to what is there, and takes functions that are there already for the
//! same. So an import would seem to need all that the export offers, and an export of another content would seem to
//! be the import. Here such imports get a name of their own before upstream sees them, of the same length, so that
//! the bytes stay where they are; and their own name back in what upstream makes of them.

use std::collections::{BTreeMap, BTreeSet};

use wit_parser::Resolve;

/// Interfaces whose imports have another name in the bytes.
pub(super) struct Apart {
    /// The component with the other names.
    pub(super) bytes: Vec<u8>,
    /// The interface's own name by the one that it has in `bytes`.
    own_names: BTreeMap<String, String>,
}

/// The component with its imports and exports kept apart; nothing where no interface is both.
///
/// # Errors
/// That there is no other name of the same length.
pub(super) fn apart(bytes: &[u8], names: &Interfaces<'_>) -> Result<Option<Apart>, String> {
    // A name without a package is one of the component's own, which upstream never merges.
    let both = names.imports.iter().filter(|(name, _)| name.contains('/') && names.exports.contains(*name));
    let both: Vec<_> = both.collect();
    if both.is_empty() {
        return Ok(None);
    }
    let mut taken: BTreeSet<_> =
        names.imports.keys().chain(&names.exports).map(|name| label(name).to_owned()).collect();
    let mut apart = Apart { bytes: bytes.to_vec(), own_names: BTreeMap::new() };
    // By length: names with lower numbers were tried before.
    let mut tried: BTreeMap<usize, usize> = BTreeMap::new();
    for (name, offset) in both {
        let own = label(name);
        let next = tried.entry(own.len()).or_default();
        let other = loop {
            let other = spelled(*next, own.len()).ok_or_else(|| {
                format!("`{name}` is imported and exported, and no name is left to tell them apart")
            })?;
            *next += 1;
            if !taken.contains(&other) {
                break other;
            }
        };
        let start = offset + name.find('/').map_or(0, |slash| slash + 1);
        let place = apart.bytes.get_mut(start..start + own.len());
        place.ok_or("a name lies outside of the bytes")?.copy_from_slice(other.as_bytes());
        apart.own_names.insert(other.clone(), own.to_owned());
        taken.insert(other);
    }
    Ok(Some(apart))
}

impl Apart {
    /// Gives every interface its own name back.
    pub(super) fn restore(&self, resolve: &mut Resolve) {
        for (_, interface) in resolve.interfaces.iter_mut() {
            if let Some(own) = interface.name.as_ref().and_then(|name| self.own_names.get(name)) {
                interface.name = Some(own.clone());
            }
        }
    }
}

/// The interfaces of the outermost component.
#[derive(Default)]
pub(super) struct Interfaces<'a> {
    /// Where each name begins in the bytes.
    pub(super) imports: BTreeMap<&'a str, usize>,
    pub(super) exports: BTreeSet<&'a str>,
}

/// The interface in `package:name/interface@version`.
fn label(name: &str) -> &str {
    let interface = name.rsplit_once('/').map_or(name, |(_, interface)| interface);
    interface.split('@').next().unwrap_or(interface)
}

/// The number as that many letters: a label of WIT. Nothing where the letters do not suffice.
fn spelled(number: usize, length: usize) -> Option<String> {
    let mut letters = vec![b'a'; length];
    let mut rest = number;
    for letter in letters.iter_mut().rev() {
        *letter += u8::try_from(rest % 26).ok()?;
        rest /= 26;
    }
    (rest == 0).then(|| String::from_utf8(letters).ok()).flatten()
}
