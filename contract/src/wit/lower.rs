//! Upstream's resolved form lowered into the model. Arena ids never leave this file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use wit_parser as up;
use wit_parser::Resolve;

use super::places::Places;
use super::resolve::Source;
use crate::error::Error;
use crate::model::{
    Case, Contract, Field, Function, FunctionKind, Interface, InterfaceId, Label, Owner, Package, PackageId,
    Param, Place, Primitive, Stability, Type, TypeDef, TypeKind, World, WorldItem,
};
use crate::tag_sense;
use crate::tags::{self, TagNote, Tags};

/// How deep types may nest. `wasmparser` refuses components with types deeper than this.
const MAX_TYPE_DEPTH: usize = 100;

/// Lowers everything.
pub(super) fn contract(source: &Source) -> Result<Contract, Error> {
    let resolve = &source.resolve;
    let mut lower = Lower::new(resolve, &source.places)?;
    let mut packages = vec![lower.package(source.package)?];
    for id in &source.nested {
        packages.push(lower.package(*id)?);
    }
    let own_packages = packages.len();
    lower.notes.extend(packages.iter().flat_map(tag_sense::notes));
    lower.notes.extend_from_slice(source.places.lost_tags());
    for (id, _) in resolve.packages.iter() {
        if id != source.package && !source.nested.contains(&id) {
            packages.push(lower.package(id)?);
        }
    }
    Ok(Contract { packages, own_packages, files: source.files.clone(), tag_notes: in_order(lower.notes) })
}

/// In source order, each once: an interface is lowered again for every world that names it.
fn in_order(mut notes: Vec<TagNote>) -> Vec<TagNote> {
    notes.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
    notes.dedup();
    notes
}

/// Lowers one world of a binary.
pub(super) fn world(resolve: &Resolve, world: up::WorldId) -> Result<World, Error> {
    Lower::new(resolve, &Places::none())?.world(world)
}

struct Lower<'a> {
    resolve: &'a Resolve,
    places: &'a Places,
    defs: HashMap<up::TypeId, Arc<TypeDef>>,
    notes: Vec<TagNote>,
}

/// What every item carries beside its own parts.
struct Head {
    docs: String,
    tags: Tags,
    place: Option<Place>,
}

impl<'a> Lower<'a> {
    /// Lowers every declared type first, in upstream's order: a type comes after those it is made of.
    fn new(resolve: &'a Resolve, places: &'a Places) -> Result<Self, Error> {
        let mut lower = Self { resolve, places, defs: HashMap::new(), notes: Vec::new() };
        let mut depths: HashMap<up::TypeId, usize> = HashMap::new();
        for (id, def) in resolve.types.iter() {
            let depth = 1 + parts(&def.kind).iter().map(|ty| depth_of(ty, &depths)).max().unwrap_or(0);
            if depth > MAX_TYPE_DEPTH {
                return Err(Error::TypeTooDeep { limit: MAX_TYPE_DEPTH, place: lower.place(def.span) });
            }
            depths.insert(id, depth);
            if def.name.is_some() {
                let def = lower.def(def);
                declared_once(&def)?;
                lower.defs.insert(id, Arc::new(def));
            }
        }
        Ok(lower)
    }

    fn place(&self, span: up::Span) -> Option<Place> {
        self.places.of(self.resolve, span)
    }

    fn head(&mut self, item: String, docs: &up::Docs, span: up::Span) -> Head {
        let place = self.place(span);
        let (docs, tags, wrong) = tags::split(docs.contents.as_deref().unwrap_or_default());
        for (message, help) in wrong {
            self.notes.push(TagNote { item: item.clone(), place: place.clone(), message, help });
        }
        Head { docs, tags, place }
    }

    fn package(&mut self, id: up::PackageId) -> Result<Package, Error> {
        let Some(package) = self.resolve.packages.get(id) else { return Err(missing("package")) };
        let interfaces =
            package.interfaces.values().map(|id| self.interface(*id, None)).collect::<Result<_, _>>()?;
        let worlds = package.worlds.values().map(|id| self.world(*id)).collect::<Result<_, _>>()?;
        let docs = tags::split(package.docs.contents.as_deref().unwrap_or_default()).0;
        let id = package_id(&package.name);
        let place = self.places.package(&id.to_string());
        Ok(Package { id, interfaces, worlds, docs, place })
    }

    /// The head of an item that is never a number itself.
    fn untagged(&mut self, item: String, docs: &up::Docs, span: up::Span) -> Head {
        let head = self.head(item.clone(), docs, span);
        self.notes.extend(tag_sense::nothing_to_say(&item, head.place.as_ref(), &head.tags));
        head
    }

