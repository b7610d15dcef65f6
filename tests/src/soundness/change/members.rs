//! Changes of fields, cases and flags.

use super::{Change, def, other_primitive};
use crate::soundness::random::Random;
use crate::soundness::wit::visit::Home;
use crate::soundness::wit::{Kind, Ty, TypeDef, Wit};

pub(super) static CHANGES: &[Change] = &[
    Change { name: "record-field-added", words: "field added to a record", apply: field_added },
    Change {
        name: "record-field-added-optional",
        words: "field of `option<T>` added at the end of a record",
        apply: field_added_optional,
    },
    Change { name: "record-field-removed", words: "field removed from a record", apply: field_removed },
    Change { name: "record-field-renamed", words: "field renamed", apply: field_renamed },
    Change { name: "record-fields-reordered", words: "fields reordered", apply: fields_reordered },
    Change { name: "record-field-type-changed", words: "field of another type", apply: field_type_changed },
    Change {
        name: "record-to-tuple",
        words: "record made a tuple of the same types",
        apply: record_to_tuple,
    },
    Change {
        name: "enum-case-added-last",
        words: "case added at the end of an enum",
        apply: enum_added_last,
    },
    Change {
        name: "enum-case-added-first",
        words: "case added before those of an enum",
        apply: enum_added_first,
    },
    Change { name: "enum-case-removed", words: "case removed from an enum", apply: enum_removed },
    Change { name: "enum-case-renamed", words: "case of an enum renamed", apply: enum_renamed },
    Change { name: "enum-cases-reordered", words: "cases of an enum reordered", apply: enum_reordered },
    Change { name: "enum-to-variant", words: "enum made a variant without payloads", apply: enum_to_variant },
    Change { name: "flag-added", words: "flag added", apply: flag_added },
    Change { name: "flag-removed", words: "flag removed", apply: flag_removed },
    Change { name: "flag-renamed", words: "flag renamed", apply: flag_renamed },
    Change { name: "flags-reordered", words: "flags reordered", apply: flags_reordered },
    Change { name: "variant-case-added", words: "case added to a variant", apply: case_added },
    Change { name: "variant-case-removed", words: "case removed from a variant", apply: case_removed },
    Change { name: "variant-case-renamed", words: "case of a variant renamed", apply: case_renamed },
    Change { name: "variant-cases-reordered", words: "cases of a variant reordered", apply: cases_reordered },
    Change { name: "variant-payload-added", words: "payload added to a case", apply: payload_added },
    Change { name: "variant-payload-removed", words: "payload dropped from a case", apply: payload_removed },
    Change { name: "variant-payload-changed", words: "payload of another type", apply: payload_changed },
];

fn fields(def: &mut TypeDef) -> Option<&mut Vec<(String, Ty)>> {
    if let Kind::Record(fields) = &mut def.kind { Some(fields) } else { None }
}

fn cases(def: &mut TypeDef) -> Option<&mut Vec<(String, Option<Ty>)>> {
    if let Kind::Variant(cases) = &mut def.kind { Some(cases) } else { None }
}

fn names(def: &mut TypeDef) -> Option<&mut Vec<String>> {
    if let Kind::Enum(names) | Kind::Flags(names) = &mut def.kind { Some(names) } else { None }
}

/// Changes the parts of a random type that has at least so many.
fn parts<T>(
    wit: &mut Wit,
    random: &mut Random,
    is: fn(&Kind) -> bool,
    of: fn(&mut TypeDef) -> Option<&mut Vec<T>>,
    fits: impl Fn(&[T]) -> bool,
    change: impl FnOnce(&mut Vec<T>, &mut Random),
) -> Option<Home> {
    let fitting = |it: &TypeDef| is(&it.kind) && of(&mut it.clone()).is_some_and(|parts| fits(parts));
    def(wit, random, fitting, |it, random| {
        if let Some(parts) = of(it) {
            change(parts, random);
        }
    })
}

fn is_record(kind: &Kind) -> bool {
    matches!(kind, Kind::Record(_))
}

fn is_variant(kind: &Kind) -> bool {
    matches!(kind, Kind::Variant(_))
}

fn is_enum(kind: &Kind) -> bool {
    matches!(kind, Kind::Enum(_))
}

fn is_flags(kind: &Kind) -> bool {
    matches!(kind, Kind::Flags(_))
}

