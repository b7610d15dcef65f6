//! What the guest sees of arguments that an echo would not tell apart.

use crate::bindings::everything::{self, aggregates, cases, lists, sets};
use crate::oracle::{Oracle, Val, oracle};

fn text(text: &str) -> Val {
    Val::Text(text.to_owned())
}

fn case(number: usize, payload: Val) -> Val {
    Val::Case(number, Some(Box::new(payload)))
}

fn answered(answer: Val) -> Oracle {
    let mut guest = oracle();
    guest.answer = Some(answer);
    guest
}

#[test]
fn numbers_arrive_in_order_with_their_own_width() {
    let mut guest = answered(Val::Bits(2.5_f64.to_bits()));
    let result = everything::call_numbers(&mut guest, 1, -2, 3, -4, 5, -6, 7, -8, 0.5, -0.25);
    assert_eq!(result, Ok(2.5));
    let bits = [
        1,
        0xfe,
        3,
        0xfffc,
        5,
        0xffff_fffa,
        7,
        (-8_i64).cast_unsigned(),
        u64::from(0.5_f32.to_bits()),
        (-0.25_f64).to_bits(),
    ];
    assert_eq!(guest.seen, bits.map(Val::Bits));
}

#[test]
fn letters_arrive_as_their_code_points_and_bytes() {
    let mut guest = answered(Val::Bits(u64::from(u32::from('ß'))));
    assert_eq!(everything::call_letters(&mut guest, true, '\u{1f525}', "héi"), Ok('ß'));
    assert_eq!(guest.seen, [Val::Bits(1), Val::Bits(0x1_f525), text("héi")]);
}

#[test]
fn a_function_may_take_and_give_nothing() {
    let mut guest = oracle();
    assert_eq!(everything::call_nothing(&mut guest), Ok(()));
    assert_eq!(guest.seen, []);
    assert_eq!(guest.freed, [0]);
}

#[test]
fn any_bool_but_zero_is_true() {
    for (bits, expected) in [(0, false), (1, true), (2, true), (0x100, true)] {
        assert_eq!(everything::call_truth(&mut answered(Val::Bits(bits))), Ok(expected), "{bits}");
    }
}

#[test]
fn records_in_lists_keep_the_order_of_their_fields() {
    let label = lists::Label { at: lists::Point { x: 1, y: -2 }, text: "here".to_owned() };
    let mut guest = oracle();
    everything::call_labels(&mut guest, &[label]).unwrap();
    let at = Val::Parts(vec![Val::Bits(1), Val::Bits(0xfffe)]);
    assert_eq!(guest.seen, [Val::List(vec![Val::Parts(vec![at, text("here")])])]);
}

#[test]
fn cases_share_core_values_of_different_kinds() {
    for (x, seen_x) in
        [(Ok(1.5), case(0, Val::Bits(u64::from(1.5_f32.to_bits())))), (Err(9), case(1, Val::Bits(9)))]
    {
        for (y, seen_y) in [
            (Ok(-1), case(0, Val::Bits(0xffff_ffff))),
            (Err(0.5), case(1, Val::Bits(u64::from(0.5_f32.to_bits())))),
        ] {
            for (z, seen_z) in
                [(Ok(0.1), case(0, Val::Bits(0.1_f64.to_bits()))), (Err("e".to_owned()), case(1, text("e")))]
            {
                let mut guest = answered(Val::Bits(7));
                assert_eq!(everything::call_joined(&mut guest, &x, &y, &z), Ok(7));
                assert_eq!(guest.seen, [seen_x.clone(), seen_y.clone(), seen_z]);
            }
        }
    }
}

#[test]
fn every_set_has_its_own_width() {
    let a = sets::Eight { a: true, h: true, ..Default::default() };
    let b = sets::Nine { i: true, ..Default::default() };
    let c = sets::Seventeen { b16: true, ..Default::default() };
    let d = sets::ThirtyTwo { b0: true, b15: true, b31: true, ..Default::default() };
    let with = |length: usize, set: &[usize]| Val::Set((0..length).map(|flag| set.contains(&flag)).collect());
    let sets = vec![with(8, &[0, 7]), with(9, &[8]), with(17, &[16]), with(32, &[0, 15, 31])];
    let mut guest = answered(Val::Parts(sets.clone()));
    assert_eq!(everything::call_all(&mut guest, &a, &b, &c, &d), Ok((a, b, c, d)));
    assert_eq!(guest.seen, sets);
}

#[test]
fn more_than_sixteen_core_values_go_through_memory() {
    let mut guest = answered(text("done"));
    let inner = aggregates::Inner { a: 1, b: 2, c: true };
    let result = everything::call_seventeen(
        &mut guest,
        1,
        2,
        3,
        4,
        5,
        0.5,
        0.25,
        true,
        'x',
        -1,
        -2,
        -3,
        -4,
        "text",
        cases::Mode::Eco,
        &inner,
    );
    assert_eq!(result, Ok("done".to_owned()));
    let scalars =
        [1, 2, 3, 4, 5, u64::from(0.5_f32.to_bits()), 0.25_f64.to_bits(), 1, u64::from(b'x'), 0xff, 0xfffe];
    let mut expected: Vec<Val> = scalars.into_iter().map(Val::Bits).collect();
    expected.extend([0xffff_fffd, (-4_i64).cast_unsigned()].map(Val::Bits));
    expected.push(text("text"));
    expected.push(Val::Case(1, None));
    expected.push(Val::Parts(vec![Val::Bits(1), Val::Bits(2), Val::Bits(1)]));
    assert_eq!(guest.seen, expected);
}

#[test]
fn sixteen_core_values_do_not() {
    let mut guest = answered(Val::Bits(8));
    assert_eq!(everything::call_sixteen(&mut guest, "a", "b", "c", "d", "e", "f", "g", ""), Ok(8));
    assert_eq!(guest.seen, ["a", "b", "c", "d", "e", "f", "g", ""].map(text));
}

#[test]
fn a_function_of_the_world_itself_is_called_too() {
    let mut guest = oracle();
    assert_eq!(everything::call_alone(&mut guest, 12), Ok(12));
}
