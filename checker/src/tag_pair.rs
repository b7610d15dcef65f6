//! Units and ranges of every value that two functions have, whatever else differs between them.

use std::collections::BTreeMap;
use std::fmt;

use linchpin_contract::{Case, Field, Function, Param, Place, Primitive, Tags, Type, TypeDef, TypeKind};

use crate::align::align;
use crate::pair::{Member, MemberKind};
use crate::rule::Shown;
use crate::verdict::Party;

/// The tags of one value on two sides.
pub(crate) struct TagPair {
    pub(crate) before: Tagged,
    pub(crate) after: Tagged,
    /// Which side gives the value; the other one receives it.
    pub(crate) giver: Giver,
    pub(crate) unit_at: At,
    pub(crate) range_at: At,
}

/// A value on one side.
pub(crate) struct Tagged {
    pub(crate) tags: Tags,
    /// What the tags speak of; absent where that is no number.
    pub(crate) number: Option<Primitive>,
}

/// Where a tag stands, on both sides: at the value, or at the alias that says it for every value of its type. The
/// same alias gives the same two places, so that one change of it is one finding.
pub(crate) struct At {
    pub(crate) path: String,
    pub(crate) before: Shown,
    pub(crate) after: Shown,
}

/// Which side gives a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Giver {
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// From the firmware into the module.
    In,
    /// From the module to the firmware.
    Out,
}

/// Values that both functions have and that have other tags.
pub(crate) fn pairs(before: &Function, after: &Function, before_party: Party) -> Vec<TagPair> {
    let mut pairs = Vec::new();
    differing(before, after, &mut |flow, path, (old, new)| {
        let giver = match (flow, before_party == Party::Firmware) {
            (Flow::In, true) | (Flow::Out, false) => Giver::Before,
            (Flow::In, false) | (Flow::Out, true) => Giver::After,
        };
        let path = path.to_string();
        let unit_at = at(&path, old, new, |tags| tags.unit.is_some());
        let range_at = at(&path, old, new, |tags| tags.range.is_some());
        pairs.push(TagPair { before: old.tagged(), after: new.tagged(), giver, unit_at, range_at });
    });
    pairs
}

/// Where a tag stands that two values have or lack.
fn at(path: &str, before: &Value<'_>, after: &Value<'_>, says: impl Fn(&Tags) -> bool + Copy) -> At {
    match of_alias(before, after, says) {
        Some((old, new)) if !says(before.own) && !says(after.own) => At {
            path: format!("{path} > type {}", new.name),
            before: shown_alias(old),
            after: shown_alias(new),
        },
        Some(_) | None => At { path: path.to_owned(), before: before.shown(), after: after.shown() },
    }
}

/// The alias that says it, on both sides.
fn of_alias<'v>(
    before: &Value<'v>,
    after: &Value<'v>,
    says: impl Fn(&Tags) -> bool + Copy,
) -> Option<(&'v TypeDef, &'v TypeDef)> {
    let one = after.alias(|def| says(&def.tags)).or_else(|| before.alias(|def| says(&def.tags)))?;
    Some((before.defined(&one.name)?, after.defined(&one.name)?))
}

fn shown_alias(def: &TypeDef) -> Shown {
    Shown::new(def.place.as_ref(), format!("type {}", def.name))
}

/// Whether every value that two functions have has the same tags on both sides.
pub(crate) fn same_tags(one: &Function, other: &Function) -> bool {
    let mut same = true;
    differing(one, other, &mut |_, _, _| same = false);
    same
}

/// Whether a declared type and its parts have the same tags on both sides; the types that they name are their own.
pub(crate) fn same_type_tags(one: &TypeDef, other: &TypeDef) -> bool {
    let same = |one: &Tags, other: &Tags| {
        (&one.unit, &one.range, one.step) == (&other.unit, &other.range, other.step)
    };
    let (old, new) = (tags_of_parts(one), tags_of_parts(other));
    same(&one.tags, &other.tags)
        && old.iter().all(|(name, tags)| new.get(name).is_some_and(|other| same(tags, other)))
}

/// Whether a declared type and those of its parts that both sides have are in the same units.
pub(crate) fn same_type_units(one: &TypeDef, other: &TypeDef) -> bool {
    let (old, new) = (tags_of_parts(one), tags_of_parts(other));
    one.tags.unit == other.tags.unit
        && old.iter().all(|(name, tags)| new.get(name).is_none_or(|other| tags.unit == other.unit))
}

fn tags_of_parts(def: &TypeDef) -> BTreeMap<&str, &Tags> {
    match &def.kind {
        TypeKind::Record(fields) => fields.iter().map(|field| (&*field.name, &field.tags)).collect(),
        TypeKind::Variant(cases) => cases.iter().map(|case| (&*case.name, &case.tags)).collect(),
        TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => BTreeMap::new(),
    }
}

type Visit<'f> = dyn FnMut(Flow, &Path<'_>, (&Value<'_>, &Value<'_>)) + 'f;