    fn interface(&mut self, id: up::InterfaceId, key: Option<&str>) -> Result<Interface, Error> {
        let Some(interface) = self.resolve.interfaces.get(id) else { return Err(missing("interface")) };
        let own = self.interface_id(id, key);
        let head = self.untagged(format!("interface {}", own.name), &interface.docs, interface.span);
        let types = interface.types.values().filter_map(|id| self.defs.get(id).cloned()).collect();
        let functions = interface.functions.values().map(|function| self.function(function)).collect();
        let stability = stability(&interface.stability);
        Ok(Interface { id: own, types, functions, docs: head.docs, stability, place: head.place })
    }

    fn interface_id(&self, id: up::InterfaceId, key: Option<&str>) -> InterfaceId {
        let interface = self.resolve.interfaces.get(id);
        match interface.and_then(|interface| interface.name.clone()) {
            Some(name) => {
                let package = interface.and_then(|interface| interface.package);
                let package = package
                    .and_then(|id| self.resolve.packages.get(id))
                    .map(|package| package_id(&package.name));
                InterfaceId { package, name }
            }
            None => InterfaceId { package: None, name: key.unwrap_or_default().to_owned() },
        }
    }

    fn world(&mut self, id: up::WorldId) -> Result<World, Error> {
        let Some(world) = self.resolve.worlds.get(id) else { return Err(missing("world")) };
        let head = self.untagged(format!("world {}", world.name), &world.docs, world.span);
        let imports =
            world.imports.iter().map(|(key, item)| self.item(key, item)).collect::<Result<_, _>>()?;
        let exports =
            world.exports.iter().map(|(key, item)| self.item(key, item)).collect::<Result<_, _>>()?;
        let package = world.package.and_then(|id| self.resolve.packages.get(id));
        let package = package.map_or_else(
            || PackageId { namespace: "root".to_owned(), name: "component".to_owned(), version: None },
            |package| package_id(&package.name),
        );
        let (name, stability) = (world.name.clone(), stability(&world.stability));
        Ok(World { package, name, imports, exports, docs: head.docs, stability, place: head.place })
    }

    fn item(&mut self, key: &up::WorldKey, item: &up::WorldItem) -> Result<WorldItem, Error> {
        let key = match key {
            up::WorldKey::Name(name) => Some(name.as_str()),
            up::WorldKey::Interface(_) => None,
        };
        match item {
            up::WorldItem::Interface { id, stability, .. } => {
                let interface = self.interface(*id, key)?;
                let stability = behind(self::stability(stability), interface.stability);
                Ok(WorldItem::Interface(Interface { stability, ..interface }))
            }
            up::WorldItem::Function(function) => Ok(WorldItem::Function(self.function(function))),
            up::WorldItem::Type { id, .. } => {
                self.defs.get(id).cloned().map(WorldItem::Type).ok_or_else(|| missing("type"))
            }
        }
    }

    fn function(&mut self, function: &up::Function) -> Function {
        let head = self.head(format!("function {}", function.name), &function.docs, function.span);
        let params = function.params.iter().map(|param| Param {
            name: param.name.clone(),
            ty: self.ty(&param.ty),
            place: self.place(param.span),
        });
        Function {
            name: function.name.clone(),
            params: params.collect(),
            result: function.result.as_ref().map(|ty| self.ty(ty)),
            kind: function_kind(&function.kind),
            docs: head.docs,
            tags: head.tags,
            stability: stability(&function.stability),
            place: head.place,
        }
    }

    fn def(&mut self, def: &up::TypeDef) -> TypeDef {
        let name = def.name.clone().unwrap_or_default();
        let head = self.head(format!("type {name}"), &def.docs, def.span);
        let owner = match def.owner {
            up::TypeOwner::Interface(id) => Owner::Interface(self.interface_id(id, None)),
            up::TypeOwner::World(id) => self.world_owner(id),
            up::TypeOwner::None => Owner::Interface(InterfaceId { package: None, name: String::new() }),
        };
        let stability = stability(&def.stability);
        TypeDef {
            name,
            owner,
            kind: self.kind(&def.kind),
            docs: head.docs,
            tags: head.tags,
            stability,
            place: head.place,
        }
    }

    fn world_owner(&self, id: up::WorldId) -> Owner {
        let world = self.resolve.worlds.get(id);
        let package = world.and_then(|world| world.package).and_then(|id| self.resolve.packages.get(id));
        let name = world.map_or_else(String::new, |world| world.name.clone());
        match package {
            Some(package) => Owner::World(package_id(&package.name), name),
            None => Owner::Interface(InterfaceId { package: None, name }),
        }
    }

