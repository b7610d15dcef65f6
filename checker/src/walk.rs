//! The one walk: brings two functions, their parts and their types to the rules that look at such things.

use std::collections::BTreeSet;
use std::sync::Arc;

use linchpin_contract::{Function, Type, TypeDef, TypeKind};

use crate::pair::{Difference, FunctionPair, Member, MemberKind, Members, Site, TypePair, same_type};
use crate::rule::{Check, Frame, Rule, Shown, Sink};
use crate::rules::RULES;
use crate::tag_pair;
use crate::verdict::Finding;

/// Everything that differs between two functions.
pub(crate) fn functions(before: &Function, after: &Function, frame: &Frame) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut walk = Walk { frame, path: Vec::new(), seen: BTreeSet::new(), findings: &mut findings };
    walk.function(&FunctionPair { before, after });
    findings
}

/// Everything that differs between the tags of values that both functions have.
pub(crate) fn tags(before: &Function, after: &Function, frame: &Frame) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pair in tag_pair::pairs(before, after, frame.before.party) {
        run(frame, &[], &mut findings, |check, sink| {
            if let Check::Tags(check) = check {
                check(&pair, sink);
            }
        });
    }
    findings
}

/// Runs every rule with a look at its kind of check.
pub(crate) fn run(
    frame: &Frame,
    path: &[String],
    findings: &mut Vec<Finding>,
    mut look: impl FnMut(&Check, &mut Sink<'_>),
) {
    for rule in RULES.iter().copied() {
        let rule: &'static Rule = rule;
        let checks = match &rule.check {
            Check::Several(checks) => checks,
            one => std::slice::from_ref(one),
        };
        for check in checks {
            look(check, &mut Sink { rule, frame, path, findings });
        }
    }
}

struct Walk<'a> {
    frame: &'a Frame,
    path: Vec<String>,
    /// Pairs of declared types that were compared: a type is reported once, however often it is used.
    seen: BTreeSet<(*const TypeDef, *const TypeDef)>,
    findings: &'a mut Vec<Finding>,
}

/// The nearest named parts around two types.
type Anchors = (Shown, Shown);

