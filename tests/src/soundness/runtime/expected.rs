//! A host's types as a table, walked by wasmtime's own comparisons.
//!
//! A real host names its types in Rust, and each Rust type brings the comparison that wasmtime's library has for
//! it. Here types are only known while running. So one type, [`Next`], stands for all of them: it takes the node
//! that is due from a queue of this thread and hands the work to the comparison of the Rust type that a real host
//! would have there (`Vec<_>`, `Option<_>`, `typecheck_record`, ..) with itself as the part. Those call their parts
//! in order, which is the order of the queue. Nothing is compared here.

#![expect(
    unsafe_code,
    reason = "wasmtime's traits for typed values are unsafe; no value is ever lifted or lowered"
)]

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::mem::MaybeUninit;
use std::sync::Arc;

use wasmtime::component::__internal::{
    CanonicalAbiInfo, InstanceType, InterfaceType, LiftContext, LowerContext, typecheck_enum,
    typecheck_flags, typecheck_record, typecheck_variant,
};
use wasmtime::component::{
    ComponentNamedList, ComponentType, ErrorContext, FutureReader, Lift, Lower, Resource, ResourceAny,
    ResourceType, StreamReader,
};
use wasmtime::{Result, ValRaw, bail};

/// The index of a node in a [`Table`].
pub type NodeId = usize;

/// One type of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A type without parts.
    Primitive(Primitive),
    /// `list<T>`
    List(NodeId),
    /// `list<T, N>`
    FixedList(NodeId, u32),
    /// `map<K, V>`
    Map(NodeId, NodeId),
    /// `option<T>`
    Option(NodeId),
    /// `result<T, E>`
    Result(Option<NodeId>, Option<NodeId>),
    /// `tuple<..>`
    Tuple(Vec<NodeId>),
    /// A record and its fields.
    Record(Vec<(String, NodeId)>),
    /// A variant and its cases.
    Variant(Vec<(String, Option<NodeId>)>),
    /// An enum and its cases.
    Enum(Vec<String>),
    /// Flags.
    Flags(Vec<String>),
    /// A handle to a resource that the host offers, by its number.
    Offered(usize),
    /// A handle to a resource that the guest defines.
    Guests,
    /// `stream<T>`
    Stream(Option<NodeId>),
    /// `future<T>`
    Future(Option<NodeId>),
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are WIT's")]
pub enum Primitive {
    Bool,
    U8,
    U16,
    U32,
    U64,
    S8,
    S16,
    S32,
    S64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
}

/// What a function takes and returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Parameters in order.
    pub params: Vec<NodeId>,
    /// What it returns.
    pub result: Option<NodeId>,
    /// Whether it is `async`.
    pub is_async: bool,
}

/// The types and functions of one host.
#[derive(Debug, Default)]
pub struct Table {
    /// Types; parts are named by index.
    pub nodes: Vec<Node>,
    /// Functions, at most `FUNCTIONS_MAX`.
    pub functions: Vec<Signature>,
}

