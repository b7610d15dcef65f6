//! Named parts: fields and parameters, cases, flags. Names match exactly, or by a declared `@was`.

use super::reason::ReasonKind;
use super::step::{CaseStep, Conversion, FieldSource, FieldStep, NameStep};
use super::value::Walk;
use crate::model::{Case, Field, Label, Param, Place, Type};
use crate::tags::Tags;

/// A field or a parameter.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    name: &'a str,
    was: Option<&'a str>,
    ty: &'a Type,
    place: Option<&'a Place>,
}

impl<'a> Member<'a> {
    pub(super) fn of_field(field: &'a Field) -> Self {
        Self { name: &field.name, was: was(&field.tags), ty: &field.ty, place: field.place.as_ref() }
    }

    pub(super) fn of_param(param: &'a Param) -> Self {
        Self { name: &param.name, was: None, ty: &param.ty, place: param.place.as_ref() }
    }
}

impl Walk {
    /// One step for each target that can be filled; reasons for the others.
    pub(super) fn fields(&mut self, word: &str, from: &[Member<'_>], to: &[Member<'_>]) -> Vec<FieldStep> {
        let names: Vec<Name<'_>> =
            from.iter().map(|member| Name { name: member.name, was: member.was }).collect();
        let targets: Vec<Name<'_>> =
            to.iter().map(|member| Name { name: member.name, was: member.was }).collect();
        let mut steps = Vec::with_capacity(to.len());
        for (target, name) in to.iter().zip(&targets) {
            let found = position(&names, &targets, name).and_then(|index| Some((index, from.get(index)?)));
            steps.extend(self.field(word, found, target));
        }
        steps
    }

    fn field(
        &mut self,
        word: &str,
        found: Option<(usize, &Member<'_>)>,
        target: &Member<'_>,
    ) -> Option<FieldStep> {
        let optional = matches!(target.ty.resolved(), Type::Option(_));
        let name = target.name.to_owned();
        let segment = format!("{word} {name}");
        let Some((index, member)) = found else {
            if optional {
                return Some(FieldStep {
                    name,
                    source: FieldSource::Absent,
                    conversion: Conversion::Nothing,
                });
            }
            let kind = if word == "param" { ReasonKind::ParamMissing } else { ReasonKind::FieldMissing };
            return self.at(&segment, (None, target.place), |walk| {
                walk.fails_with(
                    kind,
                    format!("{word} `{name}: {}`", target.ty),
                    format!("no {word} `{name}`"),
                )
            });
        };
        let reasons = self.reasons.len();
        let conversion =
            self.at(&segment, (member.place, target.place), |walk| walk.value(member.ty, target.ty));
        match conversion {
            Some(conversion) => Some(FieldStep { name, source: FieldSource::At(index), conversion }),
            None if optional => {
                self.reasons.truncate(reasons);
                Some(FieldStep {
                    name,
                    source: FieldSource::Unrelated(index),
                    conversion: Conversion::Nothing,
                })
            }
            None => None,
        }
    }

    /// One step for each case of the source.
    pub(super) fn cases(&mut self, from: &[Case], to: &[Case]) -> Option<Conversion> {
        let names: Vec<Name<'_>> =
            from.iter().map(|case| Name { name: &case.name, was: was(&case.tags) }).collect();
        let targets: Vec<Name<'_>> =
            to.iter().map(|case| Name { name: &case.name, was: was(&case.tags) }).collect();
        let mut steps = Vec::with_capacity(from.len());
        for (case, name) in from.iter().zip(&names) {
            let found = position(&targets, &names, name).and_then(|index| Some((index, to.get(index)?)));
            let Some((target, wanted)) = found else {
                steps.push(self.unknown(ReasonKind::CaseUnknown, &case.name, case.place.as_ref()));
                continue;
            };
            let segment = format!("case {}", case.name);
            let places = (case.place.as_ref(), wanted.place.as_ref());
            let payload = self.at(&segment, places, |walk| {
                walk.payload("payload", case.payload.as_ref(), wanted.payload.as_ref())
            });
            steps.push(payload.map(|payload| CaseStep { name: case.name.clone(), target, payload }));
        }
        Some(Conversion::Variant(steps.into_iter().collect::<Option<_>>()?))
    }

    /// One step for each case of an enum, or each flag, of the source.
    pub(super) fn names(&mut self, kind: ReasonKind, from: &[Label], to: &[Label]) -> Option<Vec<NameStep>> {
        let names: Vec<Name<'_>> = from.iter().map(Name::of).collect();
        let targets: Vec<Name<'_>> = to.iter().map(Name::of).collect();
        let mut steps = Vec::with_capacity(from.len());
        for (label, name) in from.iter().zip(&names) {
            steps.push(match position(&targets, &names, name) {
                Some(target) => Some(NameStep { name: label.name.clone(), target }),
                None => self.unknown(kind, &label.name, label.place.as_ref()),
            });
        }
        steps.into_iter().collect()
    }

    fn unknown<T>(&mut self, kind: ReasonKind, name: &str, place: Option<&Place>) -> Option<T> {
        let word = if kind == ReasonKind::FlagUnknown { "flag" } else { "case" };
        self.at(&format!("{word} {name}"), (place, None), |walk| {
            walk.fails_with(kind, format!("no {word} `{name}`"), format!("{word} `{name}`"))
        })
    }
}

/// A name and the one it had before.
#[derive(Clone, Copy)]
struct Name<'a> {
    name: &'a str,
    was: Option<&'a str>,
}

impl<'a> Name<'a> {
    fn of(label: &'a Label) -> Self {
        Self { name: &label.name, was: was(&label.tags) }
    }
}

/// Where in `others` a name of `own` is. A renamed one counts only where its new name is not taken: the name that
/// is written always goes before the name that was, and a name that two would claim is nobody's.
fn position(others: &[Name<'_>], own: &[Name<'_>], name: &Name<'_>) -> Option<usize> {
    let exact = others.iter().position(|other| other.name == name.name);
    exact.or_else(|| {
        others.iter().position(|other| {
            let claims = |own: &Name<'_>| own.was == Some(other.name) || other.was == Some(own.name);
            let free = !own.iter().any(|own| own.name == other.name);
            free && claims(name) && own.iter().filter(|own| claims(own)).count() == 1
        })
    })
}

fn was(tags: &Tags) -> Option<&str> {
    tags.was.as_deref()
}