/// Visits every value that both functions have and that has other tags, parameters first.
fn differing(before: &Function, after: &Function, visit: &mut Visit<'_>) {
    let params = [before, after].map(|function| function.params.iter().map(Part::of_param).collect());
    Walk { flow: Flow::In, visit }.members(None, MemberKind::Param, params);
    if let (Some(old), Some(new)) = (&before.result, &after.result) {
        let path = Path { outer: None, step: Step::Of("result") };
        let sides = (Value::result(before, old), Value::result(after, new));
        Walk { flow: Flow::Out, visit }.value(&path, sides);
    }
}

/// One value on one side, with aliases seen through.
#[derive(Clone)]
struct Value<'v> {
    /// The nearest named part, and its type as it is written there.
    name: &'v str,
    place: Option<&'v Place>,
    written: &'v Type,
    /// What its own item says of it.
    own: &'v Tags,
    /// The aliases on the way to its type, outermost first.
    aliases: Vec<&'v TypeDef>,
    /// What its item says, and where that is silent, what aliases say.
    tags: Tags,
    ty: &'v Type,
}

/// The tags of what has none.
const SILENT: &Tags = &Tags { unit: None, range: None, step: None, was: None };

impl<'v> Value<'v> {
    fn result(function: &'v Function, ty: &'v Type) -> Self {
        Self::new(&function.name, function.place.as_ref(), &function.tags, ty)
    }

    fn new(name: &'v str, place: Option<&'v Place>, own: &'v Tags, ty: &'v Type) -> Self {
        let tags = Tags { was: None, ..own.clone() };
        Self { name, place, written: ty, own, aliases: Vec::new(), tags, ty }.resolved()
    }

    fn resolved(mut self) -> Self {
        while let Type::Named(def) = self.ty
            && let TypeKind::Alias(target) = &def.kind
        {
            self.tags.unit = self.tags.unit.or_else(|| def.tags.unit.clone());
            self.tags.range = self.tags.range.or_else(|| def.tags.range.clone());
            self.tags.step = self.tags.step.or(def.tags.step);
            self.aliases.push(def);
            self.ty = target;
        }
        self
    }

    /// An item of a list, or something else that is no item of its own.
    fn part(&self, ty: &'v Type) -> Self {
        Self::new(self.name, self.place, SILENT, ty)
    }

    /// A field, or the payload of a case.
    fn member(outer: Option<&Self>, part: &Part<'v>, ty: &'v Type) -> Self {
        let place = part.member.place.or_else(|| outer.and_then(|outer| outer.place));
        Self::new(part.member.name, place, part.tags.unwrap_or(SILENT), ty)
    }

    /// What an `option` or a `result` holds is the same value as one without it.
    fn unwrapped(self) -> Self {
        match wrapped(self.ty) {
            Some(ty) => Self { ty, ..self }.resolved(),
            None => self,
        }
    }

    fn tagged(&self) -> Tagged {
        Tagged { tags: self.tags.clone(), number: self.ty.numbers().first().copied() }
    }

    fn alias(&self, is_meant: impl Fn(&TypeDef) -> bool) -> Option<&'v TypeDef> {
        self.aliases.iter().copied().find(|def| is_meant(def))
    }

    /// The alias of that name where it is defined: what `use` brings in stands before it.
    fn defined(&self, name: &str) -> Option<&'v TypeDef> {
        self.aliases.iter().rev().copied().find(|def| def.name == name)
    }

    fn shown(&self) -> Shown {
        Shown::new(self.place, format!("{}: {}", self.name, self.written))
    }
}

/// A named part with its tags; parameters have none.
struct Part<'v> {
    member: Member<'v>,
    tags: Option<&'v Tags>,
}

impl<'v> Part<'v> {
    fn of_param(param: &'v Param) -> Self {
        Self { member: Member::of_param(param), tags: None }
    }

    fn of_field(field: &'v Field) -> Self {
        Self { member: Member::of_field(field), tags: Some(&field.tags) }
    }

    fn of_case(case: &'v Case) -> Self {
        Self { member: Member::of_case(case), tags: Some(&case.tags) }
    }
}

struct Walk<'w, 'f> {
    flow: Flow,
    visit: &'w mut Visit<'f>,
}

/// Where the walk is, by the newer side's names; written out only where it is asked for.
#[derive(Clone, Copy)]
struct Path<'a> {
    outer: Option<&'a Path<'a>>,
    step: Step<'a>,
}

/// The last step of a path.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// As `item`.
    Of(&'a str),
    /// As `field level`.
    Named(&'a str, &'a str),
    /// As `item 0`.
    Numbered(usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.outer {
            write!(f, "{outer} > ")?;
        }
        match self.step {
            Step::Of(part) => f.write_str(part),
            Step::Named(part, name) => write!(f, "{part} {name}"),
            Step::Numbered(index) => write!(f, "item {index}"),
        }
    }
}