impl Walk<'_> {
    fn function(&mut self, pair: &FunctionPair<'_>) {
        self.run(|check, sink| {
            if let Check::Function(check) = check {
                check(pair, sink);
            }
        });
        let before = pair.before.params.iter().map(Member::of_param).collect();
        let after = pair.after.params.iter().map(Member::of_param).collect();
        let owners = pair.shown();
        let owner = format!("function `{}`", pair.after.name);
        self.members(&Members::new(MemberKind::Param, owner, (before, after), owners));
        if let (Some(before), Some(after)) = (&pair.before.result, &pair.after.result) {
            self.within("result", |walk| walk.types(before, after, Site::Result, &pair.shown()));
        }
        if self.findings.is_empty() {
            self.run(|check, sink| {
                if let Check::Unexplained(check) = check {
                    check(pair, sink);
                }
            });
        }
    }

    fn members(&mut self, members: &Members<'_>) {
        self.run(|check, sink| {
            if let Check::Members(kind, check) = check
                && *kind == members.kind
            {
                check(members, sink);
            }
        });
        let site = match members.kind {
            MemberKind::Param => Site::Param,
            MemberKind::Field => Site::Field,
            MemberKind::Case => Site::Payload,
            MemberKind::EnumCase | MemberKind::Flag => return,
        };
        let kept: Vec<_> = members.kept().chain(members.renamed()).collect();
        for (before, after) in kept {
            if let (Some(old), Some(new)) = (before.ty, after.ty) {
                let segment = format!("{} {}", members.kind.segment(), after.name);
                let anchors = (before.shown(members.kind), after.shown(members.kind));
                self.within(&segment, |walk| walk.types(old, new, site, &anchors));
            }
        }
    }

    fn types(&mut self, before: &Type, after: &Type, site: Site, anchors: &Anchors) {
        if same_type(before, after) {
            return;
        }
        if let (Some(old), Some(new)) = (defined(before), defined(after))
            && old.name == new.name
            && (target(old).is_some() || target(new).is_some() || !same_kind(old, new))
        {
            return self.definitions(old, new);
        }
        match (before.resolved(), after.resolved()) {
            (Type::Named(old), Type::Named(new)) if same_kind(old, new) => self.defs(old, new, anchors),
            (Type::List(old), Type::List(new)) => self.part("item", old, new, Site::ListItem, anchors),
            (Type::FixedList(old, length), Type::FixedList(new, other)) if length == other => {
                self.part("item", old, new, Site::ListItem, anchors);
            }
            (Type::Option(old), Type::Option(new)) => self.part("some", old, new, Site::OptionItem, anchors),
            (Type::Stream(Some(old)), Type::Stream(Some(new)))
            | (Type::Future(Some(old)), Type::Future(Some(new))) => {
                self.part("item", old, new, Site::StreamItem, anchors);
            }
            (Type::Map(key, value), Type::Map(other_key, other_value)) => {
                self.part("key", key, other_key, Site::MapPart, anchors);
                self.part("value", value, other_value, Site::MapPart, anchors);
            }
            (Type::Tuple(old), Type::Tuple(new)) if old.len() == new.len() => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    self.part(&format!("item {index}"), old, new, Site::TupleItem, anchors);
                }
            }
            (Type::Result { ok, err }, Type::Result { ok: new_ok, err: new_err })
                if ok.is_some() == new_ok.is_some() && err.is_some() == new_err.is_some() =>
            {
                for (name, old, new) in [("ok", ok, new_ok), ("err", err, new_err)] {
                    if let (Some(old), Some(new)) = (old, new) {
                        self.part(name, old, new, Site::Result, anchors);
                    }
                }
            }
            (old, new) => self.leaf((before, after), difference(old, new), site, anchors),
        }
    }

    /// Two types of one name that are defined in another way: what differs is told where they are defined, so that it
    /// is one finding, however many values have the type.
    fn definitions(&mut self, old: &Arc<TypeDef>, new: &Arc<TypeDef>) {
        if !self.seen.insert((Arc::as_ptr(old), Arc::as_ptr(new))) {
            return;
        }
        let anchors = (shown_def(old), shown_def(new));
        let [old_itself, new_itself] = &[old, new].map(|def| Type::Named(Arc::clone(def)));
        let (before, after) = (target(old), target(new));
        let sides = (before.unwrap_or(old_itself), after.unwrap_or(new_itself));
        self.within(&format!("type {}", new.name), |walk| match (before, after) {
            (None, None) => walk.leaf(sides, Difference::Kind, Site::Definition, &anchors),
            (Some(_), _) | (_, Some(_)) => walk.types(sides.0, sides.1, Site::Definition, &anchors),
        });
    }

    fn part(&mut self, segment: &str, before: &Type, after: &Type, site: Site, anchors: &Anchors) {
        self.within(segment, |walk| walk.types(before, after, site, anchors));
    }

    fn leaf(
        &mut self,
        (before, after): (&Type, &Type),
        difference: Difference,
        site: Site,
        anchors: &Anchors,
    ) {
        let pair = TypePair { before, after, site, difference, before_at: &anchors.0, after_at: &anchors.1 };
        self.run(|check, sink| {
            if let Check::Type(check) = check {
                check(&pair, sink);
            }
        });
    }

    fn defs(&mut self, old: &TypeDef, new: &TypeDef, anchors: &Anchors) {
        if !self.seen.insert((std::ptr::from_ref(old), std::ptr::from_ref(new))) {
            return;
        }
        let (kind, members) = match (&old.kind, &new.kind) {
            (TypeKind::Record(old), TypeKind::Record(new)) => {
                (MemberKind::Field, both(old, new, Member::of_field))
            }
            (TypeKind::Variant(old), TypeKind::Variant(new)) => {
                (MemberKind::Case, both(old, new, Member::of_case))
            }
            (TypeKind::Enum(old), TypeKind::Enum(new)) => {
                (MemberKind::EnumCase, both(old, new, Member::of_label))
            }
            (TypeKind::Flags(old), TypeKind::Flags(new)) => {
                (MemberKind::Flag, both(old, new, Member::of_label))
            }
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Alias(_)
                | TypeKind::Resource,
                _,
            ) => return self.leaf_of_defs(old, new, anchors),
        };
        let owner = format!("{} `{}`", new.kind.as_str(), new.name);
        let owners = (shown_def(old), shown_def(new));
        let segment = format!("{} {}", new.kind.as_str(), new.name);
        self.within(&segment, |walk| walk.members(&Members::new(kind, owner, members, owners)));
    }

    fn leaf_of_defs(&mut self, old: &TypeDef, new: &TypeDef, anchors: &Anchors) {
        let (before, after) = (named(old), named(new));
        self.leaf((&before, &after), Difference::Handle, Site::Param, anchors);
    }

    fn within(&mut self, segment: &str, walk: impl FnOnce(&mut Self)) {
        self.path.push(segment.to_owned());
        walk(self);
        self.path.pop();
    }

    fn run(&mut self, look: impl FnMut(&Check, &mut Sink<'_>)) {
        run(self.frame, &self.path, self.findings, look);
    }
}

