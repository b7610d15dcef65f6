//! A WIT world as a wasmtime host has it: what it registers in its linker and what it calls.
//!
//! It is read from `wit_parser`'s own form and not from ours, as `bindgen!` reads it: a host defines the resources
//! of the interfaces that declare them, and knows a guest's resources only as handles.

use std::collections::HashMap;
use std::sync::Arc;

use wit_parser::{
    Function, Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem,
    WorldKey,
};

use super::expected::{LIST_MAX, NUMBERS_MAX, Node, NodeId, Primitive, Signature, Table};
use super::functions::FUNCTIONS_MAX;

/// A host, ready to be linked.
#[derive(Debug, Clone)]
pub struct Host {
    /// The types of all of its functions.
    pub table: Arc<Table>,
    /// What it registers.
    pub imports: Vec<HostItem>,
    /// What it calls.
    pub exports: Vec<HostItem>,
}

/// One instance, or one item of the root.
#[derive(Debug, Clone)]
pub struct HostItem {
    /// The instance's name; absent for the root.
    pub instance: Option<String>,
    /// Functions by name, with their number in the table.
    pub functions: Vec<(String, usize)>,
    /// Resources by name, with their number.
    pub resources: Vec<(String, usize)>,
}

/// Reads a host; an error says what the harness cannot hold.
///
/// # Errors
/// A world with more functions, resources or types than there are numbers for.
pub fn host(resolve: &Resolve, world: WorldId) -> Result<Host, String> {
    let mut reader =
        Reader { resolve, world, table: Table::default(), nodes: HashMap::new(), resources: HashMap::new() };
    let definition = &resolve.worlds[world];
    let mut imports = Vec::new();
    for (key, item) in &definition.imports {
        imports.extend(reader.item(key, item, Side::Import)?);
    }
    let mut exports = Vec::new();
    for (key, item) in &definition.exports {
        exports.extend(reader.item(key, item, Side::Export)?);
    }
    if reader.table.functions.len() > FUNCTIONS_MAX || reader.resources.len() > NUMBERS_MAX {
        return Err("too many functions or resources".to_owned());
    }
    Ok(Host { table: Arc::new(reader.table), imports, exports })
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Import,
    Export,
}

struct Reader<'a> {
    resolve: &'a Resolve,
    world: WorldId,
    table: Table,
    /// Types that were read already, for each side and interface that mentions them.
    nodes: HashMap<(TypeId, Side, Option<InterfaceId>), NodeId>,
    resources: HashMap<TypeId, usize>,
}

#[derive(Clone, Copy)]
struct Scope {
    side: Side,
    interface: Option<InterfaceId>,
}

