//! The relation of two functions: reflexive, transitive, the same as equal digests, and its steps really convert.

#[path = "relation/interpret.rs"]
mod interpret;
#[path = "relation/types.rs"]
mod types;

use std::sync::atomic::{AtomicUsize, Ordering};

use interpret::{Value, convert, fits, source_of};
use linchpin_contract::relation::{
    Conversion, FieldSource, Reason, ReasonKind, Relation, Step, Target, relate,
};
use linchpin_contract::{Function, function_digest, load_text};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use types::{function, mutated};

fn adapts(relation: &Relation) -> bool {
    match relation {
        Relation::Same | Relation::Adaptable(_) => true,
        Relation::Breaks(_) => false,
    }
}

fn of(text: &str) -> Function {
    let contract = load_text("f.wit", &format!("package a:b; interface i {{ {text} }}")).unwrap();
    contract.packages[0].interfaces[0].functions[0].clone()
}

fn reasons(caller: &str, callee: &str) -> Vec<Reason> {
    match relate(&of(caller), &of(callee)) {
        Relation::Breaks(reasons) => reasons,
        other => panic!("{other:?}"),
    }
}

fn steps(caller: &str, callee: &str) -> Vec<Step> {
    match relate(&of(caller), &of(callee)) {
        Relation::Adaptable(steps) => steps,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_function_relates_to_itself_as_the_same(function in function()) {
        prop_assert_eq!(relate(&function, &function), Relation::Same);
    }

    #[test]
    fn the_same_is_what_equal_digests_are(one in function(), entropy in any::<Vec<u8>>()) {
        let other = mutated(&one, &entropy);
        let same = relate(&one, &other) == Relation::Same;
        prop_assert_eq!(same, function_digest(&one).unwrap() == function_digest(&other).unwrap());
    }
}

/// Counts, so that a property over a chain cannot hold by never meeting one.
#[test]
fn what_adapts_to_what_adapts_adapts() {
    let met = AtomicUsize::new(0);
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(one in function(), first in any::<Vec<u8>>(), second in any::<Vec<u8>>())| {
        let two = mutated(&one, &first);
        let three = mutated(&two, &second);
        if adapts(&relate(&one, &two)) && adapts(&relate(&two, &three)) {
            let across = relate(&one, &three);
            prop_assert!(adapts(&across), "{:?}", across);
            met.fetch_add(usize::from(across != Relation::Same), Ordering::Relaxed);
        }
    });
    assert!(met.into_inner() > 20);
}

/// Runs the steps over values: every value of the source's type becomes a value of the target's type.
#[test]
fn the_steps_turn_every_value_into_one_that_fits() {
    let met = AtomicUsize::new(0);
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(caller in function(), entropy in any::<Vec<u8>>(), seed in any::<u64>())| {
        let callee = mutated(&caller, &entropy);
        let Relation::Adaptable(steps) = relate(&caller, &callee) else { return Ok(()) };
        met.fetch_add(1, Ordering::Relaxed);
        let mut seed = seed;
        let arguments: Vec<Value> = caller.params.iter().map(|param| source_of(&param.ty, &mut seed)).collect();
        let filled = steps.iter().filter(|step| matches!(step.target, Target::Param { .. }));
        let passed: Vec<Value> = filled.map(|step| convert(step.source, &step.conversion, &arguments)).collect();
        prop_assert_eq!(passed.len(), callee.params.len());
        for (param, value) in callee.params.iter().zip(&passed) {
            prop_assert!(fits(value, &param.ty), "{:?} is no `{}`", value, param.ty);
        }
        if let (Some(given), Some(wanted)) = (&callee.result, &caller.result) {
            let step = steps.last().unwrap();
            prop_assert_eq!(&step.target, &Target::Result);
            let value = convert(step.source, &step.conversion, &[source_of(given, &mut seed)]);
            prop_assert!(fits(&value, wanted), "{:?} is no `{}`", value, wanted);
        }
    });
    assert!(met.into_inner() > 100);
}

