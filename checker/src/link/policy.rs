//! What a runtime makes of each kind of difference.

use super::fault::{Edge, FaultKind};
use crate::verdict::PairLevel;

/// What a runtime makes of differences between two functions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    /// Values of two types.
    types: PairLevel,
    /// Names of parameters.
    names: PairLevel,
    /// `own` on one side and `borrow` on the other.
    ownership: PairLevel,
    /// When `async` and the resources of exports are compared.
    exports: Exports,
}

/// When a runtime notices what only a call of an export shows.
#[derive(Debug, Clone, Copy)]
enum Exports {
    AtLink,
    AtCall,
}

/// wasmtime 48 with typed host functions and exports.
pub(super) const TYPED: Policy = Policy {
    types: PairLevel::LinkFail,
    names: PairLevel::Hazard,
    ownership: PairLevel::Hazard,
    exports: Exports::AtCall,
};

/// wasmtime 48 with dynamic values both ways.
pub(super) const DYNAMIC: Policy = Policy { types: PairLevel::CallFail, ..TYPED };

/// wasmparser's subtyping.
pub(super) const COMPOSITION: Policy = Policy {
    types: PairLevel::LinkFail,
    names: PairLevel::LinkFail,
    ownership: PairLevel::LinkFail,
    exports: Exports::AtLink,
};

impl Policy {
    /// What the runtime makes of this difference on this edge.
    pub(super) fn level(self, edge: Edge, kind: &FaultKind) -> PairLevel {
        match kind {
            FaultKind::InterfaceMissing
            | FaultKind::VersionTrackMissing { .. }
            | FaultKind::FunctionMissing
            | FaultKind::ResourceMissing
            | FaultKind::TypeMissing
            | FaultKind::ImportRefused
            | FaultKind::OutsidePureSubset
            | FaultKind::NothingToCall
            | FaultKind::Digest => PairLevel::LinkFail,
            FaultKind::Async { host, .. } => self.asynchronous(edge, *host),
            FaultKind::ParamRenamed { .. } | FaultKind::ParamSwapped { .. } => self.names,
            FaultKind::Ownership { .. } => self.ownership,
            FaultKind::ParamExtra(_)
            | FaultKind::ResultExtra(_)
            | FaultKind::Type { .. }
            | FaultKind::MemberExtra { .. }
            | FaultKind::MemberRenamed { .. }
            | FaultKind::MembersReordered { .. }
            | FaultKind::PayloadExtra(_)
            | FaultKind::TupleLength { .. }
            | FaultKind::ListLength { .. }
            | FaultKind::Resource { .. } => self.types,
            FaultKind::TooLarge => PairLevel::Unknown,
        }
    }

    /// What becomes of a handle to another resource than the one that the guest defines.
    pub(super) fn foreign_handle(self, level: PairLevel) -> PairLevel {
        match self.exports {
            Exports::AtLink => level,
            Exports::AtCall => PairLevel::CallFail,
        }
    }

    /// A host that awaits may call an export that does not wait; a host that does not await is refused by an export
    /// that was lifted as `async`, at each call.
    fn asynchronous(self, edge: Edge, host: bool) -> PairLevel {
        match (edge, self.exports) {
            (Edge::HostToGuestImport, _) | (_, Exports::AtLink) => PairLevel::LinkFail,
            (Edge::GuestExportToHost, Exports::AtCall) if host => PairLevel::Hazard,
            (Edge::GuestExportToHost, Exports::AtCall) => PairLevel::CallFail,
        }
    }
}
