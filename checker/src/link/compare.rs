//! Two functions or types on one edge: every difference, with the way to it.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Case, Field, Function, InterfaceId, Label, Param, Type, TypeDef, TypeKind};

use super::fault::{Edge, Extra, Fault, FaultKind, Flow, Member, Step};
use super::members;
use super::policy::Policy;
use super::resources::{Meeting, Origin, Scope};
use crate::pair::kind_of;
use crate::verdict::PairLevel;

/// Where two things meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) edge: Edge,
    /// The interface in the host's world.
    pub(super) host: Option<&'a InterfaceId>,
    /// The interface in the guest's world.
    pub(super) guest: Option<&'a InterfaceId>,
    /// The function, type or resource.
    pub(super) item: Option<&'a str>,
}

impl At<'_> {
    /// The interface as its caller names it.
    fn caller(&self) -> Option<&InterfaceId> {
        match self.edge {
            Edge::HostToGuestImport => self.guest,
            Edge::GuestExportToHost => self.host,
        }
    }
}

/// Compares, and collects every fault.
pub(super) struct Comparison<'a> {
    pub(super) policy: Policy,
    pub(super) meeting: Meeting<'a>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(policy: Policy, meeting: Meeting<'a>) -> Self {
        Self { policy, meeting, faults: Vec::new() }
    }

    /// Notes a fault of a whole item or interface.
    pub(super) fn whole(&mut self, at: At<'a>, kind: FaultKind) {
        self.faults.push(Fault {
            edge: at.edge,
            interface: at.caller().cloned(),
            item: at.item.map(str::to_owned),
            path: Vec::new(),
            flow: None,
            level: self.policy.level(at.edge, &kind),
            kind,
        });
    }

    /// Compares two functions of one name.
    pub(super) fn functions(&mut self, at: At<'a>, host: &'a Function, guest: &'a Function) {
        let (is_async, guest_async) = (host.is_async(), guest.is_async());
        if is_async != guest_async {
            self.whole(at, FaultKind::Async { host: is_async, guest: guest_async });
        }
        let mut values = Values::new(self, at);
        values.params(&host.params, &guest.params);
        values.result(host.result.as_ref(), guest.result.as_ref());
    }

    /// Compares two declared types of one name.
    pub(super) fn defs(&mut self, at: At<'a>, host: &'a TypeDef, guest: &'a TypeDef) {
        let mut values = Values::new(self, at);
        match (alias(host), alias(guest)) {
            (Some(host), Some(guest)) => values.ty(host, guest),
            (None, None) => values.defs(host, guest),
            (Some(target), None) => {
                let (scope, ty) = values.cx.meeting.host_type(values.scopes.0, target);
                values.scopes.0 = scope;
                match ty {
                    Type::Named(host) => values.defs(host, guest),
                    other => values.push(FaultKind::Type { host: kind_of(other), guest: shown_def(guest) }),
                }
            }
            (None, Some(target)) => {
                let (scope, ty) = values.cx.meeting.guest_type(values.scopes.1, target);
                values.scopes.1 = scope;
                match ty {
                    Type::Named(guest) => values.defs(host, guest),
                    other => values.push(FaultKind::Type { host: shown_def(host), guest: kind_of(other) }),
                }
            }
        }
    }

    /// Compares two resources of one name.
    pub(super) fn resources(&mut self, at: At<'a>, host: &'a TypeDef, guest: &'a TypeDef) {
        let mut values = Values::new(self, at);
        values.resource(host, guest);
    }
}

/// One walk over two functions or types.
struct Values<'c, 'a> {
    cx: &'c mut Comparison<'a>,
    at: At<'a>,
    path: Vec<Step>,
    flow: Option<Flow>,
    /// The instances that the two types at hand are mentioned in: the host's and the guest's.
    scopes: (Scope<'a>, Scope<'a>),
    /// Pairs of declared types that were compared already: types may share parts without end.
    seen: BTreeSet<SeenPair<'a>>,
}

