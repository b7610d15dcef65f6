//! Random values, the odd ones more often than their share, and when two are the same.

use linchpin_host::ValueType as Ty;
use linchpin_host::dynamic::Value;

use crate::soundness::random::Random;

/// A random value of a type.
pub(super) fn value(random: &mut Random, ty: &Ty) -> Value {
    match ty {
        Ty::Bool => Value::Bool(random.chance(50)),
        Ty::U8 => Value::U8(number(random) as u8),
        Ty::U16 => Value::U16(number(random) as u16),
        Ty::U32 => Value::U32(number(random) as u32),
        Ty::U64 => Value::U64(number(random)),
        Ty::S8 => Value::S8(number(random) as i8),
        Ty::S16 => Value::S16(number(random) as i16),
        Ty::S32 => Value::S32(number(random) as i32),
        Ty::S64 => Value::S64(number(random) as i64),
        Ty::F32 => Value::F32(f32::from_bits(match random.below(4) {
            0 => *random.pick(&[0, 1 << 31, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x7fa0_0001, 1]),
            _ => random.next() as u32,
        })),
        Ty::F64 => Value::F64(f64::from_bits(match random.below(4) {
            0 => *random.pick(&[0, 1 << 63, 0x7ff0 << 48, 0xfff0 << 48, 0x7ff8 << 48, 0x7ff4 << 48 | 1, 1]),
            _ => random.next(),
        })),
        Ty::Char => Value::Char(char(random)),
        Ty::String => {
            let length = length(random);
            Value::String((0..length).map(|_| char(random)).collect())
        }
        Ty::List(item) => {
            let length = length(random);
            Value::List((0..length).map(|_| value(random, item)).collect())
        }
        Ty::Option(item) => Value::Option(random.chance(60).then(|| Box::new(value(random, item)))),
        Ty::Result { ok, err } => {
            let is_ok = random.chance(50);
            let side = if is_ok { ok } else { err };
            let payload = side.as_ref().map(|ty| Box::new(value(random, ty)));
            Value::Result(if is_ok { Ok(payload) } else { Err(payload) })
        }
        Ty::Tuple(types) => Value::Tuple(types.iter().map(|ty| value(random, ty)).collect()),
        Ty::Record(fields) => Value::Record(fields.iter().map(|(_, ty)| value(random, ty)).collect()),
        Ty::Variant(cases) => {
            let case = random.below(cases.len());
            let payload = cases[case].1.as_ref().map(|ty| Box::new(value(random, ty)));
            Value::Variant(u32::try_from(case).expect("few"), payload)
        }
        Ty::Enum(names) => Value::Enum(u32::try_from(random.below(names.len())).expect("few")),
        Ty::Flags(names) => Value::Flags(names.iter().map(|_| random.chance(50)).collect()),
        Ty::FixedLengthList(..) | Ty::Map(..) => unreachable!("no component carries them yet"),
    }
}

fn number(random: &mut Random) -> u64 {
    match random.below(4) {
        0 => *random.pick(&[0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, u64::MAX]),
        1 => 1 << random.below(64),
        _ => random.next(),
    }
}

/// Most are short; a few are long, at the bottom of deep types too.
fn length(random: &mut Random) -> usize {
    match random.below(20) {
        0..=4 => 0,
        5..=18 => 1 + random.below(4),
        _ => random.below(60),
    }
}

fn char(random: &mut Random) -> char {
    let odd = ['\0', 'a', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{d7ff}', '\u{e000}', '\u{ffff}'];
    match random.below(3) {
        0 => *random.pick(&odd),
        1 => char::from_u32(random.next() as u32 % 0x11_0000).unwrap_or('\u{10ffff}'),
        _ => char::from(b'a' + (random.below(26) as u8)),
    }
}

/// Whether two values are the same, bit for bit: a NaN is only itself, and zero has a sign.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    let all = |a: &[Value], b: &[Value]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    let boxed = |a: &Option<Box<Value>>, b: &Option<Box<Value>>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    match (a, b) {
        (Value::F32(a), Value::F32(b)) => a.to_bits() == b.to_bits(),
        (Value::F64(a), Value::F64(b)) => a.to_bits() == b.to_bits(),
        (Value::List(a), Value::List(b))
        | (Value::Tuple(a), Value::Tuple(b))
        | (Value::Record(a), Value::Record(b)) => all(a, b),
        (Value::Variant(case, a), Value::Variant(other, b)) => case == other && boxed(a, b),
        (Value::Option(a), Value::Option(b))
        | (Value::Result(Ok(a)), Value::Result(Ok(b)))
        | (Value::Result(Err(a)), Value::Result(Err(b))) => boxed(a, b),
        (a, b) => a == b,
    }
}
