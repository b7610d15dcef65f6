//! Units and ranges of every value of a function, and of the same value on two sides.

use std::fmt;

use linchpin_contract::{Function, Place, Tags, Type, TypeKind};

use crate::rule::Shown;
use crate::verdict::Party;

/// The tags of one value on two sides.
pub(crate) struct TagPair {
    pub(crate) path: String,
    pub(crate) before: Tags,
    pub(crate) after: Tags,
    pub(crate) before_at: Shown,
    pub(crate) after_at: Shown,
    /// Which side gives the value; the other one receives it.
    pub(crate) giver: Giver,
}

/// Which side gives a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Giver {
    Before,
    After,
}

/// One value of a function and the tags that speak of it.
struct Tagged {
    path: String,
    flow: Flow,
    tags: Tags,
    shown: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// From the firmware into the module.
    In,
    /// From the module to the firmware.
    Out,
}

/// Values that both functions have, wherever either has tags.
pub(crate) fn pairs(before: &Function, after: &Function, before_party: Party) -> Vec<TagPair> {
    let olds = tagged(before);
    let mut pairs = Vec::new();
    for new in tagged(after) {
        let Some(old) = olds.iter().find(|old| old.path == new.path) else { continue };
        let giver = match (new.flow, before_party == Party::Firmware) {
            (Flow::In, true) | (Flow::Out, false) => Giver::Before,
            (Flow::In, false) | (Flow::Out, true) => Giver::After,
        };
        pairs.push(TagPair {
            path: new.path,
            before: old.tags.clone(),
            after: new.tags,
            before_at: old.shown.clone(),
            after_at: new.shown,
            giver,
        });
    }
    pairs
}

/// Whether every tag of two functions of the same types is the same.
pub(crate) fn same_tags(one: &Function, other: &Function) -> bool {
    let tags = |function| {
        let mut tags = Vec::new();
        values(function, &mut |value| tags.push(value.tags));
        tags
    };
    tags(one) == tags(other)
}

fn tagged(function: &Function) -> Vec<Tagged> {
    let mut found = Vec::new();
    values(function, &mut |Value { at, flow, tags, ty }| {
        let shown = Shown::new(at.place, format!("{}: {ty}", at.name));
        found.push(Tagged { path: at.to_string(), flow, tags, shown });
    });
    found
}

/// One value on the walk.
struct Value<'v> {
    at: &'v At<'v>,
    flow: Flow,
    tags: Tags,
    ty: &'v Type,
}

/// Visits every value of a function, parameters first.
fn values(function: &Function, visit: &mut dyn FnMut(Value<'_>)) {
    for param in &function.params {
        let part = Part::Named("param", &param.name);
        let at = At { outer: None, part, name: &param.name, place: param.place.as_ref() };
        Walk { flow: Flow::In, visit }.value(&at, &Tags::default(), &param.ty);
    }
    if let Some(result) = &function.result {
        let at = At {
            outer: None,
            part: Part::Of("result"),
            name: &function.name,
            place: function.place.as_ref(),
        };
        Walk { flow: Flow::Out, visit }.value(&at, &function.tags, result);
    }
}

struct Walk<'f> {
    flow: Flow,
    visit: &'f mut dyn FnMut(Value<'_>),
}

/// Where the walk is: the value's path, written out only where it is asked for, and the nearest named part around it.
#[derive(Clone, Copy)]
struct At<'a> {
    outer: Option<&'a At<'a>>,
    part: Part<'a>,
    name: &'a str,
    place: Option<&'a Place>,
}

/// The last step of a path.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// As `item`.
    Of(&'a str),
    /// As `field level`.
    Named(&'a str, &'a str),
    /// As `item 0`.
    Numbered(usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.outer {
            write!(f, "{outer} > ")?;
        }
        match self.part {
            Part::Of(part) => f.write_str(part),
            Part::Named(part, name) => write!(f, "{part} {name}"),
            Part::Numbered(index) => write!(f, "item {index}"),
        }
    }
}

impl<'a> At<'a> {
    fn part(&'a self, part: Part<'a>) -> Self {
        At { outer: Some(self), part, ..*self }
    }

    fn member(&'a self, kind: &'a str, name: &'a str, place: Option<&'a Place>) -> Self {
        let place = place.or(self.place);
        At { outer: Some(self), part: Part::Named(kind, name), name, place }
    }
}

impl Walk<'_> {
    /// A value, with what its own item says of it; what aliases say counts where the item is silent.
    fn value(&mut self, at: &At<'_>, own: &Tags, ty: &Type) {
        let mut tags = Tags { was: None, ..own.clone() };
        let mut target = ty;
        while let Type::Named(def) = target
            && let TypeKind::Alias(aliased) = &def.kind
        {
            tags.unit = tags.unit.or_else(|| def.tags.unit.clone());
            tags.range = tags.range.or_else(|| def.tags.range.clone());
            tags.step = tags.step.or(def.tags.step);
            target = aliased;
        }
        (self.visit)(Value { at, flow: self.flow, tags, ty });
        self.parts(at, target);
    }

    fn parts(&mut self, at: &At<'_>, ty: &Type) {
        let none = Tags::default();
        match ty {
            Type::Named(def) => self.members(at, &def.kind),
            Type::List(item) | Type::FixedList(item, _) => {
                self.value(&at.part(Part::Of("item")), &none, item)
            }
            Type::Option(item) => self.value(&at.part(Part::Of("some")), &none, item),
            Type::Map(key, value) => {
                self.value(&at.part(Part::Of("key")), &none, key);
                self.value(&at.part(Part::Of("value")), &none, value);
            }
            Type::Result { ok, err } => {
                for (segment, payload) in [("ok", ok), ("err", err)] {
                    if let Some(payload) = payload {
                        self.value(&at.part(Part::Of(segment)), &none, payload);
                    }
                }
            }
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&at.part(Part::Numbered(index)), &none, item);
                }
            }
            Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
        }
    }

    fn members(&mut self, at: &At<'_>, kind: &TypeKind) {
        match kind {
            TypeKind::Record(fields) => {
                for field in fields {
                    self.value(
                        &at.member("field", &field.name, field.place.as_ref()),
                        &field.tags,
                        &field.ty,
                    );
                }
            }
            TypeKind::Variant(cases) => {
                for case in cases {
                    if let Some(payload) = &case.payload {
                        self.value(&at.member("case", &case.name, case.place.as_ref()), &case.tags, payload);
                    }
                }
            }
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => {}
        }
    }
}
