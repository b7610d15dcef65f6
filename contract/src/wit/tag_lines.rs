//! Tags carried beside a binary: encoded worlds drop doc comments, so the lines that are tags travel on their own.

use std::collections::BTreeMap;

use wit_parser as up;
use wit_parser::Resolve;

use crate::tags;

/// The tag lines of every item that has any, by the item's key.
pub(crate) fn collect(resolve: &Resolve) -> BTreeMap<String, String> {
    let mut lines = BTreeMap::new();
    let mut copy = resolve.clone();
    visit(&mut copy, &mut |key, docs| {
        let (_, tags, _) = tags::split(docs.contents.as_deref().unwrap_or_default());
        if !tags.is_empty() {
            lines.insert(key, tags.to_string());
        }
    });
    lines
}

/// Writes the tag lines back as doc comments.
pub(super) fn restore(resolve: &mut Resolve, lines: &BTreeMap<String, String>) {
    visit(resolve, &mut |key, docs| {
        if let Some(text) = lines.get(&key) {
            docs.contents = Some(text.clone());
        }
    });
}

/// Calls `each` with the key and the doc comment of every type, field, case, flag and function.
fn visit(resolve: &mut Resolve, each: &mut impl FnMut(String, &mut up::Docs)) {
    let owners: BTreeMap<_, _> =
        resolve.interfaces.iter().filter_map(|(id, _)| resolve.id_of(id).map(|name| (id, name))).collect();
    for (id, interface) in resolve.interfaces.iter_mut() {
        if let Some(owner) = owners.get(&id) {
            for (name, function) in &mut interface.functions {
                each(format!("{owner}#{name}()"), &mut function.docs);
            }
        }
    }
    for (_, def) in resolve.types.iter_mut() {
        let (up::TypeOwner::Interface(id), Some(name)) = (def.owner, &def.name) else { continue };
        let Some(owner) = owners.get(&id) else { continue };
        let key = format!("{owner}#{name}");
        each(key.clone(), &mut def.docs);
        for (part, docs) in parts(&mut def.kind) {
            each(format!("{key}.{part}"), docs);
        }
    }
}

fn parts(kind: &mut up::TypeDefKind) -> Vec<(String, &mut up::Docs)> {
    match kind {
        up::TypeDefKind::Record(record) => {
            record.fields.iter_mut().map(|field| (field.name.clone(), &mut field.docs)).collect()
        }
        up::TypeDefKind::Variant(variant) => {
            variant.cases.iter_mut().map(|case| (case.name.clone(), &mut case.docs)).collect()
        }
        up::TypeDefKind::Enum(cases) => {
            cases.cases.iter_mut().map(|case| (case.name.clone(), &mut case.docs)).collect()
        }
        up::TypeDefKind::Flags(flags) => {
            flags.flags.iter_mut().map(|flag| (flag.name.clone(), &mut flag.docs)).collect()
        }
        up::TypeDefKind::Resource
        | up::TypeDefKind::Handle(_)
        | up::TypeDefKind::Tuple(_)
        | up::TypeDefKind::Option(_)
        | up::TypeDefKind::Result(_)
        | up::TypeDefKind::List(_)
        | up::TypeDefKind::Map(..)
        | up::TypeDefKind::FixedLengthList(..)
        | up::TypeDefKind::Future(_)
        | up::TypeDefKind::Stream(_)
        | up::TypeDefKind::Type(_)
        | up::TypeDefKind::Unknown => Vec::new(),
    }
}
