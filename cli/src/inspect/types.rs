//! Declared types as WIT text, so that a reader sees what a function takes without its contract.

use linchpin_contract::{Case, Field, Interface, Label, TypeDef, TypeKind, World, WorldItem};

/// The types of every exported interface and of the world itself, each as WIT text.
pub(super) fn of_world(world: &World) -> Vec<String> {
    world
        .exports
        .iter()
        .flat_map(|item| match item {
            WorldItem::Interface(interface) => of_interface(interface),
            WorldItem::Type(def) => vec![wit(def)],
            WorldItem::Function(_) => Vec::new(),
        })
        .collect()
}

/// The types that an interface declares or uses.
pub(super) fn of_interface(interface: &Interface) -> Vec<String> {
    interface.types.iter().map(|def| wit(def)).collect()
}

fn wit(def: &TypeDef) -> String {
    let name = &def.name;
    match &def.kind {
        TypeKind::Record(fields) => block("record", name, fields.iter().map(field)),
        TypeKind::Variant(cases) => block("variant", name, cases.iter().map(case)),
        TypeKind::Enum(labels) => block("enum", name, labels.iter().map(label)),
        TypeKind::Flags(labels) => block("flags", name, labels.iter().map(label)),
        TypeKind::Alias(ty) => format!("type {name} = {ty}"),
        TypeKind::Resource => format!("resource {name}"),
    }
}

/// On one line where it fits, else one part a line.
fn block(keyword: &str, name: &str, parts: impl Iterator<Item = String>) -> String {
    const WIDTH: usize = 76;
    let parts: Vec<String> = parts.collect();
    let short = format!("{keyword} {name} {{ {} }}", parts.join(", "));
    if short.len() <= WIDTH {
        return short;
    }
    let long: String = parts.iter().map(|part| format!("  {part},\n")).collect();
    format!("{keyword} {name} {{\n{long}}}")
}

fn field(field: &Field) -> String {
    format!("{}: {}", field.name, field.ty)
}

fn case(case: &Case) -> String {
    match &case.payload {
        Some(ty) => format!("{}({ty})", case.name),
        None => case.name.clone(),
    }
}

fn label(label: &Label) -> String {
    label.name.clone()
}

/// All of them for people, set in by two columns.
pub(super) fn list(types: &[String]) -> String {
    types.iter().flat_map(|text| text.lines()).map(|line| format!("  {line}\n")).collect()
}
