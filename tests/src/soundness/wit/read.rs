//! WIT that was read elsewhere, as plain data that can be changed.

use linchpin_contract as model;
use linchpin_contract::{Contract, Owner, PackageId, Type, TypeKind, WorldItem};

use super::{
    Function, Interface, Item, Kind, Method, MethodKind, Package, Reference, Ty, TypeDef, Use, Wit, World,
};

/// A world of a contract; absent where it cannot be written as one file.
#[must_use]
pub fn world(contract: &Contract, world: &model::World) -> Option<Wit> {
    Reader { contract }.wit(world)
}

struct Reader<'a> {
    contract: &'a Contract,
}

impl Reader<'_> {
    fn wit(&self, world: &model::World) -> Option<Wit> {
        let mut wit = Wit::default();
        for package in self.packages() {
            let interfaces = package.interfaces.iter().map(|it| self.interface(it));
            wit.packages.push(Package {
                name: format!("{}:{}", package.id.namespace, package.id.name),
                version: package.id.version.as_ref().map(ToString::to_string),
                interfaces: interfaces.collect::<Option<_>>()?,
            });
        }
        let own: Vec<_> = world
            .imports
            .iter()
            .filter_map(|item| match item {
                WorldItem::Type(def) => Some(def.clone()),
                WorldItem::Interface(_) | WorldItem::Function(_) => None,
            })
            .collect();
        let functions: Vec<_> = world
            .imports
            .iter()
            .filter_map(|item| match item {
                WorldItem::Function(function) => Some(function.clone()),
                WorldItem::Interface(_) | WorldItem::Type(_) => None,
            })
            .collect();
        let (uses, types) = self.types(&own, &functions)?;
        let own = Interface { uses, types, ..Interface::default() };
        let imports = world.imports.iter().filter_map(|item| self.item(item)).collect::<Option<_>>()?;
        let exports = world.exports.iter().filter_map(|item| self.item(item)).collect::<Option<_>>()?;
        wit.world = World { own, imports, exports };
        Some(wit)
    }

    /// Packages after those that they need, as upstream lists them, with the main one last; without those that nothing
    /// can be used of.
    fn packages(&self) -> Vec<&model::Package> {
        let mut packages: Vec<_> = self.contract.packages.iter().collect();
        packages.rotate_left(1);
        packages.retain(|package| !package.interfaces.is_empty());
        packages
    }

    fn reference(&self, package: &PackageId, interface: &str) -> Option<Reference> {
        let package = self.packages().iter().position(|it| it.id == *package)?;
        Some(Reference { package, interface: interface.to_owned() })
    }

    fn interface(&self, interface: &model::Interface) -> Option<Interface> {
        let (uses, types) = self.types(&interface.types, &interface.functions)?;
        let plain = interface.functions.iter().filter(|function| !function.name.starts_with('['));
        Some(Interface {
            name: interface.id.name.clone(),
            docs: String::new(),
            uses,
            types,
            functions: plain.map(function).collect(),
        })
    }

    fn types(
        &self,
        defs: &[std::sync::Arc<model::TypeDef>],
        functions: &[model::Function],
    ) -> Option<(Vec<Use>, Vec<TypeDef>)> {
        let (mut uses, mut types) = (Vec::new(), Vec::new());
        for def in defs {
            let target = match &def.kind {
                TypeKind::Alias(Type::Named(target)) if target.owner != def.owner => Some(target),
                TypeKind::Alias(_)
                | TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource => None,
            };
            match target {
                None => types.push(TypeDef { name: def.name.clone(), kind: kind(def, functions) }),
                Some(target) => {
                    let Owner::Interface(owner) = &target.owner else { return None };
                    let from = self.reference(owner.package.as_ref()?, &owner.name)?;
                    uses.push(Use { from, name: target.name.clone(), own: def.name.clone() });
                }
            }
        }
        Some((uses, types))
    }

    fn item(&self, item: &WorldItem) -> Option<Option<Item>> {
        match item {
            WorldItem::Type(_) => None,
            // Those of a resource are written with it.
            WorldItem::Function(it) if it.name.starts_with('[') => None,
            WorldItem::Function(it) => Some(Some(Item::Function(function(it)))),
            WorldItem::Interface(it) => Some(match &it.id.package {
                Some(package) => self.reference(package, &it.id.name).map(Item::Interface),
                None => self.interface(it).map(Item::Inline),
            }),
        }
    }
}

fn kind(def: &model::TypeDef, functions: &[model::Function]) -> Kind {
    let names = |labels: &[model::Label]| labels.iter().map(|label| label.name.clone()).collect();
    match &def.kind {
        TypeKind::Record(fields) => {
            Kind::Record(fields.iter().map(|field| (field.name.clone(), ty(&field.ty))).collect())
        }
        TypeKind::Variant(cases) => Kind::Variant(
            cases.iter().map(|case| (case.name.clone(), case.payload.as_ref().map(ty))).collect(),
        ),
        TypeKind::Enum(labels) => Kind::Enum(names(labels)),
        TypeKind::Flags(labels) => Kind::Flags(names(labels)),
        TypeKind::Alias(target) => Kind::Alias(ty(target)),
        TypeKind::Resource => {
            Kind::Resource(functions.iter().filter_map(|function| method(function, &def.name)).collect())
        }
    }
}

fn method(it: &model::Function, resource: &str) -> Option<Method> {
    let (kind, rest) = it.name.strip_prefix('[')?.split_once(']')?;
    let (owner, name) = rest.split_once('.').unwrap_or((rest, ""));
    if owner != resource {
        return None;
    }
    let kind = match kind {
        "method" | "async method" => MethodKind::Method,
        "static" | "async static" => MethodKind::Static,
        _ => MethodKind::Constructor,
    };
    let mut function = function(it);
    name.clone_into(&mut function.name);
    match kind {
        MethodKind::Method => drop(function.params.remove(0)),
        MethodKind::Constructor => function.result = None,
        MethodKind::Static => {}
    }
    Some(Method { kind, function })
}

fn function(it: &model::Function) -> Function {
    Function {
        name: it.name.clone(),
        is_async: it.is_async(),
        params: it.params.iter().map(|param| (param.name.clone(), ty(&param.ty))).collect(),
        result: it.result.as_ref().map(ty),
    }
}

fn ty(it: &Type) -> Ty {
    let boxed = |it: &Type| Box::new(ty(it));
    let optional = |it: &Option<Box<Type>>| it.as_deref().map(boxed);
    match it {
        Type::Primitive(primitive) => Ty::Primitive(primitive.as_str()),
        Type::List(item) => Ty::List(boxed(item)),
        Type::FixedList(item, length) => Ty::FixedList(boxed(item), *length),
        Type::Map(key, value) => Ty::Map(boxed(key), boxed(value)),
        Type::Option(item) => Ty::Option(boxed(item)),
        Type::Result { ok, err } => Ty::Result(optional(ok), optional(err)),
        Type::Tuple(items) => Ty::Tuple(items.iter().map(ty).collect()),
        Type::Named(def) | Type::Own(def) => Ty::Named(def.name.clone()),
        Type::Borrow(def) => Ty::Borrow(def.name.clone()),
        Type::Stream(item) => Ty::Stream(optional(item)),
        Type::Future(item) => Ty::Future(optional(item)),
    }
}