    fn kind(&mut self, kind: &up::TypeDefKind) -> TypeKind {
        match kind {
            up::TypeDefKind::Record(record) => {
                TypeKind::Record(record.fields.iter().map(|field| self.field(field)).collect())
            }
            up::TypeDefKind::Variant(variant) => {
                TypeKind::Variant(variant.cases.iter().map(|case| self.case(case)).collect())
            }
            up::TypeDefKind::Enum(cases) => {
                let labels =
                    cases.cases.iter().map(|case| self.label("case", &case.name, &case.docs, case.span));
                TypeKind::Enum(labels.collect())
            }
            up::TypeDefKind::Flags(flags) => {
                let labels =
                    flags.flags.iter().map(|flag| self.label("flag", &flag.name, &flag.docs, flag.span));
                TypeKind::Flags(labels.collect())
            }
            up::TypeDefKind::Resource => TypeKind::Resource,
            up::TypeDefKind::Handle(_)
            | up::TypeDefKind::Tuple(_)
            | up::TypeDefKind::Option(_)
            | up::TypeDefKind::Result(_)
            | up::TypeDefKind::List(_)
            | up::TypeDefKind::Map(..)
            | up::TypeDefKind::FixedLengthList(..)
            | up::TypeDefKind::Future(_)
            | up::TypeDefKind::Stream(_)
            | up::TypeDefKind::Type(_)
            | up::TypeDefKind::Unknown => TypeKind::Alias(self.anonymous(kind)),
        }
    }

    fn field(&mut self, field: &up::Field) -> Field {
        let Head { docs, tags, place } = self.head(format!("field {}", field.name), &field.docs, field.span);
        Field { name: field.name.clone(), ty: self.ty(&field.ty), docs, tags, place }
    }

    fn case(&mut self, case: &up::Case) -> Case {
        let Head { docs, tags, place } = self.head(format!("case {}", case.name), &case.docs, case.span);
        Case { name: case.name.clone(), payload: case.ty.as_ref().map(|ty| self.ty(ty)), docs, tags, place }
    }

    fn label(&mut self, what: &str, name: &str, docs: &up::Docs, span: up::Span) -> Label {
        let Head { docs, tags, place } = self.head(format!("{what} {name}"), docs, span);
        Label { name: name.to_owned(), docs, tags, place }
    }

    fn ty(&self, ty: &up::Type) -> Type {
        let up::Type::Id(id) = ty else { return Type::Primitive(primitive(ty)) };
        match (self.defs.get(id), self.resolve.types.get(*id)) {
            (Some(def), _) => Type::Named(Arc::clone(def)),
            (None, Some(def)) => self.anonymous(&def.kind),
            (None, None) => Type::Tuple(Vec::new()),
        }
    }

    fn anonymous(&self, kind: &up::TypeDefKind) -> Type {
        let boxed = |ty: &up::Type| Box::new(self.ty(ty));
        match kind {
            up::TypeDefKind::Handle(up::Handle::Own(id)) => self.handle(*id, Type::Own),
            up::TypeDefKind::Handle(up::Handle::Borrow(id)) => self.handle(*id, Type::Borrow),
            up::TypeDefKind::Tuple(tuple) => Type::Tuple(tuple.types.iter().map(|ty| self.ty(ty)).collect()),
            up::TypeDefKind::Option(item) => Type::Option(boxed(item)),
            up::TypeDefKind::Result(result) => {
                Type::Result { ok: result.ok.as_ref().map(boxed), err: result.err.as_ref().map(boxed) }
            }
            up::TypeDefKind::List(item) => Type::List(boxed(item)),
            up::TypeDefKind::Map(key, value) => Type::Map(boxed(key), boxed(value)),
            up::TypeDefKind::FixedLengthList(item, length) => Type::FixedList(boxed(item), *length),
            up::TypeDefKind::Future(item) => Type::Future(item.as_ref().map(boxed)),
            up::TypeDefKind::Stream(item) => Type::Stream(item.as_ref().map(boxed)),
            up::TypeDefKind::Type(target) => self.ty(target),
            // These are always declared, so they are never reached here; upstream's `Unknown` is gone once a
            // package is resolved. An empty tuple is a type that no name and no value can have.
            up::TypeDefKind::Record(_)
            | up::TypeDefKind::Variant(_)
            | up::TypeDefKind::Enum(_)
            | up::TypeDefKind::Flags(_)
            | up::TypeDefKind::Resource
            | up::TypeDefKind::Unknown => Type::Tuple(Vec::new()),
        }
    }

    fn handle(&self, id: up::TypeId, wrap: fn(Arc<TypeDef>) -> Type) -> Type {
        self.defs.get(&id).map_or(Type::Tuple(Vec::new()), |def| wrap(Arc::clone(def)))
    }
}

