//! What can keep a host and a guest from meeting, and where it is.

use std::fmt;

use linchpin_contract::InterfaceId;

use crate::verdict::PairLevel;

/// One reason why a host and a guest do not meet, or do not mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Who calls whom.
    pub edge: Edge,
    /// The interface as its caller names it; absent for an item of the world itself.
    pub interface: Option<InterfaceId>,
    /// The function, type or resource; absent where the whole interface is concerned.
    pub item: Option<String>,
    /// From the item down; empty where it is concerned as a whole.
    pub path: Vec<Step>,
    /// Which way the value goes; absent where no value is concerned.
    pub flow: Option<Flow>,
    /// What is wrong.
    pub kind: FaultKind,
    /// What the runtime does about it.
    pub level: PairLevel,
}

/// Who calls whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// The guest imports what the host offers.
    HostToGuestImport,
    /// The host calls what the guest exports.
    GuestExportToHost,
}

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// A parameter.
    CallerToCallee,
    /// A result.
    CalleeToCaller,
}

/// One step from a function down to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A parameter, by the caller's name.
    Param(String),
    /// The result.
    Result,
    /// A field of a record.
    Field(String),
    /// The payload of a variant's case.
    Case(String),
    /// An item of a tuple, from 0.
    TupleItem(usize),
    /// The item of a list or option.
    Item,
    /// The key of a map.
    Key,
    /// The value of a map.
    Value,
    /// The payload of `ok`.
    Ok,
    /// The payload of `err`.
    Err,
    /// What a stream or future carries.
    Payload,
}

/// What is wrong. `host` and `guest` are what the two sides have, as WIT writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The other side has no interface of this name.
    InterfaceMissing,
    /// The other side has the interface, in versions that do not stand for this one.
    VersionTrackMissing {
        /// The versions it has.
        available: Vec<InterfaceId>,
    },
    /// The other side has the interface, or the world, without this function.
    FunctionMissing,
    /// The host's interface lacks the resource.
    ResourceMissing,
    /// The other side's interface has no type of this name.
    TypeMissing,
    /// The guest imports something, and the runtime grants no imports.
    ImportRefused,
    /// The runtime runs no functions that are `async` or move handles.
    OutsidePureSubset,
    /// The guest exports no function, and the runtime runs nothing else.
    NothingToCall,
    /// One side is `async`, the other is not.
    Async {
        /// Whether the host's is.
        host: bool,
        /// Whether the guest's is.
        guest: bool,
    },
    /// One side has a parameter that the other lacks.
    ParamExtra(Extra),
    /// A parameter of the same type has another name.
    ParamRenamed {
        /// The host's name.
        host: String,
        /// The guest's name.
        guest: String,
    },
    /// Parameters of the same type stand in another order, so that values are swapped.
    ParamSwapped {
        /// The host's name at this position.
        host: String,
        /// The guest's name at this position.
        guest: String,
    },
    /// One side returns something, the other nothing.
    ResultExtra(Extra),
    /// The types differ by themselves, not only in their parts.
    Type {
        /// The host's type.
        host: String,
        /// The guest's type.
        guest: String,
    },
    /// One side has a field, case or flag that the other lacks.
    MemberExtra {
        /// What it is.
        member: Member,
        /// Its name.
        name: String,
        /// Who has it.
        side: Extra,
    },
    /// A field, case or flag stands at this place under two names.
    MemberRenamed {
        /// What it is.
        member: Member,
        /// The host's name.
        host: String,
        /// The guest's name.
        guest: String,
    },
    /// The same fields, cases or flags stand in another order.
    MembersReordered {
        /// What they are.
        member: Member,
    },
    /// A case, or a side of a `result`, a `stream` or a `future` carries something on one side only.
    PayloadExtra(Extra),
    /// Tuples of two lengths.
    TupleLength {
        /// The host's length.
        host: usize,
        /// The guest's length.
        guest: usize,
    },
    /// Lists of two fixed lengths.
    ListLength {
        /// The host's length.
        host: u32,
        /// The guest's length.
        guest: u32,
    },
    /// Two different resources.
    Resource {
        /// The host's resource.
        host: String,
        /// The guest's resource.
        guest: String,
    },
    /// One side passes ownership, the other only lends.
    Ownership {
        /// The host's handle.
        host: String,
        /// The guest's handle.
        guest: String,
    },
    /// The digests of two functions differ.
    Digest,
    /// A type is too large to be compared.
    TooLarge,
}

