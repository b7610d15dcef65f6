//! A value through typed bindings: the relation's conversion, step by step, with the tags of every number on the way.

use linchpin_contract::relation::{
    CaseStep, Conversion, FieldSource, FieldStep, NameStep, Reason, ReasonKind, Relation, relate,
};
use linchpin_contract::{Function, FunctionKind, Label, Stability, Tags, Type, TypeKind};

use super::found::{Found, Kind};
use super::leaf;
use super::resolve::Value;
use crate::rule::Shown;

/// What becomes of a value, and what is wrong with that.
#[derive(Debug, Default)]
pub(crate) struct Crossing {
    pub(crate) steps: Vec<String>,
    pub(crate) found: Vec<Found>,
}

/// The value through typed bindings.
pub(crate) fn typed(from: &Value<'_>, to: &Value<'_>) -> Crossing {
    let mut crossing = Crossing::default();
    match relate(&returning(to), &returning(from)) {
        Relation::Same => crossing.walk(&Conversion::Copy, from.clone(), to.clone(), ""),
        Relation::Adaptable(steps) => {
            for step in &steps {
                crossing.walk(&step.conversion, from.clone(), to.clone(), "");
            }
        }
        Relation::Breaks(reasons) => {
            crossing.found.extend(reasons.into_iter().map(|reason| broken(reason, from, to)))
        }
    }
    crossing
}

/// A function that returns the value: the giver is called, and the taker is the caller.
fn returning(value: &Value<'_>) -> Function {
    Function {
        name: "edge".to_owned(),
        params: Vec::new(),
        result: Some(value.ty.clone()),
        kind: FunctionKind::Plain,
        docs: String::new(),
        tags: Tags::default(),
        stability: Stability::Unknown,
        place: value.place.cloned(),
    }
}

fn broken(reason: Reason, from: &Value<'_>, to: &Value<'_>) -> Found {
    let path = reason.path.strip_prefix("edge > result").unwrap_or_default();
    let path = path.strip_prefix(" > ").unwrap_or(path).to_owned();
    let shown = |place: Option<_>, value: &Value<'_>| match place {
        Some(place) if value.place != Some(&place) => Shown::new(Some(&place), String::new()),
        Some(_) | None => value.shown(),
    };
    let (from, to) = (shown(reason.callee, from), shown(reason.caller, to));
    let (given, taken) = (reason.found, reason.expected);
    let kind = match reason.kind {
        ReasonKind::CaseUnknown | ReasonKind::FlagUnknown | ReasonKind::Optional => {
            Kind::ValueDependent { given, taken }
        }
        // Whatever else keeps two types apart keeps every value apart; so does a kind that comes later.
        _ => Kind::Mismatch { given, taken },
    };
    Found { kind, path, from, to }
}

impl Crossing {
    fn step(&mut self, path: &str, what: String) {
        self.steps.push(if path.is_empty() { what } else { format!("{path}: {what}") });
    }

    fn walk(&mut self, conversion: &Conversion, from: Value<'_>, to: Value<'_>, path: &str) {
        let (from, to) = (from.resolved(), to.resolved());
        match conversion {
            Conversion::Copy => self.copy(from, to, path),
            // Stands in fields only, which say where it comes from.
            Conversion::Nothing => {}
            Conversion::Widen { from: narrow, to: wide } => {
                self.step(path, format!("`{}` widens to `{}`", narrow.as_str(), wide.as_str()));
                self.found.extend(leaf::compare(&from, &to, path));
            }
            Conversion::Wrap(inner) => {
                self.step(path, "becomes `some`".to_owned());
                if let Type::Option(item) = to.ty {
                    self.walk(inner, from, to.part(item), path);
                }
            }
            Conversion::Option(inner) => self.parts(inner, &from, &to, path, "some"),
            Conversion::List(inner) | Conversion::FixedList(inner, _) => {
                self.parts(inner, &from, &to, path, "item");
            }
            Conversion::Map(key, value) => self.map((key, value), &from, &to, path),
            Conversion::Tuple(items) => self.tuple(items, &from, &to, path),
            Conversion::Result { ok, err } => self.result((ok, err), &from, &to, path),
            Conversion::Record(steps) => self.record(steps, &from, &to, path),
            Conversion::Variant(steps) => self.variant(steps, &from, &to, path),
            Conversion::Enum(steps) | Conversion::Flags(steps) => self.names(steps, &to, path),
        }
    }

