//! The dynamic form of a call: any value of any type comes back from a guest that returns what it was given.
//!
//! The guest is memory and nothing else. A call whose parameters go through memory gets their address, and to
//! return it is to return the same value, if lowering and lifting agree on every offset and on the layout.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use linchpin_host::ValueType as Ty;
use linchpin_host::abi::{CallError, Instance, LiftError, Trap};
use linchpin_host::dynamic::{DynamicError, DynamicFunction, Layout, Value};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

/// Memory, an allocator that only goes up, and a function that returns its first flat parameter.
struct Echo {
    memory: Vec<u8>,
    free: u32,
    /// Written over the result before it is returned, as a hostile guest would.
    spoil: Vec<(usize, Vec<u8>)>,
}

impl Echo {
    fn new() -> Self {
        Self { memory: vec![0xaa; 1 << 20], free: 64, spoil: vec![] }
    }
}

impl Instance for Echo {
    fn memory(&self) -> &[u8] {
        &self.memory
    }

    fn memory_mut(&mut self, range: std::ops::Range<usize>) -> Option<&mut [u8]> {
        self.memory.get_mut(range)
    }

    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        let address = self.free.next_multiple_of(align);
        self.free = address + size;
        Ok(address)
    }

    fn call(&mut self, _: usize, slots: &mut [u64]) -> Result<(), Trap> {
        let address = usize::try_from(slots[0]).unwrap();
        for (offset, bytes) in &self.spoil {
            self.memory[address + offset..address + offset + bytes.len()].copy_from_slice(bytes);
        }
        Ok(())
    }

    fn post_return(&mut self, _: usize, _: u64) -> Result<(), Trap> {
        Ok(())
    }
}

/// A type with seventeen numbers after it, so that the parameters are in memory, where the result is too.
fn spilled(ty: &Ty) -> Vec<Ty> {
    std::iter::once(ty.clone()).chain(vec![Ty::U8; 17]).collect()
}

fn echo(guest: &mut Echo, ty: &Ty, value: &Value) -> Result<Value, DynamicError> {
    let parameters = spilled(ty);
    let result = Ty::Tuple(parameters.clone());
    let function = DynamicFunction::new(&parameters, Some(&result)).unwrap();
    let arguments: Vec<Value> = std::iter::once(value.clone()).chain(vec![Value::U8(7); 17]).collect();
    let Some(Value::Tuple(parts)) = function.call(guest, 0, &arguments)? else {
        panic!("a tuple comes back")
    };
    assert_eq!(parts.len(), 18);
    Ok(parts.into_iter().next().unwrap())
}

fn types() -> BoxedStrategy<Ty> {
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
    ];
    let leaf = prop_oneof![
        proptest::sample::select(scalars.to_vec()),
        (1..300_usize).prop_map(|count| Ty::Enum(numbered(count))),
        (1..70_usize).prop_map(|count| Ty::Flags(numbered(count))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let maybe = prop_oneof![Just(None), inner.clone().prop_map(Some)].boxed();
        prop_oneof![
            inner.clone().prop_map(|ty| Ty::List(Box::new(ty))),
            (inner.clone(), 1..4_u32).prop_map(|(ty, length)| Ty::FixedLengthList(Box::new(ty), length)),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| Ty::Map(Box::new(key), Box::new(value))),
            inner.clone().prop_map(|ty| Ty::Option(Box::new(ty))),
            (maybe.clone(), maybe.clone())
                .prop_map(|(ok, err)| Ty::Result { ok: ok.map(Box::new), err: err.map(Box::new) }),
            vec(inner.clone(), 1..4).prop_map(Ty::Tuple),
            vec(inner, 1..4)
                .prop_map(|types| Ty::Record(numbered(types.len()).into_iter().zip(types).collect())),
            vec(maybe, 1..4)
                .prop_map(|types| Ty::Variant(numbered(types.len()).into_iter().zip(types).collect())),
        ]
    })
    .boxed()
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("n{number}")).collect()
}