/// Which side has what the other lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// The host alone.
    Host,
    /// The guest alone.
    Guest,
}

/// A named part of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// A field of a record.
    Field,
    /// A case of a variant.
    VariantCase,
    /// A case of an enum.
    EnumCase,
    /// A flag.
    Flag,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Param(name) => write!(f, "param {name}"),
            Self::Result => f.write_str("result"),
            Self::Field(name) => write!(f, "field {name}"),
            Self::Case(name) => write!(f, "case {name}"),
            Self::TupleItem(index) => write!(f, "item {index}"),
            Self::Item => f.write_str("item"),
            Self::Key => f.write_str("key"),
            Self::Value => f.write_str("value"),
            Self::Ok => f.write_str("ok"),
            Self::Err => f.write_str("err"),
            Self::Payload => f.write_str("payload"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HostToGuestImport => "host function -> guest import",
            Self::GuestExportToHost => "guest export -> host call",
        })
    }
}

impl fmt::Display for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "the host",
            Self::Guest => "the guest",
        })
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Field => "field",
            Self::VariantCase => "case of a variant",
            Self::EnumCase => "case",
            Self::Flag => "flag",
        })
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InterfaceMissing => f.write_str("the other side has no such interface"),
            Self::VersionTrackMissing { available } => {
                f.write_str("the other side has it only as")?;
                available.iter().try_for_each(|id| write!(f, " `{id}`"))
            }
            Self::FunctionMissing => f.write_str("the other side has no such function"),
            Self::ResourceMissing => f.write_str("the host has no such resource"),
            Self::TypeMissing => f.write_str("the other side has no type of this name"),
            Self::ImportRefused => f.write_str("the runtime grants no imports"),
            Self::OutsidePureSubset => f.write_str("the runtime runs pure functions only"),
            Self::NothingToCall => f.write_str("the guest exports no function"),
            Self::Async { host, guest } => {
                let word = |asynchronous: &bool| if *asynchronous { "`async`" } else { "not `async`" };
                write!(f, "the host's is {}, the guest's {}", word(host), word(guest))
            }
            Self::ParamExtra(side) => write!(f, "only {side} has this parameter"),
            Self::ParamRenamed { host, guest } => {
                write!(f, "the host calls it `{host}`, the guest `{guest}`")
            }
            Self::ParamSwapped { host, guest } => {
                write!(f, "the host has `{host}` here and the guest `{guest}`: values are swapped")
            }
            Self::ResultExtra(side) => write!(f, "only {side} returns something"),
            Self::Type { host, guest } => write!(f, "the host has `{host}`, the guest `{guest}`"),
            Self::MemberExtra { member, name, side } => write!(f, "only {side} has the {member} `{name}`"),
            Self::MemberRenamed { member, host, guest } => {
                write!(f, "the {member} is `{host}` in the host and `{guest}` in the guest")
            }
            Self::MembersReordered { member } => write!(f, "another order: each {member} is in both"),
            Self::PayloadExtra(side) => write!(f, "only {side} has a payload"),
            Self::TupleLength { host, guest } => write!(f, "{host} items in the host, {guest} in the guest"),
            Self::ListLength { host, guest } => write!(f, "{host} items in the host, {guest} in the guest"),
            Self::Resource { host, guest } => {
                write!(f, "the host's handle is to {host}; the guest's to {guest}")
            }
            Self::Ownership { host, guest } => write!(f, "the host has `{host}`, the guest `{guest}`"),
            Self::Digest => f.write_str("the function's digest differs"),
            Self::TooLarge => f.write_str("the type is too large to be compared"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] ", self.edge)?;
        match (&self.interface, &self.item) {
            (Some(interface), Some(item)) => write!(f, "{interface}.{item}")?,
            (Some(interface), None) => write!(f, "{interface}")?,
            (None, Some(item)) => f.write_str(item)?,
            (None, None) => f.write_str("world")?,
        }
        self.path.iter().try_for_each(|step| write!(f, " > {step}"))?;
        write!(f, ": {}", self.kind)
    }
}