thread_local! {
    static TABLE: RefCell<Arc<Table>> = RefCell::default();
    static DUE: RefCell<Vec<VecDeque<NodeId>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` with this table as the host's on this thread.
pub fn with_table<T>(table: &Arc<Table>, work: impl FnOnce() -> T) -> T {
    let before = TABLE.replace(Arc::clone(table));
    let done = work();
    TABLE.replace(before);
    done
}

/// Whatever type is due.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Next;

/// The parameters of function `N` of the table.
#[derive(Debug)]
pub struct Params<const N: usize>;

/// The result of function `N` of the table.
#[derive(Debug)]
pub struct Results<const N: usize>;

/// The Rust type of resource `N`, which has no values.
#[derive(Debug)]
pub enum Marker<const N: usize> {}

type Typecheck = fn(&InterfaceType, &InstanceType<'_>) -> Result<()>;

/// Lets `check` take these nodes, in this order.
fn due(nodes: impl IntoIterator<Item = NodeId>, check: impl FnOnce() -> Result<()>) -> Result<()> {
    DUE.with_borrow_mut(|due| due.push(nodes.into_iter().collect()));
    let result = check();
    DUE.with_borrow_mut(Vec::pop);
    result
}

fn typecheck_next(ty: &InterfaceType, types: &InstanceType<'_>) -> Result<()> {
    let node = DUE.with_borrow_mut(|due| due.last_mut().and_then(VecDeque::pop_front));
    let table = TABLE.with_borrow(Arc::clone);
    match node.and_then(|node| table.nodes.get(node)) {
        Some(node) => typecheck_node(node, ty, types),
        None => bail!("no type is due: the order of wasmtime's comparisons is not what it was"),
    }
}

fn typecheck_node(node: &Node, ty: &InterfaceType, types: &InstanceType<'_>) -> Result<()> {
    match node {
        Node::Primitive(primitive) => typecheck_primitive(*primitive, ty, types),
        Node::List(item) => due([*item], || <Vec<Next>>::typecheck(ty, types)),
        Node::FixedList(item, length) => due([*item], || typecheck_fixed_list(*length, ty, types)),
        Node::Map(key, value) => due([*key, *value], || <HashMap<Next, Next>>::typecheck(ty, types)),
        Node::Option(item) => due([*item], || <Option<Next>>::typecheck(ty, types)),
        Node::Result(ok, err) => due(ok.iter().chain(err).copied(), || match (ok, err) {
            (Some(_), Some(_)) => <std::result::Result<Next, Next>>::typecheck(ty, types),
            (Some(_), None) => <std::result::Result<Next, ()>>::typecheck(ty, types),
            (None, Some(_)) => <std::result::Result<(), Next>>::typecheck(ty, types),
            (None, None) => <std::result::Result<(), ()>>::typecheck(ty, types),
        }),
        Node::Tuple(items) => due(items.iter().copied(), || typecheck_list(items.len(), ty, types)),
        Node::Record(fields) => due(fields.iter().map(|(_, node)| *node), || {
            let expected: Vec<(&str, Typecheck)> =
                fields.iter().map(|(name, _)| (name.as_str(), Next::typecheck as Typecheck)).collect();
            typecheck_record(ty, types, &expected)
        }),
        Node::Variant(cases) => due(cases.iter().filter_map(|(_, node)| *node), || {
            let expected: Vec<(&str, Option<Typecheck>)> = cases
                .iter()
                .map(|(name, node)| (name.as_str(), node.map(|_| Next::typecheck as Typecheck)))
                .collect();
            typecheck_variant(ty, types, &expected)
        }),
        Node::Enum(names) => typecheck_enum(ty, types, &names.iter().map(String::as_str).collect::<Vec<_>>()),
        Node::Flags(names) => {
            typecheck_flags(ty, types, &names.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Node::Offered(number) => match RESOURCES.get(*number) {
            Some((check, _)) => check(ty, types),
            None => bail!("the host has more resources than the harness has markers"),
        },
        Node::Guests => ResourceAny::typecheck(ty, types),
        Node::Stream(Some(item)) => due([*item], || <StreamReader<Next>>::typecheck(ty, types)),
        Node::Stream(None) => <StreamReader<()>>::typecheck(ty, types),
        Node::Future(Some(item)) => due([*item], || <FutureReader<Next>>::typecheck(ty, types)),
        Node::Future(None) => <FutureReader<()>>::typecheck(ty, types),
    }
}

fn typecheck_primitive(primitive: Primitive, ty: &InterfaceType, types: &InstanceType<'_>) -> Result<()> {
    let check: Typecheck = match primitive {
        Primitive::Bool => bool::typecheck,
        Primitive::U8 => u8::typecheck,
        Primitive::U16 => u16::typecheck,
        Primitive::U32 => u32::typecheck,
        Primitive::U64 => u64::typecheck,
        Primitive::S8 => i8::typecheck,
        Primitive::S16 => i16::typecheck,
        Primitive::S32 => i32::typecheck,
        Primitive::S64 => i64::typecheck,
        Primitive::F32 => f32::typecheck,
        Primitive::F64 => f64::typecheck,
        Primitive::Char => char::typecheck,
        Primitive::String => String::typecheck,
        Primitive::ErrorContext => ErrorContext::typecheck,
    };
    check(ty, types)
}

/// Calls `$check` with each of the numbers, as an array of function pointers.
macro_rules! numbered {
    ($each:ident) => {
        numbered!($each 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
            32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47)
    };
    ($each:ident $($number:literal)*) => { [$($each!($number)),*] };
}

macro_rules! fixed_list {
    ($number:literal) => {
        <[Next; $number]>::typecheck as Typecheck
    };
}

/// Fixed lengths and resources that the table can hold.
pub const NUMBERS_MAX: usize = FIXED_LISTS.len();

static FIXED_LISTS: [Typecheck; 48] = numbered!(fixed_list);

fn typecheck_fixed_list(length: u32, ty: &InterfaceType, types: &InstanceType<'_>) -> Result<()> {
    match FIXED_LISTS.get(length as usize) {
        Some(check) => check(ty, types),
        None => bail!("the harness has no fixed list of {length} items"),
    }
}

macro_rules! resource {
    ($number:literal) => {
        (
            <Resource<Marker<$number>>>::typecheck as Typecheck,
            ResourceType::host::<Marker<$number>> as fn() -> _,
        )
    };
}

static RESOURCES: [(Typecheck, fn() -> ResourceType); 48] = numbered!(resource);

/// What a host registers for resource `number`.
#[must_use]
pub fn resource_type(number: usize) -> Option<ResourceType> {
    RESOURCES.get(number).map(|(_, ty)| ty())
}

macro_rules! lists {
    ($($list:ty),* $(,)?) => { [$(<$list>::typecheck as Typecheck),*] };
}

/// Parameter lists, results and tuples by length; wasmtime has no longer ones.
static LISTS: [Typecheck; 17] = lists![
    (),
    (Next,),
    (Next, Next),
    (Next, Next, Next),
    (Next, Next, Next, Next),
    (Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
    (Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next, Next),
];

/// The longest parameter list or tuple of a host.
pub const LIST_MAX: usize = LISTS.len() - 1;

fn typecheck_list(length: usize, ty: &InterfaceType, types: &InstanceType<'_>) -> Result<()> {
    match LISTS.get(length) {
        Some(check) => check(ty, types),
        None => bail!("wasmtime has no list of {length} types"),
    }
}

fn typecheck_function(
    number: usize,
    part: fn(&Signature) -> Vec<NodeId>,
    ty: &InterfaceType,
    types: &InstanceType<'_>,
) -> Result<()> {
    let table = TABLE.with_borrow(Arc::clone);
    let Some(signature) = table.functions.get(number) else {
        bail!("the host has no function {number}");
    };
    let nodes = part(signature);
    due(nodes.iter().copied(), || typecheck_list(nodes.len(), ty, types))
}

macro_rules! typed {
    ($({$($generics:tt)*})? $name:ty, |$ty:ident, $types:ident| $check:expr) => {
        // SAFETY: the comparison is wasmtime's own for the type that is due, and no value of this type exists that
        // could be read or written: lifting and lowering only fail.
        unsafe impl $(<$($generics)*>)? ComponentType for $name {
            type Lower = [ValRaw; 1];
            const ABI: CanonicalAbiInfo = CanonicalAbiInfo::SCALAR4;
            fn typecheck($ty: &InterfaceType, $types: &InstanceType<'_>) -> Result<()> {
                $check
            }
        }

        // SAFETY: as above.
        unsafe impl $(<$($generics)*>)? Lower for $name {
            fn linear_lower_to_flat<U>(
                &self,
                _: &mut LowerContext<'_, U>,
                _: InterfaceType,
                _: &mut MaybeUninit<[ValRaw; 1]>,
            ) -> Result<()> {
                bail!("{}", REACHED)
            }
            fn linear_lower_to_memory<U>(&self, _: &mut LowerContext<'_, U>, _: InterfaceType, _: usize) -> Result<()> {
                bail!("{}", REACHED)
            }
        }

        // SAFETY: as above.
        unsafe impl $(<$($generics)*>)? Lift for $name {
            fn linear_lift_from_flat(_: &mut LiftContext<'_>, _: InterfaceType, _: &[ValRaw; 1]) -> Result<Self> {
                bail!("{}", REACHED)
            }
            fn linear_lift_from_memory(_: &mut LiftContext<'_>, _: InterfaceType, _: &[u8]) -> Result<Self> {
                bail!("{}", REACHED)
            }
        }
    };
}

/// What a call says once wasmtime has accepted it and asks for values.
pub const REACHED: &str = "the call was accepted, and this host has no values";

typed!(Next, |ty, types| typecheck_next(ty, types));
typed!({const N: usize} Params<N>, |ty, types| {
    typecheck_function(N, |signature| signature.params.clone(), ty, types)
});
typed!({const N: usize} Results<N>, |ty, types| {
    typecheck_function(N, |signature| signature.result.into_iter().collect(), ty, types)
});

// SAFETY: both compare with a tuple, as a list of parameters or results does.
unsafe impl<const N: usize> ComponentNamedList for Params<N> {}
// SAFETY: as above.
unsafe impl<const N: usize> ComponentNamedList for Results<N> {}