/// Values of a type. Floats are any but NaN, which differs from itself.
fn values(ty: &Ty) -> BoxedStrategy<Value> {
    let boxed = |ty: &Option<Box<Ty>>| match ty {
        Some(ty) => values(ty).prop_map(|value| Some(Box::new(value))).boxed(),
        None => Just(None).boxed(),
    };
    match ty {
        Ty::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Ty::U8 => any::<u8>().prop_map(Value::U8).boxed(),
        Ty::U16 => any::<u16>().prop_map(Value::U16).boxed(),
        Ty::U32 => any::<u32>().prop_map(Value::U32).boxed(),
        Ty::U64 => any::<u64>().prop_map(Value::U64).boxed(),
        Ty::S8 => any::<i8>().prop_map(Value::S8).boxed(),
        Ty::S16 => any::<i16>().prop_map(Value::S16).boxed(),
        Ty::S32 => any::<i32>().prop_map(Value::S32).boxed(),
        Ty::S64 => any::<i64>().prop_map(Value::S64).boxed(),
        Ty::F32 => any::<f32>().prop_filter("NaN", |it| !it.is_nan()).prop_map(Value::F32).boxed(),
        Ty::F64 => any::<f64>().prop_filter("NaN", |it| !it.is_nan()).prop_map(Value::F64).boxed(),
        Ty::Char => any::<char>().prop_map(Value::Char).boxed(),
        Ty::String => any::<String>().prop_map(Value::String).boxed(),
        Ty::List(item) => vec(values(item), 0..4).prop_map(Value::List).boxed(),
        Ty::FixedLengthList(item, length) => {
            vec(values(item), *length as usize).prop_map(Value::List).boxed()
        }
        Ty::Map(key, value) => vec((values(key), values(value)), 0..3).prop_map(Value::Map).boxed(),
        Ty::Option(some) => prop_oneof![Just(None), values(some).prop_map(|value| Some(Box::new(value)))]
            .prop_map(Value::Option)
            .boxed(),
        Ty::Result { ok, err } => {
            prop_oneof![boxed(ok).prop_map(Ok), boxed(err).prop_map(Err)].prop_map(Value::Result).boxed()
        }
        Ty::Tuple(types) => types.iter().map(values).collect::<Vec<_>>().prop_map(Value::Tuple).boxed(),
        Ty::Record(fields) => {
            fields.iter().map(|(_, ty)| values(ty)).collect::<Vec<_>>().prop_map(Value::Record).boxed()
        }
        Ty::Variant(cases) => {
            let case = |(index, (_, ty)): (usize, &(String, Option<Ty>))| {
                let index = u32::try_from(index).unwrap();
                boxed(&ty.clone().map(Box::new))
                    .prop_map(move |payload| Value::Variant(index, payload))
                    .boxed()
            };
            proptest::strategy::Union::new(cases.iter().enumerate().map(case)).boxed()
        }
        Ty::Enum(names) => (0..u32::try_from(names.len()).unwrap()).prop_map(Value::Enum).boxed(),
        Ty::Flags(names) => vec(any::<bool>(), names.len()).prop_map(Value::Flags).boxed(),
    }
}

