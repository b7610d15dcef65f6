//! Generated values of every type go in and come back the same.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::result::maybe_ok;

use crate::bindings::everything::{self, aggregates, cases, lists, sets};
use crate::oracle::oracle;

/// Calls an echo with a value and compares what comes back.
macro_rules! echoes {
    ($call:ident, $value:expr) => {{
        let value = $value;
        let mut guest = oracle();
        let back = everything::$call(&mut guest, value).unwrap();
        proptest::prop_assert_eq!(&back, &value.to_owned());
        proptest::prop_assert_eq!(guest.freed.len(), 1, "the guest may free what it returned");
    }};
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "\\PC{0,12}", "[a-z]{0,40}"]
}

fn mode() -> impl Strategy<Value = cases::Mode> {
    prop_oneof![Just(cases::Mode::Off), Just(cases::Mode::Eco), Just(cases::Mode::Boost)]
}

fn figure() -> impl Strategy<Value = cases::Shape> {
    prop_oneof![
        Just(cases::Shape::None),
        any::<f32>().prop_map(cases::Shape::Circle),
        any::<(f64, f64)>().prop_map(cases::Shape::Line),
        vec(any::<f64>(), 0..9).prop_map(cases::Shape::Path),
        text().prop_map(cases::Shape::Named),
        any::<i64>().prop_map(cases::Shape::Number),
        mode().prop_map(cases::Shape::Mode),
    ]
}

fn label() -> impl Strategy<Value = lists::Label> {
    (any::<(i16, i16)>(), text()).prop_map(|((x, y), text)| lists::Label { at: lists::Point { x, y }, text })
}

fn inner() -> impl Strategy<Value = aggregates::Inner> {
    any::<(u8, u64, bool)>().prop_map(|(a, b, c)| aggregates::Inner { a, b, c })
}

fn outer() -> impl Strategy<Value = aggregates::Outer> {
    (inner(), (inner(), any::<char>()), vec(any::<f64>(), 0..5), mode(), option::of(figure()), text())
        .prop_map(|(first, second, history, mode, figure, text)| aggregates::Outer {
            first,
            second,
            history,
            mode,
            figure,
            text,
        })
}

fn thirty_two() -> impl Strategy<Value = sets::ThirtyTwo> {
    any::<u32>().prop_map(|bits| sets::ThirtyTwo {
        b0: bits & 1 == 1,
        b1: bits >> 1 & 1 == 1,
        b15: bits >> 15 & 1 == 1,
        b16: bits >> 16 & 1 == 1,
        b31: bits >> 31 & 1 == 1,
        ..sets::ThirtyTwo::default()
    })
}

proptest! {
    #[test]
    fn numbers(small in any::<i8>(), single in any::<f32>(), long in any::<u64>(), letter in any::<char>()) {
        echoes!(call_small, small);
        echoes!(call_single, single);
        echoes!(call_long, long);
        let mut guest = oracle();
        guest.answer = Some(crate::oracle::Val::Bits(u64::from(u32::from(letter))));
        proptest::prop_assert_eq!(everything::call_letters(&mut guest, true, 'x', "").unwrap(), letter);
    }

    #[test]
    fn lists_of_numbers(bytes in vec(any::<u8>(), 0..70), floats in vec(any::<f32>(), 0..9)) {
        echoes!(call_bytes, bytes.as_slice());
        let doubles: Vec<f64> = floats.iter().copied().map(f64::from).collect();
        let mut guest = oracle();
        let list = doubles.iter().map(|one| crate::oracle::Val::Bits(one.to_bits())).collect();
        guest.answer = Some(crate::oracle::Val::List(list));
        proptest::prop_assert_eq!(everything::call_floats(&mut guest, &floats, &[]).unwrap(), doubles);
    }

    #[test]
    fn lists_of_others(
        bools in vec(any::<bool>(), 0..20),
        chars in vec(any::<char>(), 0..20),
        words in vec(text(), 0..6),
        nested in vec(vec(vec(any::<u16>(), 0..4), 0..4), 0..4),
    ) {
        echoes!(call_flags_of, bools.as_slice());
        echoes!(call_chars, chars.as_slice());
        echoes!(call_words, words.as_slice());
        echoes!(call_nested, nested.as_slice());
    }

    #[test]
    fn lists_of_parts(
        labels in vec(label(), 0..6),
        options in vec(option::of(text()), 0..6),
        tuples in vec((any::<u8>(), any::<u64>(), text()), 0..6),
        sets in vec(thirty_two(), 0..6),
    ) {
        let points: Vec<lists::Point> = labels.iter().map(|label| label.at).collect();
        echoes!(call_points, points.as_slice());
        echoes!(call_labels, labels.as_slice());
        echoes!(call_options, options.as_slice());
        echoes!(call_tuples, tuples.as_slice());
        echoes!(call_large, sets.as_slice());
    }

    #[test]
    fn types_with_cases(
        mode in mode(),
        figure in figure(),
        maybe in any::<Option<u32>>(),
        twice in option::of(option::of(text())),
    ) {
        echoes!(call_modes, mode);
        echoes!(call_shapes, &figure);
        echoes!(call_maybe, &maybe);
        echoes!(call_maybe_twice, &twice);
    }

    #[test]
    fn all_four_forms_of_a_result(
        both in maybe_ok(any::<u8>(), text()),
        only_ok in maybe_ok(any::<f64>(), Just(())),
        only_err in maybe_ok(Just(()), mode()),
        neither in maybe_ok(Just(()), Just(())),
    ) {
        echoes!(call_both, &both);
        echoes!(call_only_ok, &only_ok);
        echoes!(call_only_err, &only_err);
        echoes!(call_neither, &neither);
    }

    #[test]
    fn records_and_tuples(outer in outer(), x in any::<i32>(), celsius in any::<f64>()) {
        echoes!(call_pass, &outer);
        let alone = (x,);
        let mut guest = oracle();
        proptest::prop_assert_eq!(everything::call_aggregates_alone(&mut guest, &alone), Ok(alone));
        echoes_celsius(celsius)?;
    }
}

