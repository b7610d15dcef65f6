//! The one-to-one rules between subjects, device classes and verdict. They hold before anything is signed and
//! again on the device, so that a faulty signer gains nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::refusal::pair_place;
use crate::{Edge, Endpoint, Level, Pair, Refusal, Sha256Digest, Statement, VerdictPredicate};

/// Checks that the verdict is clean and is about exactly the subjects and device classes of the statement.
pub(crate) fn check(statement: &Statement) -> Result<(), Refusal> {
    let predicate = &statement.predicate;
    clean(predicate)?;
    let subjects = subjects(statement)?;
    device_classes(predicate)?;
    pairs(&subjects, predicate)?;
    edges(&subjects, &predicate.edges)?;
    tables(&subjects, predicate)
}

fn clean(predicate: &VerdictPredicate) -> Result<(), Refusal> {
    let pairs = predicate.pairs.iter().map(|pair| (place_of_pair(pair), &pair.level));
    let edges = predicate.edges.iter().map(|edge| (place_of_edge(edge), &edge.level));
    let places: Vec<String> = pairs
        .chain(edges)
        .filter_map(|(place, level)| match level {
            Level::Ok => None,
            Level::Other(word) => Some(format!("{place} is `{}`", word.escape_debug())),
        })
        .collect();
    if places.is_empty() { Ok(()) } else { Err(Refusal::VerdictNotClean { places }) }
}

fn subjects(statement: &Statement) -> Result<BTreeMap<&str, Sha256Digest>, Refusal> {
    if statement.subjects.is_empty() {
        return Err(Refusal::SubjectsMissing);
    }
    let mut by_name = BTreeMap::new();
    let mut digests = BTreeSet::new();
    for subject in &statement.subjects {
        if subject.name.is_empty() {
            return Err(Refusal::NameEmpty { place: "component" });
        }
        let is_new_name = by_name.insert(subject.name.as_str(), subject.sha256).is_none();
        if !is_new_name || !digests.insert(subject.sha256) {
            return Err(Refusal::SubjectRepeated { name: subject.name.clone() });
        }
    }
    Ok(by_name)
}

fn device_classes(predicate: &VerdictPredicate) -> Result<(), Refusal> {
    if predicate.device_classes.is_empty() {
        return Err(Refusal::DeviceClassesMissing);
    }
    if predicate.device_classes.contains("") {
        return Err(Refusal::NameEmpty { place: "device class" });
    }
    Ok(())
}

fn pairs(subjects: &BTreeMap<&str, Sha256Digest>, predicate: &VerdictPredicate) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let mut covered = BTreeSet::new();
    for pair in &predicate.pairs {
        let place = || place_of_pair(pair);
        let Some(attested) = subjects.get(pair.module.as_str()) else {
            return Err(Refusal::PairUnknownSubject { place: place() });
        };
        same_bytes(place, &pair.module, pair.module_sha256, *attested)?;
        if !predicate.device_classes.contains(&pair.target) {
            return Err(Refusal::PairUnknownTarget { place: place() });
        }
        if !seen.insert((&pair.module, &pair.target, &pair.firmware, pair.role)) {
            return Err(Refusal::PairRepeated { place: place() });
        }
        covered.insert((pair.module.as_str(), pair.target.as_str()));
    }
    for module in subjects.keys() {
        for target in &predicate.device_classes {
            if !covered.contains(&(*module, target.as_str())) {
                return Err(Refusal::PairMissing { module: (*module).to_owned(), target: target.clone() });
            }
        }
    }
    Ok(())
}

/// An edge may lead out of the attested components, to what is already in the field or to recorded data, but
/// one of its ends is an attested component, with the attested bytes.
fn edges(subjects: &BTreeMap<&str, Sha256Digest>, edges: &[Edge]) -> Result<(), Refusal> {
    for edge in edges {
        let place = || place_of_edge(edge);
        let mut touches = false;
        for Endpoint { module, module_sha256, .. } in [&edge.from, &edge.to] {
            if let Some(attested) = subjects.get(module.as_str()) {
                same_bytes(place, module, *module_sha256, *attested)?;
                touches = true;
            }
        }
        if !touches {
            return Err(Refusal::EdgeUnknownSubject { place: place() });
        }
    }
    Ok(())
}

fn tables(subjects: &BTreeMap<&str, Sha256Digest>, predicate: &VerdictPredicate) -> Result<(), Refusal> {
    let is_class = |name: &str| predicate.device_classes.contains(name);
    let is_subject = |name: &str| subjects.contains_key(name);
    only_known("limits", predicate.limits.keys(), is_class)?;
    only_known("functions", predicate.functions.keys(), is_subject)?;
    only_known("measured", predicate.measured.keys(), is_subject)?;
    for class in &predicate.device_classes {
        if !predicate.limits.contains_key(class) {
            return Err(Refusal::EntryMissing { table: "limits", name: class.clone() });
        }
    }
    for name in subjects.keys() {
        // A component without a function cannot be called, so an empty list is a missing one.
        if predicate.functions.get(*name).is_none_or(Vec::is_empty) {
            return Err(Refusal::EntryMissing { table: "functions", name: (*name).to_owned() });
        }
    }
    Ok(())
}

fn only_known<'a>(
    table: &'static str,
    mut names: impl Iterator<Item = &'a String>,
    is_known: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    match names.find(|name| !is_known(name)) {
        Some(name) => Err(Refusal::EntryUnknown { table, name: name.clone() }),
        None => Ok(()),
    }
}

fn same_bytes(
    place: impl Fn() -> String,
    module: &str,
    checked: Sha256Digest,
    attested: Sha256Digest,
) -> Result<(), Refusal> {
    if checked == attested {
        return Ok(());
    }
    Err(Refusal::ComponentChanged { place: place(), module: module.to_owned(), checked, attested })
}

fn place_of_pair(pair: &Pair) -> String {
    pair_place(&pair.module, &pair.target, &pair.firmware, pair.role)
}

fn place_of_edge(edge: &Edge) -> String {
    let end = |end: &Endpoint| format!("`{}/{}`", end.module, end.path);
    format!("the edge from {} to {}", end(&edge.from), end(&edge.to))
}
