//! The pure subset: what a pure device function may not use, and where it does.

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
        let path = qualified(interface.map(ToString::to_string), &function.name);
        found.push(ImpurityKind::Import, path, function.place.as_ref());
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
            WorldItem::Function(function) => found.function(&function.name, function),
            WorldItem::Type(def) => found.world_type(def),
        }
    }
    found.0
}

fn qualified(interface: Option<String>, function: &str) -> String {
    interface.map_or_else(|| function.to_owned(), |interface| format!("{interface}.{function}"))
}

struct Found(Vec<Impurity>);

impl Found {
    fn push(&mut self, kind: ImpurityKind, path: String, place: Option<&Place>) {
        self.0.push(Impurity { kind, path, place: place.cloned() });
    }

    fn world_type(&mut self, def: &TypeDef) {
        if matches!(def.kind, TypeKind::Resource) {
            self.push(ImpurityKind::Resource, def.name.clone(), def.place.as_ref());
        }
    }

    fn interface(&mut self, interface: &Interface) {
        for def in &interface.types {
            if matches!(def.kind, TypeKind::Resource) {
                let path = format!("{} > resource {}", interface.id, def.name);
                self.push(ImpurityKind::Resource, path, def.place.as_ref());
            }
        }
        for function in &interface.functions {
            let path = qualified(Some(interface.id.to_string()), &function.name);
            self.function(&path, function);
        }
    }

    fn function(&mut self, path: &str, function: &Function) {
        if function.is_async() {
            self.push(ImpurityKind::Async, path.to_owned(), function.place.as_ref());
        }
        for param in &function.params {
            let place = param.place.as_ref().or(function.place.as_ref());
            self.ty(&format!("{path} > param {}", param.name), &param.ty, place);
        }
        if let Some(result) = &function.result {
            self.ty(&format!("{path} > result"), result, function.place.as_ref());
        }
    }

    /// Descends into anonymous types and, through a declared one, into its parts with their own places. A type
    /// that is reached by several paths is reported for the first one, so that work stays bounded.
    fn ty(&mut self, path: &str, ty: &Type, place: Option<&Place>) {
        let mut visit = Visit { found: self, seen: std::collections::BTreeSet::new() };
        visit.ty(path, ty, place);
    }
}

struct Visit<'a> {
    found: &'a mut Found,
    seen: std::collections::BTreeSet<*const TypeDef>,
}

impl Visit<'_> {
    fn ty(&mut self, path: &str, ty: &Type, place: Option<&Place>) {
        match ty {
            Type::Primitive(crate::model::Primitive::ErrorContext) => {
                self.found.push(ImpurityKind::ErrorContext, path.to_owned(), place);
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
            Type::Stream(_) => self.found.push(ImpurityKind::Stream, format!("{path} > {ty}"), place),
            Type::Future(_) => self.found.push(ImpurityKind::Future, format!("{path} > {ty}"), place),
            Type::Own(_) | Type::Borrow(_) => {
                self.found.push(ImpurityKind::Resource, format!("{path} > {ty}"), place);
            }
        }
    }

    fn def(&mut self, path: &str, def: &TypeDef) {
        if !self.seen.insert(std::ptr::from_ref(def)) {
            return;
        }
        let path = format!("{path} > {} {}", def.kind.as_str(), def.name);
        match &def.kind {
            TypeKind::Record(fields) => {
                for field in fields {
                    self.ty(&format!("{path} > field {}", field.name), &field.ty, field.place.as_ref());
                }
            }
            TypeKind::Variant(cases) => {
                for case in cases {
                    if let Some(payload) = &case.payload {
                        self.ty(&format!("{path} > case {}", case.name), payload, case.place.as_ref());
                    }
                }
            }
            TypeKind::Enum(_) | TypeKind::Flags(_) => {}
            TypeKind::Alias(target) => self.ty(&path, target, def.place.as_ref()),
            TypeKind::Resource => self.found.push(ImpurityKind::Resource, path, def.place.as_ref()),
        }
    }
}
