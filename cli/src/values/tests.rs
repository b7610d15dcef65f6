//! Values of every type through JSON and WAVE and back, and what is refused with which words.

use linchpin_host::ValueType as Ty;
use linchpin_host::dynamic::Value;

use super::{TypedValue, from_json, from_wave, to_wave};

fn boxed(ty: Ty) -> Box<Ty> {
    Box::new(ty)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn some(value: Value) -> Value {
    Value::Option(Some(Box::new(value)))
}

/// Type, value, JSON, and WAVE where it has a form of its own.
fn cases() -> Vec<(Ty, Value, &'static str, Option<&'static str>)> {
    let fault = Ty::Variant(vec![("silent".into(), None), ("stale".into(), Some(Ty::U32))]);
    let record = Ty::Record(vec![("b".into(), Ty::U8), ("a".into(), Ty::Option(boxed(Ty::String)))]);
    let either = Ty::Result { ok: Some(boxed(Ty::U8)), err: None };
    let nested = Ty::Option(boxed(Ty::Option(boxed(Ty::U8))));
    vec![
        (Ty::Bool, Value::Bool(true), "true", Some("true")),
        (Ty::U64, Value::U64(u64::MAX), "18446744073709551615", Some("18446744073709551615")),
        (Ty::S64, Value::S64(i64::MIN), "-9223372036854775808", Some("-9223372036854775808")),
        (Ty::S8, Value::S8(-128), "-128", Some("-128")),
        (Ty::F32, Value::F32(0.1), "0.1", Some("0.1")),
        (Ty::F64, Value::F64(0.1 + 0.2), "0.30000000000000004", Some("0.30000000000000004")),
        (Ty::F64, Value::F64(f64::NEG_INFINITY), "\"-inf\"", Some("-inf")),
        (Ty::Char, Value::Char('\u{20ac}'), "\"\u{20ac}\"", Some("'\u{20ac}'")),
        (Ty::String, Value::String("a \"b\"".into()), r#""a \"b\"""#, Some(r#""a \"b\"""#)),
        (Ty::List(boxed(Ty::U8)), Value::List(vec![Value::U8(1), Value::U8(2)]), "[1,2]", Some("[1, 2]")),
        (
            Ty::Tuple(vec![Ty::U8, Ty::Bool]),
            Value::Tuple(vec![Value::U8(1), Value::Bool(false)]),
            "[1,false]",
            Some("(1, false)"),
        ),
        (
            record.clone(),
            Value::Record(vec![Value::U8(1), some(Value::String("x".into()))]),
            r#"{"b":1,"a":"x"}"#,
            Some(r#"{b: 1, a: some("x")}"#),
        ),
        (
            record,
            Value::Record(vec![Value::U8(1), Value::Option(None)]),
            r#"{"b":1,"a":null}"#,
            Some("{b: 1}"),
        ),
        (fault.clone(), Value::Variant(0, None), "\"silent\"", Some("silent")),
        (fault, Value::Variant(1, Some(Box::new(Value::U32(7)))), r#"{"stale":7}"#, Some("stale(7)")),
        (Ty::Enum(names(&["off", "eco"])), Value::Enum(1), "\"eco\"", Some("eco")),
        (Ty::Flags(names(&["top", "low"])), Value::Flags(vec![false, true]), r#"["low"]"#, Some("{low}")),
        (nested.clone(), Value::Option(None), "null", Some("none")),
        (nested.clone(), some(Value::Option(None)), r#"{"some":null}"#, Some("some(none)")),
        (nested, some(some(Value::U8(3))), r#"{"some":3}"#, Some("some(some(3))")),
        (either.clone(), Value::Result(Ok(Some(Box::new(Value::U8(4))))), r#"{"ok":4}"#, Some("ok(4)")),
        (either, Value::Result(Err(None)), r#"{"err":null}"#, Some("err")),
        (
            Ty::Map(boxed(Ty::String), boxed(Ty::U8)),
            Value::Map(vec![(Value::String("k".into()), Value::U8(1))]),
            r#"[["k",1]]"#,
            None,
        ),
        (
            Ty::FixedLengthList(boxed(Ty::U8), 2),
            Value::List(vec![Value::U8(1), Value::U8(2)]),
            "[1,2]",
            Some("[1, 2]"),
        ),
    ]
}

#[test]
fn every_type_goes_through_json_and_back() {
    for (ty, value, json, _) in cases() {
        let written = serde_json::to_string(&TypedValue { ty: &ty, value: &value }).unwrap();
        assert_eq!(written, json);
        let read = serde_json::from_str(json).unwrap();
        assert_eq!(from_json(&ty, &read, "x").unwrap(), value, "{json}");
    }
}

#[test]
fn every_type_that_wave_has_goes_through_wave_and_back() {
    for (ty, value, _, wave) in cases() {
        match wave {
            Some(wave) => {
                assert_eq!(to_wave(&ty, &value, "x").unwrap(), wave);
                assert_eq!(from_wave(&ty, wave, "x").unwrap(), value, "{wave}");
            }
            None => assert!(to_wave(&ty, &value, "x").is_err()),
        }
    }
}

#[test]
fn a_nan_is_a_nan() {
    let json = serde_json::json!("NaN");
    assert!(matches!(from_json(&Ty::F64, &json, "x"), Ok(Value::F64(nan)) if nan.is_nan()));
    assert!(matches!(from_wave(&Ty::F32, "nan", "x"), Ok(Value::F32(nan)) if nan.is_nan()));
}

#[test]
fn what_does_not_fit_is_refused_with_its_path() {
    let prices = Ty::Record(vec![("prices".into(), Ty::List(boxed(Ty::F64))), ("hour".into(), Ty::U8)]);
    let refused = [
        (&prices, r#"{"prices":[1,2,"x"],"hour":0}"#, "`in.prices[2]`: expected a number"),
        (&prices, r#"{"prices":[]}"#, "`in.hour`: the field is missing"),
        (
            &prices,
            r#"{"prices":[],"hour":0,"our":1}"#,
            "`in`: there is no field `our`; it has `prices`, `hour`",
        ),
        (&prices, r#"{"prices":[],"hour":256}"#, "`in.hour`: expected a u8, found 256"),
        (&Ty::U8, "1.5", "expected a u8"),
        (&Ty::F32, "1e39", "within the range of f32"),
        (&Ty::Char, "\"ab\"", "a string of one character"),
        (&Ty::Option(boxed(Ty::Option(boxed(Ty::U8)))), "3", "null or {\"some\": ..}"),
        (&Ty::Result { ok: None, err: None }, r#"{"ok":1}"#, "carries nothing"),
    ];
    for (ty, json, words) in refused {
        let error = from_json(ty, &serde_json::from_str(json).unwrap(), "in").unwrap_err().to_string();
        assert!(error.contains(words), "{json}: {error}");
    }
    let error = from_wave(&Ty::U8, "300", "in").unwrap_err().to_string();
    assert!(error.starts_with("`in`: not a value of its type"), "{error}");
}