    /// Equal types; only their tags can differ.
    fn copy(&mut self, from: Value<'_>, to: Value<'_>, path: &str) {
        let copy = Conversion::Copy;
        match (from.ty, to.ty) {
            (Type::Primitive(_), Type::Primitive(_)) => {
                self.found.extend(leaf::compare(&from, &to, path));
            }
            (Type::List(_) | Type::FixedList(..), _) => self.parts(&copy, &from, &to, path, "item"),
            (Type::Option(_), _) => self.parts(&copy, &from, &to, path, "some"),
            (Type::Map(..), _) => self.map((&copy, &copy), &from, &to, path),
            (Type::Tuple(items), _) => {
                let copies: Vec<_> = items.iter().map(|_| Conversion::Copy).collect();
                self.tuple(&copies, &from, &to, path);
            }
            (Type::Result { ok, err }, _) => {
                let copies = |side: &Option<Box<Type>>| side.as_ref().map(|_| Box::new(Conversion::Copy));
                self.result((&copies(ok), &copies(err)), &from, &to, path);
            }
            (Type::Named(def), _) => match &def.kind {
                TypeKind::Record(fields) => {
                    let step = |(index, field): (usize, &linchpin_contract::Field)| FieldStep {
                        name: field.name.clone(),
                        source: FieldSource::At(index),
                        conversion: Conversion::Copy,
                    };
                    let steps: Vec<_> = fields.iter().enumerate().map(step).collect();
                    self.record(&steps, &from, &to, path);
                }
                TypeKind::Variant(cases) => {
                    let step = |(target, case): (usize, &linchpin_contract::Case)| CaseStep {
                        name: case.name.clone(),
                        target,
                        payload: case.payload.as_ref().map(|_| Conversion::Copy),
                    };
                    let steps: Vec<_> = cases.iter().enumerate().map(step).collect();
                    self.variant(&steps, &from, &to, path);
                }
                TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => {}
            },
            (Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_), _) => {}
        }
    }

    /// The items of lists, or what options hold.
    fn parts(&mut self, inner: &Conversion, from: &Value<'_>, to: &Value<'_>, path: &str, name: &str) {
        if let (Some(given), Some(taken)) = (item(from.ty), item(to.ty)) {
            self.walk(inner, from.part(given), to.part(taken), &below(path, name));
        }
    }

    fn map(&mut self, inner: (&Conversion, &Conversion), from: &Value<'_>, to: &Value<'_>, path: &str) {
        if let (Type::Map(key, value), Type::Map(key_to, value_to)) = (from.ty, to.ty) {
            // Guards do not look into maps, so tags around one do not speak of its parts.
            self.walk(inner.0, from.untagged(key), to.untagged(key_to), &below(path, "key"));
            self.walk(inner.1, from.untagged(value), to.untagged(value_to), &below(path, "value"));
        }
    }

    fn tuple(&mut self, inner: &[Conversion], from: &Value<'_>, to: &Value<'_>, path: &str) {
        if let (Type::Tuple(given), Type::Tuple(taken)) = (from.ty, to.ty) {
            for (index, ((conversion, given), taken)) in inner.iter().zip(given).zip(taken).enumerate() {
                let path = below(path, &format!("item {index}"));
                self.walk(conversion, from.part(given), to.part(taken), &path);
            }
        }
    }

    fn result(
        &mut self,
        inner: (&Option<Box<Conversion>>, &Option<Box<Conversion>>),
        from: &Value<'_>,
        to: &Value<'_>,
        path: &str,
    ) {
        let (Type::Result { ok, err }, Type::Result { ok: ok_to, err: err_to }) = (from.ty, to.ty) else {
            return;
        };
        if let (Some(conversion), Some(given), Some(taken)) = (inner.0, ok, ok_to) {
            self.walk(conversion, from.part(given), to.part(taken), &below(path, "ok"));
        }
        if let (Some(conversion), Some(given), Some(taken)) = (inner.1, err, err_to) {
            self.walk(conversion, from.untagged(given), to.untagged(taken), &below(path, "err"));
        }
    }

    fn record(&mut self, steps: &[FieldStep], from: &Value<'_>, to: &Value<'_>, path: &str) {
        let (Some(fields), Some(targets)) = (fields(from.ty), fields(to.ty)) else { return };
        for (step, target) in steps.iter().zip(targets) {
            let here = below(path, &format!("field {}", target.name));
            let (index, related) = match step.source {
                FieldSource::At(index) => (index, true),
                FieldSource::Unrelated(index) => (index, false),
                FieldSource::Absent => {
                    self.step(&here, "becomes `none`, since nobody gives it".to_owned());
                    continue;
                }
            };
            let Some(field) = fields.get(index) else { continue };
            let given = from.member(&field.name, &field.ty, &field.tags, field.place.as_ref());
            let taken = to.member(&target.name, &target.ty, &target.tags, target.place.as_ref());
            if !related {
                let what = format!("is no `{}` and becomes `none`", target.ty);
                self.lossy(&here, what, given.shown(), taken.shown());
                continue;
            }
            if field.name != target.name {
                self.step(&here, format!("was `{}`", field.name));
            }
            self.walk(&step.conversion, given, taken, &here);
        }
        let used = |index: usize| steps.iter().any(|step| step.source == FieldSource::At(index));
        for (index, field) in fields.iter().enumerate().filter(|(index, _)| !used(*index)) {
            let unrelated = steps.iter().any(|step| step.source == FieldSource::Unrelated(index));
            if !unrelated {
                let given = from.member(&field.name, &field.ty, &field.tags, field.place.as_ref());
                let here = below(path, &format!("field {}", field.name));
                self.lossy(&here, "is dropped, since nobody takes it".to_owned(), given.shown(), to.shown());
            }
        }
    }

    fn lossy(&mut self, path: &str, what: String, from: Shown, to: Shown) {
        self.step(path, what.clone());
        self.found.push(Found { kind: Kind::Lossy(what), path: path.to_owned(), from, to });
    }

    fn variant(&mut self, steps: &[CaseStep], from: &Value<'_>, to: &Value<'_>, path: &str) {
        let (Some(cases), Some(targets)) = (cases(from.ty), cases(to.ty)) else { return };
        for (step, case) in steps.iter().zip(cases) {
            let Some(target) = targets.get(step.target) else { continue };
            let here = below(path, &format!("case {}", case.name));
            if case.name != target.name {
                self.step(&here, format!("becomes `{}`", target.name));
            }
            if let (Some(conversion), Some(given), Some(taken)) =
                (&step.payload, &case.payload, &target.payload)
            {
                let given = from.member(&case.name, given, &case.tags, case.place.as_ref());
                let taken = to.member(&target.name, taken, &target.tags, target.place.as_ref());
                self.walk(conversion, given, taken, &here);
            }
        }
        if steps.iter().enumerate().any(|(index, step)| step.target != index) || cases.len() != targets.len()
        {
            self.step(path, "cases go by their names".to_owned());
        }
    }

    fn names(&mut self, steps: &[NameStep], to: &Value<'_>, path: &str) {
        let Some(targets) = labels(to.ty) else { return };
        for step in steps {
            if let Some(target) = targets.get(step.target).filter(|target| target.name != step.name) {
                self.step(path, format!("`{}` becomes `{}`", step.name, target.name));
            }
        }
        self.step(path, "names stay, whatever their order".to_owned());
    }
}

/// The one part of a list or an option.
fn item(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => Some(item),
        Type::Primitive(_)
        | Type::Map(..)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Named(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => None,
    }
}

pub(super) fn below(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path} > {part}") }
}

fn kind(ty: &Type) -> Option<&TypeKind> {
    if let Type::Named(def) = ty { Some(&def.kind) } else { None }
}

fn fields(ty: &Type) -> Option<&[linchpin_contract::Field]> {
    if let Some(TypeKind::Record(fields)) = kind(ty) { Some(fields) } else { None }
}

fn cases(ty: &Type) -> Option<&[linchpin_contract::Case]> {
    if let Some(TypeKind::Variant(cases)) = kind(ty) { Some(cases) } else { None }
}

fn labels(ty: &Type) -> Option<&[Label]> {
    if let Some(TypeKind::Enum(labels) | TypeKind::Flags(labels)) = kind(ty) { Some(labels) } else { None }
}