fn both<'a, T>(
    before: &'a [T],
    after: &'a [T],
    member: impl Fn(&'a T) -> Member<'a>,
) -> (Vec<Member<'a>>, Vec<Member<'a>>) {
    (before.iter().map(&member).collect(), after.iter().map(&member).collect())
}

fn named(def: &TypeDef) -> Type {
    Type::Named(std::sync::Arc::new(def.clone()))
}

/// A named type where it is defined, not where `use` brings it in.
fn defined(ty: &Type) -> Option<&Arc<TypeDef>> {
    let Type::Named(def) = ty else { return None };
    match target(def).and_then(defined) {
        Some(used) if used.name == def.name => Some(used),
        Some(_) | None => Some(def),
    }
}

/// What an alias stands for.
fn target(def: &TypeDef) -> Option<&Type> {
    match &def.kind {
        TypeKind::Alias(target) => Some(target),
        TypeKind::Record(_)
        | TypeKind::Variant(_)
        | TypeKind::Enum(_)
        | TypeKind::Flags(_)
        | TypeKind::Resource => None,
    }
}

fn shown_def(def: &TypeDef) -> Shown {
    Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name))
}

fn same_kind(old: &TypeDef, new: &TypeDef) -> bool {
    std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind)
}

fn difference(before: &Type, after: &Type) -> Difference {
    match (before, after) {
        (Type::Primitive(_), Type::Primitive(_)) => Difference::Primitive,
        (Type::Own(old), Type::Borrow(new)) | (Type::Borrow(old), Type::Own(new)) if old.name == new.name => {
            Difference::Ownership
        }
        (Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_), _)
        | (_, Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_)) => Difference::Handle,
        (Type::Tuple(_), Type::Tuple(_)) => Difference::TupleArity,
        (Type::List(old) | Type::FixedList(old, _), Type::List(new) | Type::FixedList(new, _))
            if same_type(old, new) =>
        {
            Difference::ListSize
        }
        (old, new) if wraps(old, new) || wraps(new, old) => Difference::Wrapped,
        (
            Type::Primitive(_)
            | Type::List(_)
            | Type::FixedList(..)
            | Type::Map(..)
            | Type::Option(_)
            | Type::Result { .. }
            | Type::Tuple(_)
            | Type::Named(_),
            _,
        ) => Difference::Kind,
    }
}

fn wraps(inner: &Type, outer: &Type) -> bool {
    match outer {
        Type::Option(payload) => same_type(inner, payload),
        Type::Result { ok: Some(payload), .. } => same_type(inner, payload),
        Type::Result { ok: None, .. }
        | Type::Primitive(_)
        | Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Tuple(_)
        | Type::Named(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => false,
    }
}