impl Reader<'_> {
    fn item(&mut self, key: &WorldKey, item: &WorldItem, side: Side) -> Result<Option<HostItem>, String> {
        let root = |functions, resources| HostItem { instance: None, functions, resources };
        match item {
            WorldItem::Interface { id, .. } => {
                let interface = &self.resolve.interfaces[*id];
                let scope = Scope { side, interface: Some(*id) };
                let mut functions = Vec::new();
                for (name, function) in &interface.functions {
                    functions.push((name.clone(), self.function(function, scope)?));
                }
                let mut resources = Vec::new();
                for (name, id) in &interface.types {
                    if matches!(self.resolve.types[*id].kind, TypeDefKind::Resource) && side == Side::Import {
                        resources.push((name.clone(), self.resource(*id)));
                    }
                }
                Ok(Some(HostItem { instance: Some(self.resolve.name_world_key(key)), functions, resources }))
            }
            WorldItem::Function(function) => {
                let number = self.function(function, Scope { side, interface: None })?;
                Ok(Some(root(vec![(function.name.clone(), number)], Vec::new())))
            }
            WorldItem::Type { id, .. } => {
                let definition = &self.resolve.types[*id];
                let name = definition.name.clone().unwrap_or_default();
                let is_resource = matches!(definition.kind, TypeDefKind::Resource);
                Ok(is_resource.then(|| root(Vec::new(), vec![(name, self.resource(*id))])))
            }
        }
    }

    fn resource(&mut self, id: TypeId) -> usize {
        let next = self.resources.len();
        *self.resources.entry(id).or_insert(next)
    }

    fn function(&mut self, function: &Function, scope: Scope) -> Result<usize, String> {
        if function.params.len() > LIST_MAX {
            return Err(format!("{} parameters", function.params.len()));
        }
        let params =
            function.params.iter().map(|param| self.ty(&param.ty, scope)).collect::<Result<Vec<_>, _>>()?;
        let result = function.result.as_ref().map(|ty| self.ty(ty, scope)).transpose()?;
        self.table.functions.push(Signature { params, result, is_async: function.kind.is_async() });
        Ok(self.table.functions.len() - 1)
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.table.nodes.push(node);
        self.table.nodes.len() - 1
    }

    fn ty(&mut self, ty: &Type, scope: Scope) -> Result<NodeId, String> {
        let Type::Id(id) = ty else { return Ok(self.push(Node::Primitive(primitive(ty)))) };
        if let Some(node) = self.nodes.get(&(*id, scope.side, scope.interface)) {
            return Ok(*node);
        }
        let node = self.kind(*id, scope)?;
        self.nodes.insert((*id, scope.side, scope.interface), node);
        Ok(node)
    }

    fn optional(&mut self, ty: Option<&Type>, scope: Scope) -> Result<Option<NodeId>, String> {
        ty.map(|ty| self.ty(ty, scope)).transpose()
    }

    fn kind(&mut self, id: TypeId, scope: Scope) -> Result<NodeId, String> {
        let resolve = self.resolve;
        let node = match &resolve.types[id].kind {
            TypeDefKind::Type(ty) => return self.ty(ty, scope),
            TypeDefKind::Record(record) => {
                let fields =
                    record.fields.iter().map(|field| Ok((field.name.clone(), self.ty(&field.ty, scope)?)));
                Node::Record(fields.collect::<Result<_, String>>()?)
            }
            TypeDefKind::Variant(variant) => {
                let cases = variant
                    .cases
                    .iter()
                    .map(|case| Ok((case.name.clone(), self.optional(case.ty.as_ref(), scope)?)));
                Node::Variant(cases.collect::<Result<_, String>>()?)
            }
            TypeDefKind::Enum(cases) => {
                Node::Enum(cases.cases.iter().map(|case| case.name.clone()).collect())
            }
            TypeDefKind::Flags(flags) => {
                Node::Flags(flags.flags.iter().map(|flag| flag.name.clone()).collect())
            }
            TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => self.handle(*id, scope),
            TypeDefKind::Tuple(tuple) if tuple.types.len() <= LIST_MAX => {
                let items = tuple.types.iter().map(|ty| self.ty(ty, scope));
                Node::Tuple(items.collect::<Result<_, _>>()?)
            }
            TypeDefKind::Tuple(tuple) => return Err(format!("a tuple of {}", tuple.types.len())),
            TypeDefKind::Option(item) => Node::Option(self.ty(item, scope)?),
            TypeDefKind::Result(result) => {
                let ok = self.optional(result.ok.as_ref(), scope)?;
                Node::Result(ok, self.optional(result.err.as_ref(), scope)?)
            }
            TypeDefKind::List(item) => Node::List(self.ty(item, scope)?),
            TypeDefKind::Map(key, value) => {
                let key = self.ty(key, scope)?;
                Node::Map(key, self.ty(value, scope)?)
            }
            TypeDefKind::FixedLengthList(item, length) if (*length as usize) < NUMBERS_MAX => {
                Node::FixedList(self.ty(item, scope)?, *length)
            }
            TypeDefKind::FixedLengthList(_, length) => return Err(format!("a list of {length} items")),
            TypeDefKind::Future(item) => Node::Future(self.optional(item.as_ref(), scope)?),
            TypeDefKind::Stream(item) => Node::Stream(self.optional(item.as_ref(), scope)?),
            TypeDefKind::Resource | TypeDefKind::Unknown => return Err("a value of no type".to_owned()),
        };
        Ok(self.push(node))
    }

    /// A handle in an export is the guest's if the interface that declares the resource is exported too, and if the
    /// type did not come through the world, whose own types are imports.
    fn handle(&mut self, id: TypeId, scope: Scope) -> Node {
        let mut id = id;
        let mut through_world = false;
        loop {
            let definition = &self.resolve.types[id];
            through_world |= matches!(definition.owner, TypeOwner::World(_));
            let TypeDefKind::Type(Type::Id(target)) = definition.kind else { break };
            id = target;
        }
        let owner = match self.resolve.types[id].owner {
            TypeOwner::Interface(owner) => Some(owner),
            TypeOwner::World(_) | TypeOwner::None => None,
        };
        let exported = owner.is_some_and(|owner| {
            let exports = self.resolve.worlds[self.world].exports.values();
            let mut interfaces = exports.filter_map(|item| match item {
                WorldItem::Interface { id, .. } => Some(*id),
                WorldItem::Function(_) | WorldItem::Type { .. } => None,
            });
            interfaces.any(|id| id == owner)
        });
        if scope.side == Side::Export && exported && !through_world {
            Node::Guests
        } else {
            Node::Offered(self.resource(id))
        }
    }
}

fn primitive(ty: &Type) -> Primitive {
    match ty {
        Type::Bool => Primitive::Bool,
        Type::U8 => Primitive::U8,
        Type::U16 => Primitive::U16,
        Type::U32 => Primitive::U32,
        Type::U64 => Primitive::U64,
        Type::S8 => Primitive::S8,
        Type::S16 => Primitive::S16,
        Type::S32 => Primitive::S32,
        Type::S64 => Primitive::S64,
        Type::F32 => Primitive::F32,
        Type::F64 => Primitive::F64,
        Type::Char => Primitive::Char,
        Type::String => Primitive::String,
        Type::ErrorContext | Type::Id(_) => Primitive::ErrorContext,
    }
}
