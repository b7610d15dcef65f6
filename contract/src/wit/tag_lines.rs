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
    let worlds: BTreeMap<up::WorldId, String> =
        resolve.worlds.iter().map(|(id, world)| (id, world_name(resolve, world))).collect();
    let interfaces = interface_names(resolve, &worlds);
    for (id, interface) in resolve.interfaces.iter_mut() {
        if let Some(owner) = interfaces.get(&id) {
            for (name, function) in &mut interface.functions {
                each(format!("{owner}#{name}()"), &mut function.docs);
            }
        }
    }
    for (id, world) in resolve.worlds.iter_mut() {
        let Some(owner) = worlds.get(&id) else { continue };
        for item in world.imports.values_mut().chain(world.exports.values_mut()) {
            if let up::WorldItem::Function(function) = item {
                each(format!("{owner}#{}()", function.name), &mut function.docs);
            }
        }
    }
    for (_, def) in resolve.types.iter_mut() {
        let owner = match def.owner {
            up::TypeOwner::Interface(id) => interfaces.get(&id),
            up::TypeOwner::World(id) => worlds.get(&id),
            up::TypeOwner::None => None,
        };
        let (Some(owner), Some(name)) = (owner, &def.name) else { continue };
        let key = format!("{owner}#{name}");
        each(key.clone(), &mut def.docs);
        for (part, docs) in parts(&mut def.kind) {
            each(format!("{key}.{part}"), docs);
        }
    }
}

/// A world in full. Its parts are told from those of an interface of its name, which no package may have.
fn world_name(resolve: &Resolve, world: &up::World) -> String {
    let package = world.package.and_then(|id| resolve.packages.get(id));
    let package = package.map_or_else(String::new, |package| package.name.to_string());
    format!("{package} {}", world.name)
}

/// Every interface in full: those without a name of their own by the world that holds them.
fn interface_names(
    resolve: &Resolve,
    worlds: &BTreeMap<up::WorldId, String>,
) -> BTreeMap<up::InterfaceId, String> {
    let named = resolve.interfaces.iter().filter_map(|(id, _)| resolve.id_of(id).map(|name| (id, name)));
    let mut names: BTreeMap<_, _> = named.collect();
    for (id, world) in resolve.worlds.iter() {
        let owner = worlds.get(&id).map(String::as_str).unwrap_or_default();
        for (way, items) in [("import", &world.imports), ("export", &world.exports)] {
            for (key, item) in items {
                if let (up::WorldKey::Name(name), up::WorldItem::Interface { id, .. }) = (key, item) {
                    names.insert(*id, format!("{owner} {way} {name}"));
                }
            }
        }
    }
    names
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