#[test]
fn every_value_comes_back_through_memory() {
    let strategy = types().prop_flat_map(|ty| {
        let values = values(&ty);
        (Just(ty), values)
    });
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 2000, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner
        .run(&strategy, |(ty, value)| {
            assert_eq!(echo(&mut Echo::new(), &ty, &value).unwrap(), value);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_value_of_another_type_never_reaches_the_guest() {
    let wrong = [
        (Ty::U8, Value::U16(1)),
        (Ty::List(Box::new(Ty::U8)), Value::List(vec![Value::Bool(true)])),
        (Ty::FixedLengthList(Box::new(Ty::U8), 2), Value::List(vec![Value::U8(1)])),
        (Ty::Enum(numbered(2)), Value::Enum(2)),
        (Ty::Flags(numbered(2)), Value::Flags(vec![true])),
        (Ty::Variant(vec![("a".into(), None)]), Value::Variant(0, Some(Box::new(Value::U8(1))))),
        (Ty::Result { ok: Some(Box::new(Ty::U8)), err: None }, Value::Result(Ok(None))),
        (Ty::Record(vec![("a".into(), Ty::U8)]), Value::Tuple(vec![Value::U8(1)])),
    ];
    for (ty, value) in wrong {
        let refused = echo(&mut Echo::new(), &ty, &value);
        assert!(matches!(refused, Err(DynamicError::Mismatch(_))), "{ty:?}: {refused:?}");
    }
}

#[test]
fn what_a_hostile_guest_writes_is_an_error_and_never_a_panic() {
    let list = Ty::List(Box::new(Ty::U64));
    let number = |value: u32| value.to_le_bytes().to_vec();
    let text = Value::String("x".into());
    let bytes = || (Box::new(Ty::U8), Value::List(vec![Value::U8(1)]));
    let ((one, first), (other, second)) = (bytes(), bytes());
    let lists = Ty::Tuple(vec![Ty::List(one), Ty::List(other)]);
    let (half, more) = (number(1 << 19), number((1 << 19) + 1));
    let both = vec![(0, number(0)), (4, half), (8, number(0)), (12, more)];
    let cases: [(Ty, Value, Vec<(usize, Vec<u8>)>, &str); 8] = [
        (Ty::String, text.clone(), vec![(0, number(u32::MAX))], "lift-out-of-bounds"),
        (Ty::String, text.clone(), vec![(4, number(u32::MAX))], "lift-out-of-bounds"),
        (Ty::String, text, vec![(0, number(0)), (4, number(1 << 20))], "lift-utf8"),
        (list.clone(), Value::List(vec![Value::U64(1)]), vec![(0, number(65))], "lift-misaligned"),
        (list, Value::List(vec![Value::U64(1)]), vec![(4, number(1 << 28))], "lift-out-of-bounds"),
        (lists, Value::Tuple(vec![first, second]), both, "lift-too-large"),
        (Ty::Enum(numbered(3)), Value::Enum(0), vec![(0, vec![3])], "lift-discriminant"),
        (Ty::Char, Value::Char('x'), vec![(0, number(0xd800))], "lift-char"),
    ];
    for (ty, value, spoil, code) in cases {
        let mut guest = Echo { spoil, ..Echo::new() };
        let error = echo(&mut guest, &ty, &value).unwrap_err();
        assert_eq!(error.code(), code, "{ty:?}: {error}");
    }
}

#[test]
fn an_allocator_that_gives_what_is_not_there_is_refused() {
    let mut guest = Echo { free: (1 << 20) - 1, ..Echo::new() };
    let error = echo(&mut guest, &Ty::U8, &Value::U8(1)).unwrap_err();
    assert!(matches!(error, DynamicError::Call(CallError::Lift(LiftError::BadAllocation { .. }))), "{error}");
}

#[test]
fn up_to_sixteen_flat_parameters_are_passed_in_slots() {
    let flat = Ty::Record(vec![("a".into(), Ty::S8), ("b".into(), Ty::Option(Box::new(Ty::F32)))]);
    assert_eq!(Layout::of(&flat).unwrap().flat, 3);
    let function = DynamicFunction::new([&flat], Some(&Ty::S8)).unwrap();
    let some = Value::Option(Some(Box::new(Value::F32(1.5))));
    let returned = function.call(&mut Echo::new(), 0, &[Value::Record(vec![Value::S8(-2), some])]);
    assert_eq!(returned, Ok(Some(Value::S8(-2))), "the first slot is the sign-extended first field");
}