impl Walk<'_, '_> {
    fn value(&mut self, path: &Path<'_>, (before, after): (Value<'_>, Value<'_>)) {
        let (before, after) = match (wrapped(before.ty), wrapped(after.ty)) {
            (Some(_), None) => (before.unwrapped(), after),
            (None, Some(_)) => (before, after.unwrapped()),
            (Some(_), Some(_)) | (None, None) => (before, after),
        };
        // A number that became something else is told by its type.
        let comparable = before.ty.numbers().is_empty() == after.ty.numbers().is_empty();
        if comparable && before.tags != after.tags {
            (self.visit)(self.flow, path, (&before, &after));
        }
        self.parts(path, &before, &after);
    }

    fn parts(&mut self, path: &Path<'_>, before: &Value<'_>, after: &Value<'_>) {
        let mut part = |step: Step<'_>, old, new| {
            let path = Path { outer: Some(path), step };
            self.value(&path, (before.part(old), after.part(new)));
        };
        match (before.ty, after.ty) {
            (Type::Named(old), Type::Named(new)) => {
                let step = Step::Named(new.kind.as_str(), &new.name);
                let path = Path { outer: Some(path), step };
                self.kinds(&path, (before, &old.kind), (after, &new.kind));
            }
            (Type::List(old) | Type::FixedList(old, _), Type::List(new) | Type::FixedList(new, _)) => {
                part(Step::Of("item"), old, new)
            }
            (Type::Option(old), Type::Option(new)) => part(Step::Of("some"), old, new),
            (Type::Map(key, value), Type::Map(new_key, new_value)) => {
                part(Step::Of("key"), key, new_key);
                part(Step::Of("value"), value, new_value);
            }
            (Type::Result { ok, err }, Type::Result { ok: new_ok, err: new_err }) => {
                for (segment, old, new) in [("ok", ok, new_ok), ("err", err, new_err)] {
                    if let (Some(old), Some(new)) = (old, new) {
                        part(Step::Of(segment), old, new);
                    }
                }
            }
            (Type::Tuple(old), Type::Tuple(new)) => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    part(Step::Numbered(index), old, new);
                }
            }
            (
                Type::Named(_)
                | Type::List(_)
                | Type::FixedList(..)
                | Type::Option(_)
                | Type::Map(..)
                | Type::Result { .. }
                | Type::Tuple(_)
                | Type::Primitive(_)
                | Type::Stream(_)
                | Type::Future(_)
                | Type::Own(_)
                | Type::Borrow(_),
                _,
            ) => {}
        }
    }

    fn kinds(
        &mut self,
        path: &Path<'_>,
        (before, old): (&Value<'_>, &TypeKind),
        (after, new): (&Value<'_>, &TypeKind),
    ) {
        let outer = Some((path, before, after));
        match (old, new) {
            (TypeKind::Record(old), TypeKind::Record(new)) => {
                let fields = [old, new].map(|fields| fields.iter().map(Part::of_field).collect());
                self.members(outer, MemberKind::Field, fields);
            }
            (TypeKind::Variant(old), TypeKind::Variant(new)) => {
                let cases = [old, new].map(|cases| cases.iter().map(Part::of_case).collect());
                self.members(outer, MemberKind::Case, cases);
            }
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Alias(_)
                | TypeKind::Resource,
                _,
            ) => {}
        }
    }

    fn members(
        &mut self,
        outer: Option<(&Path<'_>, &Value<'_>, &Value<'_>)>,
        kind: MemberKind,
        [before, after]: [Vec<Part<'_>>; 2],
    ) {
        for (one, other) in met(kind, &before, &after) {
            let (Some(old), Some(new)) = (before.get(one), after.get(other)) else { continue };
            let (Some(old_type), Some(new_type)) = (old.member.ty, new.member.ty) else { continue };
            let step = Step::Named(kind.segment(), new.member.name);
            let path = Path { outer: outer.map(|(path, _, _)| path), step };
            let old = Value::member(outer.map(|(_, before, _)| before), old, old_type);
            let new = Value::member(outer.map(|(_, _, after)| after), new, new_type);
            self.value(&path, (old, new));
        }
    }
}

/// Which part stands for which, in the newer side's order.
fn met(kind: MemberKind, before: &[Part<'_>], after: &[Part<'_>]) -> Vec<(usize, usize)> {
    let same = |(old, new): (&Part<'_>, &Part<'_>)| old.member.name == new.member.name;
    if before.len() == after.len() && before.iter().zip(after).all(same) {
        return (0..after.len()).map(|index| (index, index)).collect();
    }
    let [before, after] =
        [before, after].map(|parts| parts.iter().map(|part| part.member).collect::<Vec<_>>());
    let aligned = align(kind, &before, &after);
    let mut pairs = [aligned.kept, aligned.renamed].concat();
    pairs.sort_unstable_by_key(|(_, after)| *after);
    pairs
}

/// What an `option` or a `result` holds.
fn wrapped(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Option(payload) => Some(payload),
        Type::Result { ok, .. } => ok.as_deref(),
        Type::Primitive(_)
        | Type::Named(_)
        | Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => None,
    }
}
