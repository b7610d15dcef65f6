//! WIT text.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{Function, Interface, Item, Kind, MethodKind, Reference, Ty, TypeDef, Wit};

impl Display for Wit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("package test:pair;\n\n")?;
        for (index, package) in self.packages.iter().enumerate() {
            writeln!(f, "package {}{} {{", package.name, at(package.version.as_deref()))?;
            for interface in &package.interfaces {
                docs(f, "    ", &interface.docs)?;
                writeln!(f, "    interface {} {{", interface.name)?;
                body(f, self, Some(index), "        ", interface)?;
                f.write_str("    }\n")?;
            }
            f.write_str("}\n\n")?;
        }
        f.write_str("world w {\n")?;
        body(f, self, None, "    ", &self.world.own)?;
        for (keyword, items) in [("import", &self.world.imports), ("export", &self.world.exports)] {
            for item in items {
                self::item(f, self, keyword, item)?;
            }
        }
        f.write_str("}\n")
    }
}

fn at(version: Option<&str>) -> String {
    version.map_or_else(String::new, |version| format!("@{version}"))
}

fn docs(f: &mut Formatter<'_>, indent: &str, docs: &str) -> fmt::Result {
    if docs.is_empty() { Ok(()) } else { writeln!(f, "{indent}/// {docs}") }
}

fn item(f: &mut Formatter<'_>, wit: &Wit, keyword: &str, item: &Item) -> fmt::Result {
    match item {
        Item::Interface(reference) => writeln!(f, "    {keyword} {};", path(wit, None, reference)),
        Item::Inline(interface) => {
            writeln!(f, "    {keyword} {}: interface {{", interface.name)?;
            body(f, wit, None, "        ", interface)?;
            f.write_str("    }\n")
        }
        Item::Function(function) => writeln!(f, "    {keyword} {}: {};", function.name, signature(function)),
    }
}

/// An interface as another place names it.
fn path(wit: &Wit, from: Option<usize>, reference: &Reference) -> String {
    if from == Some(reference.package) {
        return reference.interface.clone();
    }
    let Some(package) = wit.packages.get(reference.package) else { return reference.interface.clone() };
    format!("{}/{}{}", package.name, reference.interface, at(package.version.as_deref()))
}

fn body(
    f: &mut Formatter<'_>,
    wit: &Wit,
    package: Option<usize>,
    indent: &str,
    interface: &Interface,
) -> fmt::Result {
    for used in &interface.uses {
        let from = path(wit, package, &used.from);
        if used.name == used.own {
            writeln!(f, "{indent}use {from}.{{{}}};", used.name)?;
        } else {
            writeln!(f, "{indent}use {from}.{{{} as {}}};", used.name, used.own)?;
        }
    }
    for def in &interface.types {
        writeln!(f, "{indent}{}", declaration(def))?;
    }
    for function in &interface.functions {
        writeln!(f, "{indent}{}: {};", function.name, signature(function))?;
    }
    Ok(())
}

fn declaration(def: &TypeDef) -> String {
    let name = &def.name;
    match &def.kind {
        Kind::Record(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
            format!("record {name} {{ {} }}", fields.join(", "))
        }
        Kind::Variant(cases) => {
            let case = |(name, payload): &(String, Option<Ty>)| match payload {
                Some(ty) => format!("{name}({ty})"),
                None => name.clone(),
            };
            format!("variant {name} {{ {} }}", cases.iter().map(case).collect::<Vec<_>>().join(", "))
        }
        Kind::Enum(names) => format!("enum {name} {{ {} }}", names.join(", ")),
        Kind::Flags(names) => format!("flags {name} {{ {} }}", names.join(", ")),
        Kind::Alias(ty) => format!("type {name} = {ty};"),
        Kind::Resource(methods) if methods.is_empty() => format!("resource {name};"),
        Kind::Resource(methods) => {
            let mut text = format!("resource {name} {{ ");
            for method in methods {
                let function = &method.function;
                let done = match method.kind {
                    MethodKind::Method => write!(text, "{}: {}; ", function.name, signature(function)),
                    MethodKind::Static => {
                        write!(text, "{}: static {}; ", function.name, signature(function))
                    }
                    MethodKind::Constructor => write!(text, "constructor({}); ", params(function)),
                };
                done.expect("a text takes everything");
            }
            text + "}"
        }
    }
}

fn params(function: &Function) -> String {
    function.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect::<Vec<_>>().join(", ")
}

fn signature(function: &Function) -> String {
    let keyword = if function.is_async { "async func" } else { "func" };
    let result = function.result.as_ref().map_or_else(String::new, |ty| format!(" -> {ty}"));
    format!("{keyword}({}){result}", params(function))
}

impl Display for Ty {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primitive(name) => f.write_str(name),
            Self::Named(name) => f.write_str(name),
            Self::Borrow(name) => write!(f, "borrow<{name}>"),
            Self::List(item) => write!(f, "list<{item}>"),
            Self::FixedList(item, length) => write!(f, "list<{item}, {length}>"),
            Self::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Self::Option(item) => write!(f, "option<{item}>"),
            Self::Result(None, None) => f.write_str("result"),
            Self::Result(Some(ok), None) => write!(f, "result<{ok}>"),
            Self::Result(None, Some(err)) => write!(f, "result<_, {err}>"),
            Self::Result(Some(ok), Some(err)) => write!(f, "result<{ok}, {err}>"),
            Self::Tuple(items) => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                write!(f, "tuple<{}>", items.join(", "))
            }
            Self::Stream(None) => f.write_str("stream"),
            Self::Stream(Some(item)) => write!(f, "stream<{item}>"),
            Self::Future(None) => f.write_str("future"),
            Self::Future(Some(item)) => write!(f, "future<{item}>"),
        }
    }
}
