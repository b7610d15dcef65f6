//! The pure subset: what a pure device function may not use, and where it does.

use std::fmt;

use crate::model::{Function, Interface, Place, Type, TypeDef, TypeKind, World, WorldItem};

/// One use of something outside the pure subset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impurity {
    /// What is used.
    pub kind: ImpurityKind,
    /// From the item down to the use, as in `acme:fns/api.open > param file > own<file>`.
    pub path: String,
    /// Where the item is declared; absent for a binary.
    pub place: Option<Place>,
}

/// What lies outside the pure subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ImpurityKind {
    /// A function that the component would call outside itself.
    Import,
    /// A resource, or a handle to one.
    Resource,
    /// A `stream`.
    Stream,
    /// A `future`.
    Future,
    /// An `async` function.
    Async,
    /// An `error-context`.
    ErrorContext,
}

impl ImpurityKind {
    /// A stable name, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Resource => "resource",
            Self::Stream => "stream",
            Self::Future => "future",
            Self::Async => "async",
            Self::ErrorContext => "error-context",
        }
    }

    /// Why a pure function cannot use it.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Import => "a pure function calls nothing outside itself",
            Self::Resource => "a resource is state that outlives a call",
            Self::Stream => "a stream outlives a call",
            Self::Future => "a future outlives a call",
            Self::Async => "an `async` function may wait, and a pure function returns as soon as it is done",
            Self::ErrorContext => "an error context is a handle that outlives a call",
        }
    }

    /// What to do instead.
    pub fn help(self) -> &'static str {
        match self {
            Self::Import => "pass what the function needs as a parameter",
            Self::Resource => "pass the resource's data as a record",
            Self::Stream => "pass a `list` of what is known at the call",
            Self::Future => "pass the value itself, or an `option` of it",
            Self::Async => "remove `async`",
            Self::ErrorContext => "return a `variant` that says what went wrong",
        }
    }
}

/// Everything in a world that lies outside the pure subset, in order.
pub fn impurities(world: &World) -> Vec<Impurity> {
    let mut found = Found(Vec::new());
    for (interface, function) in world.imported_functions() {
        let owner = interface.map(ToString::to_string);
        found.push(ImpurityKind::Import, &function_path(owner.as_deref(), function), function.place.as_ref());
    }
    for item in &world.imports {
        match item {
            // Where there are functions, they were told already.
            WorldItem::Interface(interface) if interface.functions.is_empty() => found.interface(interface),
            WorldItem::Interface(_) | WorldItem::Function(_) => {}
            WorldItem::Type(def) => found.world_type(def),
        }
    }
    for item in &world.exports {
        match item {
            WorldItem::Interface(interface) => found.interface(interface),
            WorldItem::Function(function) => found.function(None, function),
            WorldItem::Type(def) => found.world_type(def),
        }
    }
    found.0
}

/// The way to a part, written out only where something is found there.
#[derive(Clone, Copy)]
enum Path<'a> {
    /// An item by itself.
    Item(&'a str),
    /// A function of an interface.
    Member(&'a str, &'a str),
    /// A named part, as `param file`.
    Part(&'a Path<'a>, &'a str, &'a str),
    /// The result of a function.
    Result(&'a Path<'a>),
    /// A type without a name.
    Type(&'a Path<'a>, &'a Type),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(name) => f.write_str(name),
            Self::Member(interface, name) => write!(f, "{interface}.{name}"),
            Self::Part(outer, kind, name) => write!(f, "{outer} > {kind} {name}"),
            Self::Result(outer) => write!(f, "{outer} > result"),
            Self::Type(outer, ty) => write!(f, "{outer} > {ty}"),
        }
    }
}

fn function_path<'a>(interface: Option<&'a str>, function: &'a Function) -> Path<'a> {
    interface.map_or(Path::Item(&function.name), |interface| Path::Member(interface, &function.name))
}

struct Found(Vec<Impurity>);