/// The types that a type is directly made of.
fn parts(kind: &up::TypeDefKind) -> Vec<&up::Type> {
    match kind {
        up::TypeDefKind::Record(record) => record.fields.iter().map(|field| &field.ty).collect(),
        up::TypeDefKind::Variant(variant) => {
            variant.cases.iter().filter_map(|case| case.ty.as_ref()).collect()
        }
        up::TypeDefKind::Tuple(tuple) => tuple.types.iter().collect(),
        up::TypeDefKind::Result(result) => result.ok.iter().chain(&result.err).collect(),
        up::TypeDefKind::Map(key, value) => vec![key, value],
        up::TypeDefKind::Option(item)
        | up::TypeDefKind::List(item)
        | up::TypeDefKind::FixedLengthList(item, _)
        | up::TypeDefKind::Type(item) => vec![item],
        up::TypeDefKind::Future(item) | up::TypeDefKind::Stream(item) => item.iter().collect(),
        up::TypeDefKind::Enum(_)
        | up::TypeDefKind::Flags(_)
        | up::TypeDefKind::Resource
        | up::TypeDefKind::Handle(_)
        | up::TypeDefKind::Unknown => Vec::new(),
    }
}

fn depth_of(ty: &up::Type, depths: &HashMap<up::TypeId, usize>) -> usize {
    match ty {
        up::Type::Id(id) => depths.get(id).copied().unwrap_or(0),
        _ => 0,
    }
}

/// Refuses two parts of one name, which upstream's parser takes and no component can have.
fn declared_once(def: &TypeDef) -> Result<(), Error> {
    let labels = |labels: &[Label]| labels.iter().map(|it| (it.name.clone(), it.place.clone())).collect();
    let parts: Vec<(String, Option<Place>)> = match &def.kind {
        TypeKind::Record(fields) => fields.iter().map(|it| (it.name.clone(), it.place.clone())).collect(),
        TypeKind::Variant(cases) => cases.iter().map(|it| (it.name.clone(), it.place.clone())).collect(),
        TypeKind::Enum(parts) | TypeKind::Flags(parts) => labels(parts),
        TypeKind::Alias(_) | TypeKind::Resource => return Ok(()),
    };
    let mut seen = HashSet::new();
    match parts.into_iter().find(|(name, _)| !seen.insert(name.to_lowercase())) {
        None => Ok(()),
        Some((name, place)) => {
            let message =
                format!("{} `{}` has `{name}` twice: give each its own name", def.kind.as_str(), def.name);
            Err(Error::Syntax { place, message })
        }
    }
}

/// The gate of an item of a world: its own, or that of what it names.
fn behind(own: Stability, named: Stability) -> Stability {
    match own {
        Stability::Unstable { .. } => own,
        Stability::Unknown | Stability::Since { .. } => match named {
            Stability::Unstable { .. } => named,
            Stability::Unknown | Stability::Since { .. } => {
                if own == Stability::Unknown {
                    named
                } else {
                    own
                }
            }
        },
    }
}

fn missing(what: &str) -> Error {
    Error::Syntax { place: None, message: format!("the package names a {what} that it does not hold") }
}

fn package_id(name: &up::PackageName) -> PackageId {
    PackageId { namespace: name.namespace.clone(), name: name.name.clone(), version: name.version.clone() }
}

fn function_kind(kind: &up::FunctionKind) -> FunctionKind {
    match kind {
        up::FunctionKind::Freestanding => FunctionKind::Plain,
        up::FunctionKind::AsyncFreestanding => FunctionKind::Async,
        up::FunctionKind::Method(_) | up::FunctionKind::Static(_) | up::FunctionKind::Constructor(_) => {
            FunctionKind::OfResource { asynchronous: false }
        }
        up::FunctionKind::AsyncMethod(_) | up::FunctionKind::AsyncStatic(_) => {
            FunctionKind::OfResource { asynchronous: true }
        }
    }
}

fn stability(stability: &up::Stability) -> Stability {
    match stability {
        up::Stability::Unknown => Stability::Unknown,
        up::Stability::Stable { since, deprecated } => {
            Stability::Since { version: since.clone(), deprecated: deprecated.clone() }
        }
        up::Stability::Unstable { feature, deprecated } => {
            Stability::Unstable { feature: feature.clone(), deprecated: deprecated.clone() }
        }
    }
}

fn primitive(ty: &up::Type) -> Primitive {
    match ty {
        up::Type::Bool => Primitive::Bool,
        up::Type::U8 => Primitive::U8,
        up::Type::U16 => Primitive::U16,
        up::Type::U32 => Primitive::U32,
        up::Type::U64 => Primitive::U64,
        up::Type::S8 => Primitive::S8,
        up::Type::S16 => Primitive::S16,
        up::Type::S32 => Primitive::S32,
        up::Type::S64 => Primitive::S64,
        up::Type::F32 => Primitive::F32,
        up::Type::F64 => Primitive::F64,
        up::Type::Char => Primitive::Char,
        up::Type::String => Primitive::String,
        // An id is lowered before this is asked; the other is what is left.
        up::Type::Id(_) | up::Type::ErrorContext => Primitive::ErrorContext,
    }
}
