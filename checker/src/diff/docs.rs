//! Doc comments of two packages.

use std::collections::BTreeMap;

use linchpin_contract::{Package, TypeDef, TypeKind};

/// How many items a list names.
const NAMED: usize = 5;

/// Items of both packages whose doc comments differ, by their paths.
pub(super) fn changed(before: &Package, after: &Package) -> Vec<String> {
    let (old, new) = (docs(before), docs(after));
    let other = |(path, text): &(&String, &&str)| new.get(*path).is_some_and(|now| now != *text);
    old.iter().filter(other).map(|(path, _)| path.clone()).collect()
}

/// "`a`, `b` and 3 more".
pub(crate) fn list(changed: &[String]) -> String {
    let first: Vec<String> = changed.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    match changed.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

fn docs(package: &Package) -> BTreeMap<String, &str> {
    let mut docs = BTreeMap::from([("package".to_owned(), package.docs.as_str())]);
    for interface in &package.interfaces {
        let name = &interface.id.name;
        docs.insert(name.clone(), &interface.docs);
        for function in &interface.functions {
            docs.insert(format!("{name}.{}", function.name), &function.docs);
        }
        for def in &interface.types {
            let path = format!("{name}.{}", def.name);
            parts(def, &path, &mut docs);
            docs.insert(path, &def.docs);
        }
    }
    for world in &package.worlds {
        docs.insert(format!("world {}", world.name), &world.docs);
    }
    docs
}

fn parts<'p>(def: &'p TypeDef, path: &str, docs: &mut BTreeMap<String, &'p str>) {
    let mut add = |name: &str, text: &'p str| {
        docs.insert(format!("{path}.{name}"), text);
    };
    match &def.kind {
        TypeKind::Record(fields) => fields.iter().for_each(|field| add(&field.name, &field.docs)),
        TypeKind::Variant(cases) => cases.iter().for_each(|case| add(&case.name, &case.docs)),
        TypeKind::Enum(labels) | TypeKind::Flags(labels) => {
            labels.iter().for_each(|label| add(&label.name, &label.docs));
        }
        TypeKind::Alias(_) | TypeKind::Resource => {}
    }
}