/// At least so many parts.
fn at_least<T>(count: usize) -> impl Fn(&[T]) -> bool {
    move |parts| parts.len() >= count
}

fn remove<T>(parts: &mut Vec<T>, random: &mut Random) {
    let at = random.below(parts.len());
    parts.remove(at);
}

fn field_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_record, fields, at_least(0), |parts, random| {
        let at = random.below(parts.len() + 1);
        parts.insert(at, ("extra".to_owned(), Ty::Primitive("u32")));
    })
}

fn field_added_optional(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let ty = Ty::Option(Box::new(Ty::Primitive("u32")));
    parts(wit, random, is_record, fields, at_least(0), |parts, _| parts.push(("extra-o".to_owned(), ty)))
}

fn field_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_record, fields, at_least(2), remove)
}

fn field_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_record, fields, at_least(1), |parts, random| {
        let at = random.below(parts.len());
        parts[at].0.push_str("-renamed");
    })
}

fn fields_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_record, fields, at_least(2), |parts, _| parts.reverse())
}

fn field_type_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_record, fields, at_least(1), |parts, random| {
        let at = random.below(parts.len());
        parts[at].1 = other_primitive(random, &parts[at].1.clone());
    })
}

fn record_to_tuple(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let fits = |it: &TypeDef| matches!(&it.kind, Kind::Record(fields) if !fields.is_empty());
    def(wit, random, fits, |it, _| {
        if let Kind::Record(fields) = &it.kind {
            it.kind = Kind::Alias(Ty::Tuple(fields.iter().map(|(_, ty)| ty.clone()).collect()));
        }
    })
}

fn enum_added_last(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_enum, names, at_least(1), |parts, _| parts.push("extra-last".to_owned()))
}

fn enum_added_first(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_enum, names, at_least(1), |parts, _| parts.insert(0, "extra-first".to_owned()))
}

fn enum_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_enum, names, at_least(2), remove)
}

fn rename(parts: &mut [String], random: &mut Random) {
    let at = random.below(parts.len());
    parts[at].push_str("-renamed");
}

fn enum_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_enum, names, at_least(1), |parts, random| rename(parts, random))
}

fn enum_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_enum, names, at_least(2), |parts, _| parts.reverse())
}

fn enum_to_variant(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    def(
        wit,
        random,
        |it| is_enum(&it.kind),
        |it, _| {
            if let Kind::Enum(names) = &it.kind {
                it.kind = Kind::Variant(names.iter().map(|name| (name.clone(), None)).collect());
            }
        },
    )
}

fn flag_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_flags, names, at_least(1), |parts, _| parts.push("extra-flag".to_owned()))
}

fn flag_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_flags, names, at_least(2), remove)
}

fn flag_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_flags, names, at_least(1), |parts, random| rename(parts, random))
}

fn flags_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_flags, names, at_least(2), |parts, _| parts.reverse())
}

fn case_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_variant, cases, at_least(0), |parts, _| parts.push(("extra-case".to_owned(), None)))
}

fn case_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_variant, cases, at_least(2), remove)
}

fn case_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_variant, cases, at_least(1), |parts, random| {
        let at = random.below(parts.len());
        parts[at].0.push_str("-renamed");
    })
}

fn cases_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    parts(wit, random, is_variant, cases, at_least(2), |parts, _| parts.reverse())
}

/// Changes the payload of a random case that has one, or that has none.
fn payload(
    wit: &mut Wit,
    random: &mut Random,
    has_one: bool,
    change: impl FnOnce(&mut Option<Ty>, &mut Random),
) -> Option<Home> {
    let fits = move |parts: &[(String, Option<Ty>)]| parts.iter().any(|(_, ty)| ty.is_some() == has_one);
    parts(wit, random, is_variant, cases, fits, move |parts, random| {
        let fitting: Vec<_> = (0..parts.len()).filter(|at| parts[*at].1.is_some() == has_one).collect();
        let at = *random.pick(&fitting);
        change(&mut parts[at].1, random);
    })
}

fn payload_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    payload(wit, random, false, |it, _| *it = Some(Ty::Primitive("u32")))
}

fn payload_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    payload(wit, random, true, |it, _| *it = None)
}

fn payload_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    payload(wit, random, true, |it, random| *it = it.as_ref().map(|ty| other_primitive(random, ty)))
}
