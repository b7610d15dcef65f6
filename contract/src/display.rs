//! Types, identifiers and places as WIT writes them, with names kept.

use std::fmt;

use crate::model::{InterfaceId, Owner, PackageId, Place, Primitive, Type, TypeKind};

impl fmt::Display for PackageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.namespace, self.name)?;
        match &self.version {
            Some(version) => write!(f, "@{version}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for InterfaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.package {
            Some(package) => write_in_package(f, package, &self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interface(id) => id.fmt(f),
            Self::World(package, name) => write_in_package(f, package, name),
        }
    }
}

fn write_in_package(f: &mut fmt::Formatter<'_>, package: &PackageId, item: &str) -> fmt::Result {
    write!(f, "{}:{}/{item}", package.namespace, package.name)?;
    match &package.version {
        Some(version) => write!(f, "@{version}"),
        None => Ok(()),
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Primitive {
    /// The keyword, as in `u32`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::S8 => "s8",
            Self::S16 => "s16",
            Self::S32 => "s32",
            Self::S64 => "s64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Char => "char",
            Self::String => "string",
            Self::ErrorContext => "error-context",
        }
    }
}

impl TypeKind {
    /// The keyword that declares it, as in `record`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Record(_) => "record",
            Self::Variant(_) => "variant",
            Self::Enum(_) => "enum",
            Self::Flags(_) => "flags",
            Self::Alias(_) => "type",
            Self::Resource => "resource",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primitive(primitive) => f.write_str(primitive.as_str()),
            Self::List(item) => write!(f, "list<{item}>"),
            Self::FixedList(item, length) => write!(f, "list<{item}, {length}>"),
            Self::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Self::Option(item) => write!(f, "option<{item}>"),
            Self::Result { ok: None, err: None } => f.write_str("result"),
            Self::Result { ok: Some(ok), err: None } => write!(f, "result<{ok}>"),
            Self::Result { ok: None, err: Some(err) } => write!(f, "result<_, {err}>"),
            Self::Result { ok: Some(ok), err: Some(err) } => write!(f, "result<{ok}, {err}>"),
            Self::Tuple(items) => {
                f.write_str("tuple<")?;
                for (index, item) in items.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{item}")?;
                }
                f.write_str(">")
            }
            Self::Named(def) => f.write_str(&def.name),
            Self::Stream(None) => f.write_str("stream"),
            Self::Stream(Some(item)) => write!(f, "stream<{item}>"),
            Self::Future(None) => f.write_str("future"),
            Self::Future(Some(item)) => write!(f, "future<{item}>"),
            Self::Own(def) => write!(f, "own<{}>", def.name),
            Self::Borrow(def) => write!(f, "borrow<{}>", def.name),
        }
    }
}
