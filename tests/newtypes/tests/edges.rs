//! The constructors of newtypes: edges of ranges, what is no number, and what is said of it.

use linchpin_guest::{OutOfRange, WitPrimitive};
use mixing_valve::{Celsius, HotWater, Opening, Part, Seconds, ValveId};

#[test]
fn both_ends_of_a_range_are_in_it_and_nothing_beyond() {
    for value in [0.0, -0.0, 100.0, 55.5] {
        assert_eq!(Celsius::new(value).map(Celsius::into), Ok::<f64, _>(value));
    }
    for value in [0.0_f64.next_down(), 100.0_f64.next_up(), f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert!(Celsius::new(value).is_err(), "{value}");
    }
    assert_eq!((Celsius::MIN.get(), Celsius::MAX.get(), Celsius::UNIT), (0.0, 100.0, "celsius"));
}

#[test]
fn an_alias_of_an_alias_has_the_range_that_both_allow_and_the_inner_unit() {
    assert_eq!((HotWater::MIN.get(), HotWater::MAX.get(), HotWater::UNIT), (40.0, 85.0, "celsius"));
    let refused = HotWater::new(39.9).unwrap_err();
    let expected = OutOfRange { name: "units/hot-water", value: 39.9, range: "40..=85", unit: "celsius" };
    assert_eq!(refused, expected);
    assert_eq!(refused.to_string(), "`units/hot-water` is 39.9 celsius, outside its range 40..=85");
    assert_eq!(refused.code(), "out-of-range");
}

#[test]
fn what_is_no_number_is_told_as_such() {
    let said = Celsius::new(f64::NAN).unwrap_err().to_string();
    assert_eq!(said, "`units/celsius` is NaN celsius, outside its range 0..=100");
}

#[test]
fn ranges_are_rounded_to_what_the_type_holds() {
    // The float nearest to 0.1 is above 0.1, and is the least of the type itself.
    assert!(Part::new(0.1).is_ok() && Part::new(0.1_f32.next_down()).is_err());
    assert_eq!((Opening::MIN.get(), Opening::MAX.get()), (-5, 100));
    assert!(Opening::new(-5).is_ok() && Opening::new(-6).is_err() && Opening::new(101).is_err());
    let said = Opening::try_from(-6).unwrap_err().to_string();
    assert_eq!(said, "`control/opening` is -6 percent, outside its range -5.5..=100");
    let said = Part::new(2.0).unwrap_err().to_string();
    assert_eq!(said, "`units/share` is 2, outside its range 0.1..=1");
}

#[test]
fn without_a_range_every_value_is_right() {
    assert_eq!((Seconds::new(u32::MAX).get(), Seconds::UNIT), (u32::MAX, "second"));
    assert_eq!(u32::from(Seconds::from(7)), 7);
    let valve = ValveId::new("north".to_owned());
    assert_eq!((valve.get(), String::from(valve.clone())), ("north", "north".to_owned()));
}

#[test]
fn generated_code_cannot_make_a_value_from_outside_either() {
    assert!(<Celsius as WitPrimitive>::from_primitive(100.5).is_err());
    let refused = <Celsius as WitPrimitive>::from_list(vec![1.0, 200.0, 300.0]).unwrap_err();
    assert_eq!(refused.value, 200.0, "the first that is outside");
    assert_eq!(<Celsius as WitPrimitive>::into_list(vec![Celsius::MIN, Celsius::MAX]), [0.0, 100.0]);
}
