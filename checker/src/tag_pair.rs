//! Units and ranges of every value of a function, and of the same value on two sides.

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
    let tags = |function| tagged(function).into_iter().map(|item| (item.path, item.tags)).collect::<Vec<_>>();
    tags(one) == tags(other)
}

fn tagged(function: &Function) -> Vec<Tagged> {
    let mut found = Vec::new();
    for param in &function.params {
        let walk = Walk { flow: Flow::In, found: &mut found };
        walk.value(
            format!("param {}", param.name),
            &Tags::default(),
            &param.ty,
            &param.name,
            param.place.as_ref(),
        );
    }
    if let Some(result) = &function.result {
        let walk = Walk { flow: Flow::Out, found: &mut found };
        walk.value("result".to_owned(), &function.tags, result, &function.name, function.place.as_ref());
    }
    found
}

struct Walk<'a> {
    flow: Flow,
    found: &'a mut Vec<Tagged>,
}

impl Walk<'_> {
    /// A value, with what its own item says of it; what aliases say counts where the item is silent.
    fn value(self, path: String, own: &Tags, ty: &Type, name: &str, place: Option<&Place>) {
        let mut tags = own.clone();
        let mut seen_through = ty;
        while let Type::Named(def) = seen_through
            && let TypeKind::Alias(target) = &def.kind
        {
            tags.unit = tags.unit.or_else(|| def.tags.unit.clone());
            tags.range = tags.range.or_else(|| def.tags.range.clone());
            tags.step = tags.step.or(def.tags.step);
            seen_through = target;
        }
        tags.was = None;
        let shown = Shown::new(place, format!("{name}: {ty}"));
        let Self { flow, found } = self;
        let place = shown.place.clone();
        found.push(Tagged { path: path.clone(), flow, tags, shown });
        let mut part = |segment: &str, tags: &Tags, ty: &Type, name: &str, own_place: Option<&Place>| {
            let place = own_place.or(place.as_ref());
            Walk { flow, found: &mut *found }.value(format!("{path} > {segment}"), tags, ty, name, place);
        };
        let none = Tags::default();
        match seen_through {
            Type::Named(def) => match &def.kind {
                TypeKind::Record(fields) => {
                    for field in fields {
                        part(
                            &format!("field {}", field.name),
                            &field.tags,
                            &field.ty,
                            &field.name,
                            field.place.as_ref(),
                        );
                    }
                }
                TypeKind::Variant(cases) => {
                    for case in cases {
                        if let Some(payload) = &case.payload {
                            part(
                                &format!("case {}", case.name),
                                &case.tags,
                                payload,
                                &case.name,
                                case.place.as_ref(),
                            );
                        }
                    }
                }
                TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => {}
            },
            Type::List(item) | Type::FixedList(item, _) => part("item", &none, item, name, None),
            Type::Option(item) => part("some", &none, item, name, None),
            Type::Map(key, value) => {
                part("key", &none, key, name, None);
                part("value", &none, value, name, None);
            }
            Type::Result { ok, err } => {
                for (segment, payload) in [("ok", ok), ("err", err)] {
                    if let Some(payload) = payload {
                        part(segment, &none, payload, name, None);
                    }
                }
            }
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    part(&format!("item {index}"), &none, item, name, None);
                }
            }
            Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
        }
    }
}