impl Found {
    fn push(&mut self, kind: ImpurityKind, path: &Path<'_>, place: Option<&Place>) {
        self.0.push(Impurity { kind, path: path.to_string(), place: place.cloned() });
    }

    fn world_type(&mut self, def: &TypeDef) {
        if matches!(def.kind, TypeKind::Resource) {
            self.push(ImpurityKind::Resource, &Path::Item(&def.name), def.place.as_ref());
        }
    }

    fn interface(&mut self, interface: &Interface) {
        let name = interface.id.to_string();
        for def in &interface.types {
            if matches!(def.kind, TypeKind::Resource) {
                let path = Path::Part(&Path::Item(&name), "resource", &def.name);
                self.push(ImpurityKind::Resource, &path, def.place.as_ref());
            }
        }
        for function in &interface.functions {
            self.function(Some(&name), function);
        }
    }

    fn function(&mut self, interface: Option<&str>, function: &Function) {
        let path = function_path(interface, function);
        if function.is_async() {
            self.push(ImpurityKind::Async, &path, function.place.as_ref());
        }
        for param in &function.params {
            let place = param.place.as_ref().or(function.place.as_ref());
            self.ty(&Path::Part(&path, "param", &param.name), &param.ty, place);
        }
        if let Some(result) = &function.result {
            self.ty(&Path::Result(&path), result, function.place.as_ref());
        }
    }

    /// Descends into anonymous types and, through a declared one, into its parts with their own places. A type
    /// that is reached by several paths is reported for the first one, so that work stays bounded.
    fn ty(&mut self, path: &Path<'_>, ty: &Type, place: Option<&Place>) {
        let mut visit = Visit { found: self, seen: std::collections::BTreeSet::new() };
        visit.ty(path, ty, place);
    }
}

struct Visit<'a> {
    found: &'a mut Found,
    seen: std::collections::BTreeSet<*const TypeDef>,
}

impl Visit<'_> {
    fn ty(&mut self, path: &Path<'_>, ty: &Type, place: Option<&Place>) {
        match ty {
            Type::Primitive(crate::model::Primitive::ErrorContext) => {
                self.found.push(ImpurityKind::ErrorContext, path, place);
            }
            Type::Primitive(_) => {}
            Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => self.ty(path, item, place),
            Type::Map(key, value) => {
                self.ty(path, key, place);
                self.ty(path, value, place);
            }
            Type::Result { ok, err } => {
                for part in [ok, err].into_iter().flatten() {
                    self.ty(path, part, place);
                }
            }
            Type::Tuple(items) => items.iter().for_each(|item| self.ty(path, item, place)),
            Type::Named(def) => self.def(path, def),
            Type::Stream(_) => self.found.push(ImpurityKind::Stream, &Path::Type(path, ty), place),
            Type::Future(_) => self.found.push(ImpurityKind::Future, &Path::Type(path, ty), place),
            Type::Own(_) | Type::Borrow(_) => {
                self.found.push(ImpurityKind::Resource, &Path::Type(path, ty), place);
            }
        }
    }

    fn def(&mut self, path: &Path<'_>, def: &TypeDef) {
        if !self.seen.insert(std::ptr::from_ref(def)) {
            return;
        }
        let path = Path::Part(path, def.kind.as_str(), &def.name);
        match &def.kind {
            TypeKind::Record(fields) => {
                for field in fields {
                    self.ty(&Path::Part(&path, "field", &field.name), &field.ty, field.place.as_ref());
                }
            }
            TypeKind::Variant(cases) => {
                for case in cases {
                    if let Some(payload) = &case.payload {
                        self.ty(&Path::Part(&path, "case", &case.name), payload, case.place.as_ref());
                    }
                }
            }
            TypeKind::Enum(_) | TypeKind::Flags(_) => {}
            TypeKind::Alias(target) => self.ty(&path, target, def.place.as_ref()),
            TypeKind::Resource => self.found.push(ImpurityKind::Resource, &path, def.place.as_ref()),
        }
    }
}