#[test]
fn values_go_to_the_callee_in_parameters_and_back_in_the_result() {
    let small = "enum m { a, b } f: func(m: m);";
    let large = "enum m { a, b, c } f: func(m: m);";
    assert!(adapts(&relate(&of(small), &of(large))));
    assert_eq!(reasons(large, small)[0].kind, ReasonKind::CaseUnknown);

    let small = "enum m { a, b } f: func() -> m;";
    let large = "enum m { a, b, c } f: func() -> m;";
    assert!(adapts(&relate(&of(large), &of(small))));
    assert_eq!(reasons(small, large)[0].path, "f > result > enum m > case c");
}

#[test]
fn every_reason_is_given_with_path_and_both_places() {
    let caller = "record r { a: u32, b: string, gone: u8 } enum m { x, y } f: func(r: r, m: m) -> u64;";
    let callee = "record r { a: u16, b: char, new: u8 } enum m { x } f: func(r: r, m: m) -> string;";
    let found = reasons(caller, callee);
    let kinds: Vec<_> = found.iter().map(|reason| (reason.kind.code(), reason.path.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("primitive", "f > param r > record r > field a"),
            ("primitive", "f > param r > record r > field b"),
            ("field-missing", "f > param r > record r > field new"),
            ("case-unknown", "f > param m > enum m > case y"),
            ("primitive", "f > result"),
        ]
    );
    assert!(found.iter().all(|reason| reason.caller.is_some() && reason.callee.is_some()));
    assert_eq!((found[0].expected.as_str(), found[0].found.as_str()), ("`u16`", "`u32`"));
}

#[test]
fn options_are_added_and_never_taken_away() {
    let wrapped = steps("f: func(a: u8);", "f: func(a: option<u16>);");
    assert!(
        matches!(&wrapped[0].conversion, Conversion::Wrap(inner) if matches!(**inner, Conversion::Widen { .. }))
    );
    assert_eq!(reasons("f: func(a: option<u8>);", "f: func(a: u8);")[0].kind, ReasonKind::Optional);
    let absent = steps("f: func();", "f: func(a: option<u8>);");
    assert_eq!((absent[0].source, &absent[0].conversion), (FieldSource::Absent, &Conversion::Nothing));
    assert_eq!(reasons("f: func();", "f: func(a: u8);")[0].kind, ReasonKind::ParamMissing);
}

#[test]
fn names_relate_by_declaration_and_never_by_guess() {
    let old = "record r { a: u32 } f: func(r: r);";
    let guess = "record r { b: u32 } f: func(r: r);";
    let declared = "record r {\n/// @was a\nb: u32 } f: func(r: r);";
    assert_eq!(reasons(old, guess)[0].kind, ReasonKind::FieldMissing);
    assert!(adapts(&relate(&of(old), &of(declared))));
    assert!(adapts(&relate(&of(declared), &of(old))));
    let claimed_twice = "record r {\n/// @was a\nb: u32,\n/// @was a\nc: u32 } f: func(r: r);";
    assert!(!adapts(&relate(&of(old), &of(claimed_twice))));
}

#[test]
fn a_result_is_neither_invented_nor_dropped_and_async_breaks() {
    assert_eq!(reasons("f: func() -> u8;", "f: func();")[0].kind, ReasonKind::Result);
    assert_eq!(reasons("f: func();", "f: func() -> result;")[0].kind, ReasonKind::Result);
    assert_eq!(reasons("f: func();", "f: async func();")[0].kind, ReasonKind::Async);
}

#[test]
fn parameters_in_another_order_are_passed_by_name() {
    let steps = steps("f: func(a: u8, b: u8);", "f: func(b: u8, a: u8);");
    let sources: Vec<_> = steps.iter().map(|step| step.source).collect();
    assert_eq!(sources, [FieldSource::At(1), FieldSource::At(0)]);
}
