//! One value from a source type to a target type.

use super::members::Member;
use super::reason::{Reason, ReasonKind};
use super::step::Conversion;
use crate::model::{Function, Place, Primitive, Type, TypeDef, TypeKind};
use crate::text::canonical_type;

/// Which way values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// A parameter.
    ToCallee,
    /// A result.
    ToCaller,
}

/// The walk over both functions: where it is, and what it found.
pub(super) struct Walk {
    path: Vec<String>,
    direction: Direction,
    from_place: Option<Place>,
    to_place: Option<Place>,
    pub(super) reasons: Vec<Reason>,
}

impl Walk {
    pub(super) fn new(caller: &Function) -> Self {
        Self {
            path: vec![caller.name.clone()],
            direction: Direction::ToCallee,
            from_place: caller.place.clone(),
            to_place: None,
            reasons: Vec::new(),
        }
    }

    /// Turns to the parameters or to the result.
    pub(super) fn direct(&mut self, direction: Direction, from: Option<&Place>, to: Option<&Place>) {
        self.direction = direction;
        self.from_place = from.cloned();
        self.to_place = to.cloned();
    }

    /// Walks one step down the path and back.
    pub(super) fn within<T>(&mut self, segment: &str, walk: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment.to_owned());
        let value = walk(self);
        self.path.pop();
        value
    }

    /// As [`within`](Self::within), with the places of a member on either side.
    pub(super) fn at<T>(
        &mut self,
        segment: &str,
        places: (Option<&Place>, Option<&Place>),
        walk: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = (self.from_place.clone(), self.to_place.clone());
        self.from_place = places.0.or(outer.0.as_ref()).cloned();
        self.to_place = places.1.or(outer.1.as_ref()).cloned();
        let value = self.within(segment, walk);
        (self.from_place, self.to_place) = outer;
        value
    }

    pub(super) fn breaks(&mut self, kind: ReasonKind, expected: String, found: String) {
        let (caller, callee) = match self.direction {
            Direction::ToCallee => (self.from_place.clone(), self.to_place.clone()),
            Direction::ToCaller => (self.to_place.clone(), self.from_place.clone()),
        };
        self.reasons.push(Reason { kind, path: self.path.join(" > "), caller, callee, expected, found });
    }

    /// What becomes of a value of type `from` where a `to` is needed; absent, with reasons, if nothing can.
    pub(super) fn value(&mut self, from: &Type, to: &Type) -> Option<Conversion> {
        if same(from, to) {
            return Some(Conversion::Copy);
        }
        match (from.resolved(), to.resolved()) {
            (Type::Option(from), Type::Option(to)) => Some(Conversion::Option(self.boxed("some", from, to)?)),
            // No other way is left for two options: what relates as a whole also relates inside.
            (from, Type::Option(to)) => Some(Conversion::Wrap(Box::new(self.value(from, to)?))),
            (Type::Option(_), _) => self.fails(ReasonKind::Optional, from, to),
            (Type::Primitive(narrow), Type::Primitive(wide)) => {
                if !widens(*narrow, *wide) {
                    return self.fails(ReasonKind::Primitive, from, to);
                }
                Some(Conversion::Widen { from: *narrow, to: *wide })
            }
            (Type::List(from), Type::List(to)) => Some(Conversion::List(self.boxed("item", from, to)?)),
            (Type::FixedList(item, length), Type::FixedList(target, wanted)) => {
                if length != wanted {
                    return self.fails(ReasonKind::Length, from, to);
                }
                Some(Conversion::FixedList(self.boxed("item", item, target)?, *length))
            }
            (Type::Map(key, value), Type::Map(key_to, value_to)) => {
                let key = self.boxed("key", key, key_to);
                let value = self.boxed("value", value, value_to);
                Some(Conversion::Map(key?, value?))
            }
            (Type::Tuple(items), Type::Tuple(targets)) => {
                if items.len() != targets.len() {
                    return self.fails(ReasonKind::Length, from, to);
                }
                self.tuple(items, targets)
            }
            (Type::Result { ok, err }, Type::Result { ok: ok_to, err: err_to }) => {
                let ok = self.payload("ok", ok.as_deref(), ok_to.as_deref());
                let err = self.payload("err", err.as_deref(), err_to.as_deref());
                Some(Conversion::Result { ok: ok?.map(Box::new), err: err?.map(Box::new) })
            }
            (Type::Named(from), Type::Named(to)) => self.named(from, to),
            (Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_), _)
            | (_, Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_)) => {
                self.fails(ReasonKind::Handle, from, to)
            }
            (
                Type::Primitive(_)
                | Type::List(_)
                | Type::FixedList(..)
                | Type::Map(..)
                | Type::Tuple(_)
                | Type::Result { .. }
                | Type::Named(_),
                _,
            ) => self.fails(ReasonKind::Kind, from, to),
        }
    }

    /// A payload that either side may lack; they must agree on that.
    pub(super) fn payload(
        &mut self,
        segment: &str,
        from: Option<&Type>,
        to: Option<&Type>,
    ) -> Option<Option<Conversion>> {
        self.within(segment, |walk| match (from, to) {
            (None, None) => Some(None),
            (Some(from), Some(to)) => Some(Some(walk.value(from, to)?)),
            (Some(from), None) => walk.fails_with(ReasonKind::Payload, "no payload".to_owned(), quoted(from)),
            (None, Some(to)) => walk.fails_with(ReasonKind::Payload, quoted(to), "no payload".to_owned()),
        })
    }

    fn tuple(&mut self, from: &[Type], to: &[Type]) -> Option<Conversion> {
        let mut items = Vec::with_capacity(from.len());
        for (index, (from, to)) in from.iter().zip(to).enumerate() {
            items.push(self.within(&format!("item {index}"), |walk| walk.value(from, to)));
        }
        Some(Conversion::Tuple(items.into_iter().collect::<Option<_>>()?))
    }

    fn boxed(&mut self, segment: &str, from: &Type, to: &Type) -> Option<Box<Conversion>> {
        self.within(segment, |walk| walk.value(from, to)).map(Box::new)
    }

    fn named(&mut self, from: &TypeDef, to: &TypeDef) -> Option<Conversion> {
        let segment = format!("{} {}", to.kind.as_str(), to.name);
        self.at(&segment, (from.place.as_ref(), to.place.as_ref()), |walk| match (&from.kind, &to.kind) {
            (TypeKind::Record(fields), TypeKind::Record(targets)) => {
                let fields: Vec<_> = fields.iter().map(Member::of_field).collect();
                let targets: Vec<_> = targets.iter().map(Member::of_field).collect();
                let before = walk.reasons.len();
                let steps = walk.fields("field", &fields, &targets);
                (walk.reasons.len() == before).then_some(Conversion::Record(steps))
            }
            (TypeKind::Variant(cases), TypeKind::Variant(targets)) => walk.cases(cases, targets),
            (TypeKind::Enum(labels), TypeKind::Enum(targets)) => {
                Some(Conversion::Enum(walk.names(ReasonKind::CaseUnknown, labels, targets)?))
            }
            (TypeKind::Flags(labels), TypeKind::Flags(targets)) => {
                Some(Conversion::Flags(walk.names(ReasonKind::FlagUnknown, labels, targets)?))
            }
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Alias(_)
                | TypeKind::Resource,
                _,
            ) => walk.fails_with(
                ReasonKind::Kind,
                format!("{} `{}`", to.kind.as_str(), to.name),
                format!("{} `{}`", from.kind.as_str(), from.name),
            ),
        })
    }

    fn fails<T>(&mut self, kind: ReasonKind, from: &Type, to: &Type) -> Option<T> {
        self.fails_with(kind, quoted(to), quoted(from))
    }

    pub(super) fn fails_with<T>(&mut self, kind: ReasonKind, expected: String, found: String) -> Option<T> {
        self.breaks(kind, expected, found);
        None
    }
}

fn quoted(ty: &Type) -> String {
    format!("`{ty}`")
}

fn same(from: &Type, to: &Type) -> bool {
    matches!((canonical_type(from), canonical_type(to)), (Ok(from), Ok(to)) if from == to)
}

/// Integers and floats widen without loss; an integer never becomes a float.
fn widens(from: Primitive, to: Primitive) -> bool {
    use Primitive::{F32, F64, S8, S16, S32, S64, U8, U16, U32, U64};
    matches!(
        (from, to),
        (U8, U16 | U32 | U64 | S16 | S32 | S64)
            | (U16, U32 | U64 | S32 | S64)
            | (U32, U64 | S64)
            | (S8, S16 | S32 | S64)
            | (S16, S32 | S64)
            | (S32, S64)
            | (F32, F64)
    )
}
