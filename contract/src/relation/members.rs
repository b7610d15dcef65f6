//! Named parts: fields and parameters, cases, flags. Names match exactly, or by a declared `@was`.

use super::names::{Name, Names};
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
        let names = Names::of(from.iter().map(|member| Name { name: member.name, was: member.was }));
        let targets = Names::of(to.iter().map(|member| Name { name: member.name, was: member.was }));
        let mut steps = Vec::with_capacity(to.len());
        for target in to {
            let name = Name { name: target.name, was: target.was };
            let found = names.position(&targets, name).and_then(|index| Some((index, from.get(index)?)));
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
        let names = Names::of(from.iter().map(of_case));
        let targets = Names::of(to.iter().map(of_case));
        let mut steps = Vec::with_capacity(from.len());
        for case in from {
            let found =
                targets.position(&names, of_case(case)).and_then(|index| Some((index, to.get(index)?)));
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
        let (names, targets) = (Names::of(from.iter().map(of_label)), Names::of(to.iter().map(of_label)));
        let mut steps = Vec::with_capacity(from.len());
        for label in from {
            steps.push(match targets.position(&names, of_label(label)) {
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

fn of_case(case: &Case) -> Name<'_> {
    Name { name: &case.name, was: was(&case.tags) }
}

fn of_label(label: &Label) -> Name<'_> {
    Name { name: &label.name, was: was(&label.tags) }
}

fn was(tags: &Tags) -> Option<&str> {
    tags.was.as_deref()
}
