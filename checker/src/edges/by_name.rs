//! A value carried as dynamic values, by name: what an engine's `Val` accepts when it is lowered.
//!
//! Records must have the same fields in the same order, and numbers the same type: nothing converts them on the way.
//! Cases and flags go by name, so that those of the giver must be among those of the taker.

use linchpin_contract::{Case, Field, Label, Type, TypeDef, TypeKind};

use super::found::{Found, Kind};
use super::leaf;
use super::program::{Crossing, below};
use super::resolve::Value;

/// The value as dynamic values.
pub(crate) fn dynamic(from: &Value<'_>, to: &Value<'_>) -> Crossing {
    let mut crossing = Crossing::default();
    crossing.by_name(from.clone(), to.clone(), "");
    crossing
}

impl Crossing {
    fn by_name(&mut self, from: Value<'_>, to: Value<'_>, path: &str) {
        let (from, to) = (from.resolved(), to.resolved());
        match (from.ty, to.ty) {
            (Type::Primitive(given), Type::Primitive(taken)) if given == taken => {
                self.found.extend(leaf::compare(&from, &to, path));
            }
            (Type::List(given), Type::List(taken)) => {
                self.by_name(from.part(given), to.part(taken), &below(path, "item"));
            }
            (Type::FixedList(given, length), Type::FixedList(taken, wanted)) if length == wanted => {
                self.by_name(from.part(given), to.part(taken), &below(path, "item"));
            }
            (Type::Option(given), Type::Option(taken)) => {
                self.by_name(from.part(given), to.part(taken), &below(path, "some"));
            }
            (Type::Map(key, value), Type::Map(key_to, value_to)) => {
                self.by_name(from.untagged(key), to.untagged(key_to), &below(path, "key"));
                self.by_name(from.untagged(value), to.untagged(value_to), &below(path, "value"));
            }
            (Type::Tuple(given), Type::Tuple(taken)) if given.len() == taken.len() => {
                for (index, (given, taken)) in given.iter().zip(taken).enumerate() {
                    let path = below(path, &format!("item {index}"));
                    self.by_name(from.part(given), to.part(taken), &path);
                }
            }
            (Type::Result { ok, err }, Type::Result { ok: ok_to, err: err_to }) => {
                self.payload(
                    (ok.as_deref().map(|ty| from.part(ty)), ok_to.as_deref().map(|ty| to.part(ty))),
                    (&from, &to),
                    &below(path, "ok"),
                );
                self.payload(
                    (err.as_deref().map(|ty| from.untagged(ty)), err_to.as_deref().map(|ty| to.untagged(ty))),
                    (&from, &to),
                    &below(path, "err"),
                );
            }
            (Type::Named(given), Type::Named(taken)) => self.declared((&**given, &**taken), &from, &to, path),
            (
                Type::Primitive(_)
                | Type::List(_)
                | Type::FixedList(..)
                | Type::Map(..)
                | Type::Option(_)
                | Type::Result { .. }
                | Type::Tuple(_)
                | Type::Named(_)
                | Type::Stream(_)
                | Type::Future(_)
                | Type::Own(_)
                | Type::Borrow(_),
                _,
            ) => self.mismatch(&from, &to, path),
        }
    }