fn echoes_celsius(now: f64) -> Result<(), proptest::test_runner::TestCaseError> {
    let mut guest = oracle();
    proptest::prop_assert_eq!(everything::call_aliases(&mut guest, now, &[now]), Ok(now));
    Ok(())
}

#[test]
fn the_widest_tuple() {
    let wide = (
        u8::MAX,
        u16::MAX,
        u32::MAX,
        u64::MAX,
        i8::MIN,
        i16::MIN,
        i32::MIN,
        i64::MIN,
        f32::MIN,
        f64::MAX,
        true,
        '\u{10ffff}',
        "täglich".to_owned(),
        cases::Mode::Boost,
        aggregates::Inner { a: 1, b: 2, c: true },
        -0.0,
    );
    let back = everything::call_wide(&mut oracle(), &wide).unwrap();
    // The standard library compares no tuples of more than 12 items.
    assert_eq!((back.0, back.1, back.2, back.3, back.4), (wide.0, wide.1, wide.2, wide.3, wide.4));
    assert_eq!((back.5, back.6, back.7, back.8, back.9), (wide.5, wide.6, wide.7, wide.8, wide.9));
    assert_eq!((back.10, back.11, back.12, back.13), (wide.10, wide.11, wide.12, wide.13));
    assert_eq!((back.14, back.15.to_bits()), (wide.14, f64::to_bits(wide.15)));
    let long = aggregates::Long { items: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "13".to_owned()) };
    let back = everything::call_long_tuple(&mut oracle(), &long).unwrap();
    assert_eq!((back.items.0, back.items.11, back.items.12), (1, 12, "13".to_owned()));
}

#[test]
fn every_flag_on_its_own() {
    for number in 0..32_u64 {
        let all = |bits: u64| crate::oracle::Val::Set((0..32).map(|flag| bits >> flag & 1 == 1).collect());
        let mut guest = oracle();
        guest.answer = Some(crate::oracle::Val::List(vec![all(1 << number)]));
        let [set] = everything::call_large(&mut guest, &[]).unwrap()[..] else { panic!("one set") };
        everything::call_large(&mut guest, &[set]).unwrap();
        assert_eq!(guest.seen, [crate::oracle::Val::List(vec![all(1 << number)])], "flag {number}");
    }
}

#[test]
fn a_nan_keeps_its_bits() {
    for bits in [0x7ff8_0000_0000_0001_u64, 0xfff0_dead_beef_0001] {
        let mut guest = oracle();
        guest.answer = Some(crate::oracle::Val::List(vec![crate::oracle::Val::Bits(bits)]));
        let back = everything::call_floats(&mut guest, &[], &[f64::from_bits(bits)]).unwrap();
        assert_eq!(back.iter().map(|value| value.to_bits()).collect::<Vec<_>>(), [bits]);
        assert_eq!(guest.seen[1], crate::oracle::Val::List(vec![crate::oracle::Val::Bits(bits)]));
    }
}
