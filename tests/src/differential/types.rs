//! Random types of every kind that components carry, and how WIT writes them.

use linchpin_host::ValueType as Ty;

use crate::soundness::random::Random;

/// How deep types are nested.
const DEPTH_MAX: usize = 4;

/// A random type.
pub(super) fn ty(random: &mut Random) -> Ty {
    nested(random, DEPTH_MAX)
}

fn nested(random: &mut Random, depth: usize) -> Ty {
    if depth == 0 || random.chance(25) {
        return leaf(random);
    }
    match random.below(6) {
        0 => Ty::List(Box::new(nested(random, depth - 1))),
        1 => Ty::Option(Box::new(nested(random, depth - 1))),
        2 => {
            let mut side = || random.chance(75).then(|| Box::new(nested(random, depth - 1)));
            Ty::Result { ok: side(), err: side() }
        }
        3 => Ty::Tuple(several(random, depth)),
        4 => Ty::Record(numbered("f", several(random, depth))),
        _ => {
            let types = several(random, depth);
            Ty::Variant(numbered("c", types.into_iter().map(|ty| random.chance(70).then_some(ty)).collect()))
        }
    }
}

fn several(random: &mut Random, depth: usize) -> Vec<Ty> {
    (0..1 + random.below(4)).map(|_| nested(random, depth - 1)).collect()
}

fn leaf(random: &mut Random) -> Ty {
    let scalars = [
        Ty::Bool,
        Ty::U8,
        Ty::U16,
        Ty::U32,
        Ty::U64,
        Ty::S8,
        Ty::S16,
        Ty::S32,
        Ty::S64,
        Ty::F32,
        Ty::F64,
        Ty::Char,
        Ty::String,
        Ty::String,
    ];
    match random.below(10) {
        // More than 256 cases take a discriminant of two bytes.
        0 => Ty::Enum(names("c", 1 + if random.chance(10) { 300 } else { random.below(9) })),
        1 => Ty::Flags(names("f", 1 + random.below(32))),
        _ => random.pick(&scalars).clone(),
    }
}

fn numbered<T>(prefix: &str, items: Vec<T>) -> Vec<(String, T)> {
    names(prefix, items.len()).into_iter().zip(items).collect()
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{prefix}{number}")).collect()
}

/// The type in WIT. Types that need a name get one, and are declared at the end of `declared`.
pub(super) fn wit(ty: &Ty, declared: &mut Vec<String>) -> String {
    let mut part = |ty: &Ty| wit(ty, declared);
    let name = match ty {
        Ty::Bool => "bool",
        Ty::U8 => "u8",
        Ty::U16 => "u16",
        Ty::U32 => "u32",
        Ty::U64 => "u64",
        Ty::S8 => "s8",
        Ty::S16 => "s16",
        Ty::S32 => "s32",
        Ty::S64 => "s64",
        Ty::F32 => "f32",
        Ty::F64 => "f64",
        Ty::Char => "char",
        Ty::String => "string",
        Ty::List(item) => return format!("list<{}>", part(item)),
        Ty::Option(item) => return format!("option<{}>", part(item)),
        Ty::Result { ok, err } => {
            let mut side = |ty: &Option<Box<Ty>>| ty.as_ref().map_or_else(|| "_".to_owned(), |ty| part(ty));
            return match (side(ok), side(err)) {
                (ok, err) if ok == "_" && err == "_" => "result".to_owned(),
                (ok, err) if err == "_" => format!("result<{ok}>"),
                (ok, err) => format!("result<{ok}, {err}>"),
            };
        }
        Ty::Tuple(items) => {
            let items: Vec<_> = items.iter().map(part).collect();
            return format!("tuple<{}>", items.join(", "));
        }
        Ty::Record(fields) => {
            let fields = fields.iter().map(|(name, ty)| format!("{name}: {}", part(ty))).collect();
            return declare("record", fields, declared);
        }
        Ty::Variant(cases) => {
            let case = |(name, ty): &(String, Option<Ty>)| match ty {
                Some(ty) => format!("{name}({})", part(ty)),
                None => name.clone(),
            };
            let cases = cases.iter().map(case).collect();
            return declare("variant", cases, declared);
        }
        Ty::Enum(names) => return declare("enum", names.clone(), declared),
        Ty::Flags(names) => return declare("flags", names.clone(), declared),
        Ty::FixedLengthList(..) | Ty::Map(..) => unreachable!("no component carries them yet"),
    };
    name.to_owned()
}

fn declare(kind: &str, members: Vec<String>, declared: &mut Vec<String>) -> String {
    let name = format!("t{}", declared.len());
    declared.push(format!("{kind} {name} {{ {} }}", members.join(", ")));
    name
}