    fn declared(
        &mut self,
        (given, taken): (&TypeDef, &TypeDef),
        from: &Value<'_>,
        to: &Value<'_>,
        path: &str,
    ) {
        match (&given.kind, &taken.kind) {
            (TypeKind::Record(fields), TypeKind::Record(targets)) => {
                self.fields((fields, targets), from, to, path);
            }
            (TypeKind::Variant(cases), TypeKind::Variant(targets)) => {
                self.cases((cases, targets), from, to, path);
            }
            (TypeKind::Enum(labels), TypeKind::Enum(targets)) => {
                self.labels("case", (labels, targets), (from, to), path);
            }
            (TypeKind::Flags(labels), TypeKind::Flags(targets)) => {
                self.labels("flag", (labels, targets), (from, to), path);
            }
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Alias(_)
                | TypeKind::Resource,
                _,
            ) => self.mismatch(from, to, path),
        }
    }

    fn fields(
        &mut self,
        (fields, targets): (&[Field], &[Field]),
        from: &Value<'_>,
        to: &Value<'_>,
        path: &str,
    ) {
        let names = |fields: &[Field]| {
            let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("a record of {}", names.join(", "))
        };
        if fields.iter().map(|field| &field.name).ne(targets.iter().map(|field| &field.name)) {
            let kind = Kind::Mismatch { given: names(fields), taken: names(targets) };
            self.push(kind, from, to, path);
            return;
        }
        for (field, target) in fields.iter().zip(targets) {
            let given = Value {
                ty: &field.ty,
                tags: vec![&field.tags],
                name: &field.name,
                place: field.place.as_ref(),
            };
            let taken = Value {
                ty: &target.ty,
                tags: vec![&target.tags],
                name: &target.name,
                place: target.place.as_ref(),
            };
            self.by_name(given, taken, &below(path, &format!("field {}", field.name)));
        }
    }

    fn cases(&mut self, (cases, targets): (&[Case], &[Case]), from: &Value<'_>, to: &Value<'_>, path: &str) {
        for case in cases {
            let here = below(path, &format!("case {}", case.name));
            let Some(target) = targets.iter().find(|target| target.name == case.name) else {
                let kind = Kind::ValueDependent {
                    given: format!("case `{}`", case.name),
                    taken: format!("no case `{}`", case.name),
                };
                self.push(kind, from, to, &here);
                continue;
            };
            let given = case.payload.as_ref().map(|ty| Value {
                ty,
                tags: vec![&case.tags],
                name: &case.name,
                place: case.place.as_ref(),
            });
            let taken = target.payload.as_ref().map(|ty| Value {
                ty,
                tags: vec![&target.tags],
                name: &target.name,
                place: target.place.as_ref(),
            });
            self.payload((given, taken), (from, to), &here);
        }
    }

    fn labels(
        &mut self,
        word: &str,
        (labels, targets): (&[Label], &[Label]),
        (from, to): (&Value<'_>, &Value<'_>),
        path: &str,
    ) {
        for label in labels.iter().filter(|label| targets.iter().all(|target| target.name != label.name)) {
            let kind = Kind::ValueDependent {
                given: format!("{word} `{}`", label.name),
                taken: format!("no {word} `{}`", label.name),
            };
            self.push(kind, from, to, &below(path, &format!("{word} {}", label.name)));
        }
    }

    fn payload(
        &mut self,
        payload: (Option<Value<'_>>, Option<Value<'_>>),
        (from, to): (&Value<'_>, &Value<'_>),
        path: &str,
    ) {
        match payload {
            (None, None) => {}
            (Some(given), Some(taken)) => self.by_name(given, taken, path),
            (Some(given), None) => {
                let kind =
                    Kind::Mismatch { given: format!("`{}`", given.ty), taken: "no payload".to_owned() };
                self.push(kind, &given, to, path);
            }
            (None, Some(taken)) => {
                let kind =
                    Kind::Mismatch { given: "no payload".to_owned(), taken: format!("`{}`", taken.ty) };
                self.push(kind, from, &taken, path);
            }
        }
    }

    fn mismatch(&mut self, from: &Value<'_>, to: &Value<'_>, path: &str) {
        let what = |ty: &Type| match ty {
            Type::Named(def) => format!("{} `{}`", def.kind.as_str(), def.name),
            Type::Primitive(_)
            | Type::List(_)
            | Type::FixedList(..)
            | Type::Map(..)
            | Type::Option(_)
            | Type::Result { .. }
            | Type::Tuple(_)
            | Type::Stream(_)
            | Type::Future(_)
            | Type::Own(_)
            | Type::Borrow(_) => format!("`{ty}`"),
        };
        self.push(Kind::Mismatch { given: what(from.ty), taken: what(to.ty) }, from, to, path);
    }

    fn push(&mut self, kind: Kind, from: &Value<'_>, to: &Value<'_>, path: &str) {
        self.found.push(Found { kind, path: path.to_owned(), from: from.shown(), to: to.shown() });
    }
}