/// Two declared types, each with the instance that declares it.
type SeenPair<'a> = ((Scope<'a>, *const TypeDef), (Scope<'a>, *const TypeDef));

impl<'c, 'a> Values<'c, 'a> {
    fn new(cx: &'c mut Comparison<'a>, at: At<'a>) -> Self {
        let scopes = (Scope::new(at.edge, at.host), Scope::new(at.edge, at.guest));
        Self { cx, at, path: Vec::new(), flow: None, scopes, seen: BTreeSet::new() }
    }

    fn push(&mut self, kind: FaultKind) {
        let level = self.cx.policy.level(self.at.edge, &kind);
        self.push_at(level, kind);
    }

    fn push_at(&mut self, level: PairLevel, kind: FaultKind) {
        self.cx.faults.push(Fault {
            edge: self.at.edge,
            interface: self.at.caller().cloned(),
            item: self.at.item.map(str::to_owned),
            path: self.path.clone(),
            flow: self.flow,
            kind,
            level,
        });
    }

    fn step(&mut self, step: Step, host: &'a Type, guest: &'a Type) {
        self.path.push(step);
        self.ty(host, guest);
        self.path.pop();
    }

    /// A position that may be empty.
    fn optional(&mut self, step: Step, host: Option<&'a Type>, guest: Option<&'a Type>) {
        match (host, guest) {
            (Some(host), Some(guest)) => self.step(step, host, guest),
            (None, None) => {}
            (Some(_), None) => self.extra_payload(step, Extra::Host),
            (None, Some(_)) => self.extra_payload(step, Extra::Guest),
        }
    }

    fn extra_payload(&mut self, step: Step, side: Extra) {
        self.path.push(step);
        self.push(FaultKind::PayloadExtra(side));
        self.path.pop();
    }

    /// Parameters meet by position. Where the counts differ, those of one name are compared too.
    fn params(&mut self, host: &'a [Param], guest: &'a [Param]) {
        self.flow = Some(Flow::CallerToCallee);
        if host.len() != guest.len() {
            self.param_lists(host, guest);
            return;
        }
        let guests = by_name(guest.iter(), |param| &param.name);
        for (host_param, guest_param) in host.iter().zip(guest) {
            self.path.push(Step::Param(self.callers(host_param, guest_param)));
            if host_param.name != guest_param.name {
                let (from, to) = (host_param.name.clone(), guest_param.name.clone());
                let moved = guests.contains_key(&*host_param.name);
                self.push(if moved {
                    FaultKind::ParamSwapped { host: from, guest: to }
                } else {
                    FaultKind::ParamRenamed { host: from, guest: to }
                });
            }
            self.ty(&host_param.ty, &guest_param.ty);
            self.path.pop();
        }
    }

    fn callers(&self, host: &Param, guest: &Param) -> String {
        match self.at.edge {
            Edge::HostToGuestImport => guest.name.clone(),
            Edge::GuestExportToHost => host.name.clone(),
        }
    }

    fn param_lists(&mut self, host: &'a [Param], guest: &'a [Param]) {
        let [hosts, guests] = [host, guest].map(|params| by_name(params.iter(), |param| &param.name));
        for param in host {
            match guests.get(&*param.name) {
                Some(other) => self.step(Step::Param(param.name.clone()), &param.ty, &other.ty),
                None => self.extra_param(param, Extra::Host),
            }
        }
        for param in guest.iter().filter(|param| !hosts.contains_key(&*param.name)) {
            self.extra_param(param, Extra::Guest);
        }
    }

    fn extra_param(&mut self, param: &Param, side: Extra) {
        self.path.push(Step::Param(param.name.clone()));
        self.push(FaultKind::ParamExtra(side));
        self.path.pop();
    }

    fn result(&mut self, host: Option<&'a Type>, guest: Option<&'a Type>) {
        self.flow = Some(Flow::CalleeToCaller);
        match (host, guest) {
            (Some(host), Some(guest)) => self.step(Step::Result, host, guest),
            (None, None) => {}
            (Some(_), None) => self.push(FaultKind::ResultExtra(Extra::Host)),
            (None, Some(_)) => self.push(FaultKind::ResultExtra(Extra::Guest)),
        }
    }

    /// Compares what two types stand for, in the instances that declare them.
    fn ty(&mut self, host: &'a Type, guest: &'a Type) {
        let outside = self.scopes;
        let (host_scope, host) = self.cx.meeting.host_type(outside.0, host);
        let (guest_scope, guest) = self.cx.meeting.guest_type(outside.1, guest);
        self.scopes = (host_scope, guest_scope);
        self.resolved(host, guest);
        self.scopes = outside;
    }

    /// Two types that are no aliases.
    fn resolved(&mut self, host: &'a Type, guest: &'a Type) {
        match (host, guest) {
            (Type::Primitive(one), Type::Primitive(other)) if one == other => {}
            (Type::List(one), Type::List(other)) | (Type::Option(one), Type::Option(other)) => {
                self.step(Step::Item, one, other);
            }
            (Type::FixedList(one, host), Type::FixedList(other, guest)) => {
                if host != guest {
                    self.push(FaultKind::ListLength { host: *host, guest: *guest });
                }
                self.step(Step::Item, one, other);
            }
            (Type::Map(key, value), Type::Map(other_key, other_value)) => {
                self.step(Step::Key, key, other_key);
                self.step(Step::Value, value, other_value);
            }
            (Type::Result { ok, err }, Type::Result { ok: other_ok, err: other_err }) => {
                self.optional(Step::Ok, ok.as_deref(), other_ok.as_deref());
                self.optional(Step::Err, err.as_deref(), other_err.as_deref());
            }
            (Type::Tuple(one), Type::Tuple(other)) => self.tuples(one, other),
            (Type::Stream(one), Type::Stream(other)) | (Type::Future(one), Type::Future(other)) => {
                self.optional(Step::Payload, one.as_deref(), other.as_deref());
            }
            (Type::Named(one), Type::Named(other)) => self.defs(one, other),
            (Type::Own(one) | Type::Borrow(one), Type::Own(other) | Type::Borrow(other)) => {
                let owned = |ty: &Type| matches!(ty, Type::Own(_));
                if owned(host) != owned(guest) {
                    self.push(FaultKind::Ownership { host: host.to_string(), guest: guest.to_string() });
                }
                self.resource(one, other);
            }
            // One of each kind on the left, so that a new kind must decide what it equals.
            (
                Type::Primitive(_)
                | Type::List(_)
                | Type::Option(_)
                | Type::FixedList(..)
                | Type::Map(..)
                | Type::Result { .. }
                | Type::Tuple(_)
                | Type::Stream(_)
                | Type::Future(_)
                | Type::Named(_)
                | Type::Own(_)
                | Type::Borrow(_),
                _,
            ) => self.push(FaultKind::Type { host: kind_of(host), guest: kind_of(guest) }),
        }
    }

    fn tuples(&mut self, host: &'a [Type], guest: &'a [Type]) {
        if host.len() != guest.len() {
            self.push(FaultKind::TupleLength { host: host.len(), guest: guest.len() });
        }
        for (index, (one, other)) in host.iter().zip(guest).enumerate() {
            self.step(Step::TupleItem(index), one, other);
        }
    }

    fn defs(&mut self, host: &'a TypeDef, guest: &'a TypeDef) {
        let (host_scope, guest_scope) = self.scopes;
        let pair = ((host_scope, std::ptr::from_ref(host)), (guest_scope, std::ptr::from_ref(guest)));
        if !self.seen.insert(pair) {
            return;
        }
        match (&host.kind, &guest.kind) {
            (TypeKind::Record(one), TypeKind::Record(other)) => self.records(one, other),
            (TypeKind::Variant(one), TypeKind::Variant(other)) => self.variants(one, other),
            (TypeKind::Enum(one), TypeKind::Enum(other)) => self.labels(Member::EnumCase, one, other),
            (TypeKind::Flags(one), TypeKind::Flags(other)) => self.labels(Member::Flag, one, other),
            (TypeKind::Resource, TypeKind::Resource) => self.resource(host, guest),
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource
                | TypeKind::Alias(_),
                _,
            ) => self.push(FaultKind::Type { host: shown_def(host), guest: shown_def(guest) }),
        }
    }

    fn names(&mut self, member: Member, host: &[&str], guest: &[&str]) -> Vec<(usize, usize)> {
        let (faults, pairs) = members::meet(member, host, guest);
        for fault in faults {
            self.push(fault);
        }
        pairs
    }

    fn records(&mut self, host: &'a [Field], guest: &'a [Field]) {
        let names = |fields: &'a [Field]| fields.iter().map(|field| &*field.name).collect::<Vec<_>>();
        for (one, other) in self.names(Member::Field, &names(host), &names(guest)) {
            if let (Some(one), Some(other)) = (host.get(one), guest.get(other)) {
                self.step(Step::Field(one.name.clone()), &one.ty, &other.ty);
            }
        }
    }

    fn variants(&mut self, host: &'a [Case], guest: &'a [Case]) {
        let names = |cases: &'a [Case]| cases.iter().map(|case| &*case.name).collect::<Vec<_>>();
        for (one, other) in self.names(Member::VariantCase, &names(host), &names(guest)) {
            if let (Some(one), Some(other)) = (host.get(one), guest.get(other)) {
                self.optional(Step::Case(one.name.clone()), one.payload.as_ref(), other.payload.as_ref());
            }
        }
    }

    fn labels(&mut self, member: Member, host: &'a [Label], guest: &'a [Label]) {
        let names = |labels: &'a [Label]| labels.iter().map(|label| &*label.name).collect::<Vec<_>>();
        self.names(member, &names(host), &names(guest));
    }

    /// A resource that the guest imports and the host lacks is a fault of its interface, and told there.
    ///
    /// A typed host takes any handle where it expects one of a resource that the guest defines: only a call shows
    /// that it is another's.
    fn resource(&mut self, host: &'a TypeDef, guest: &'a TypeDef) {
        let (host_scope, guest_scope) = self.scopes;
        let one = self.cx.meeting.of_host(host_scope, host);
        let other = self.cx.meeting.of_guest(guest_scope, guest);
        let told_as_missing = other.is_none() && self.at.edge == Edge::HostToGuestImport;
        if (one.is_some() && one == other) || told_as_missing {
            return;
        }
        let kind = FaultKind::Resource { host: origin(one, host), guest: origin(other, guest) };
        let level = self.cx.policy.level(self.at.edge, &kind);
        let guests = self.cx.meeting.defined_by_guest(host_scope, host);
        self.push_at(if guests { self.cx.policy.foreign_handle(level) } else { level }, kind);
    }
}

/// The first item of each name.
pub(super) fn by_name<'a, T: ?Sized>(
    items: impl DoubleEndedIterator<Item = &'a T>,
    name: fn(&T) -> &str,
) -> BTreeMap<&'a str, &'a T> {
    items.rev().map(|item| (name(item), item)).collect()
}

/// What an alias is another name for.
fn alias(def: &TypeDef) -> Option<&Type> {
    if let TypeKind::Alias(target) = &def.kind { Some(target) } else { None }
}

fn origin(origin: Option<Origin<'_>>, def: &TypeDef) -> String {
    let of = |interface: Option<&InterfaceId>, name: &str| match interface {
        Some(interface) => format!("`{interface}.{name}`"),
        None => format!("`{name}`"),
    };
    match origin {
        Some(Origin::Host(interface, name)) => format!("{}, which the host offers", of(interface, name)),
        Some(Origin::Guest(interface, name)) => format!("{}, which the guest defines", of(interface, name)),
        None => format!("`{}`, which the other side lacks", def.name),
    }
}

fn shown_def(def: &TypeDef) -> String {
    format!("{} {}", def.kind.as_str(), def.name)
}
