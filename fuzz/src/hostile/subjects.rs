//! The functions whose results are lifted, each in the generated form and in the dynamic one.

use std::sync::OnceLock;

use linchpin_contract::{Contract, Type};
use linchpin_host::ValueType;
use linchpin_host::abi::CallError;
use linchpin_host::dynamic::{DynamicFunction, Layout, Value};

use super::Meter;
use super::bindings::{everything, flat_results, heater, results_in_memory};
use super::guest::{Hostile, Recorder};
use super::types::value_type;
use super::zero::zero;

/// One function.
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) typed: Typed,
    pub(super) dynamic: DynamicFunction,
    pub(super) arguments: Vec<Value>,
    pub(super) result: Layout,
    pub(super) echo: Echo,
}

/// How a result can be sent back as the argument of the same function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Echo {
    /// As it is.
    Same,
    /// As the value of an `option`.
    Some,
    /// It is of another type than the argument.
    No,
}

/// Lifts a result by generated code, and sends it back to the recorder if it can be.
type Typed = fn(&mut Hostile<'_>, &mut Recorder, Meter) -> Lifted;

/// What came of it.
pub(super) struct Lifted {
    pub(super) outcome: Result<(), CallError>,
    pub(super) peak_bytes: usize,
}

/// All functions.
pub(super) fn all() -> &'static [Subject] {
    static ALL: OnceLock<Vec<Subject>> = OnceLock::new();
    ALL.get_or_init(|| {
        let hostile = || read(include_str!("../../wit/hostile.wit"));
        let everything = read(include_str!("../../../macros/codegen/tests/host/everything.wit"));
        let heater = read(include_str!("../../../wit/water-heater/water-heater.wit"));
        let mut all = Vec::new();
        add(&mut all, &hostile(), "flat-results", Echo::Some, FLAT);
        add(&mut all, &hostile(), "results-in-memory", Echo::Some, IN_MEMORY);
        add(&mut all, &everything, "everything", Echo::Same, LISTS);
        add(&mut all, &everything, "everything", Echo::Same, COPIES);
        add(&mut all, &everything, "everything", Echo::Same, BORROWS);
        add(&mut all, &heater, "heater", Echo::No, PLAN);
        all
    })
}

/// Functions of `option<T>` that return `T`.
macro_rules! options {
    ($world:ident: $($call:ident)*) => { &[$((concat!(stringify!($world), ".", stringify!($call)), |guest, recorder, meter| {
        lifted(meter, || $world::$call(guest, &None), |value| $world::$call(recorder, &Some(value)))
    })),*] };
}

/// Functions of `list<T>` that return the same.
macro_rules! lists {
    ($world:ident: $($call:ident)*) => { &[$((concat!(stringify!($world), ".", stringify!($call)), |guest, recorder, meter| {
        lifted(meter, || $world::$call(guest, &[]), |value| $world::$call(recorder, &value))
    })),*] };
}

/// Functions that return what they are given, by value.
macro_rules! copies {
    ($world:ident: $($call:ident($first:expr))*) => { &[$((concat!(stringify!($world), ".", stringify!($call)), |guest, recorder, meter| {
        lifted(meter, || $world::$call(guest, $first), |value| $world::$call(recorder, value))
    })),*] };
}

/// Functions that return what they are given, by reference.
macro_rules! borrows {
    ($world:ident: $($call:ident($first:expr))*) => { &[$((concat!(stringify!($world), ".", stringify!($call)), |guest, recorder, meter| {
        lifted(meter, || $world::$call(guest, &$first), |value| $world::$call(recorder, &value))
    })),*] };
}

const FLAT: &[(&str, Typed)] = options! { flat_results:
    call_of_bool call_of_u8 call_of_s8 call_of_u16 call_of_s16 call_of_u32 call_of_s32 call_of_u64 call_of_s64
    call_of_f32 call_of_f64 call_of_char call_of_answer call_of_wide call_of_eight call_of_nine call_of_thirty_two
    call_of_bare call_of_wrapped call_of_tuple call_of_result
};

const IN_MEMORY: &[(&str, Typed)] = options! { results_in_memory:
    call_text call_bools call_u8s call_s8s call_u16s call_s16s call_u32s call_s32s call_u64s call_s64s call_f32s
    call_f64s call_chars call_texts call_answers call_wides call_eights call_nines call_thirty_twos call_bares
    call_wrappeds call_nested call_nested_texts call_options call_options_twice call_results call_tuples
    call_a_scalars call_a_joined call_a_node call_nodes call_maybe call_maybe_list call_both call_only_ok
    call_only_err call_several call_wide_tuple
};

const LISTS: &[(&str, Typed)] = lists! { everything:
    call_bytes call_flags_of call_chars call_words call_nested call_points call_labels call_options call_tuples
    call_large
};

const COPIES: &[(&str, Typed)] = copies! { everything:
    call_small(0) call_single(0.0) call_long(0) call_modes(everything::cases::Mode::Off)
};

const BORROWS: &[(&str, Typed)] = borrows! { everything:
    call_shapes(everything::cases::Shape::None) call_maybe(None) call_maybe_twice(None) call_both(Ok(0))
    call_only_ok(Ok(0.0)) call_neither(Ok(()))
};

const PLAN: &[(&str, Typed)] = &[("heater.call_plan", |guest, _, meter| {
    use heater::control::{Inputs, Mode, Sensors, Tank};
    let inputs = Inputs {
        minute_of_day: 0,
        prices: Vec::new(),
        draws: None,
        tank_temp: 0.0,
        mains_temp: 0.0,
        room_temp: 0.0,
        mode: Mode::Off,
        sensors: Sensors::default(),
        tank: Tank { volume: 0.0, power: 0.0, loss: 0.0 },
    };
    lifted(meter, || heater::call_plan(guest, &inputs), Ok)
})];

/// Lifts under the meter, and sends what was lifted.
fn lifted<T>(
    meter: Meter,
    lift: impl FnOnce() -> Result<T, CallError>,
    send: impl FnOnce(T) -> Result<T, CallError>,
) -> Lifted {
    let (mut lift, mut outcome) = (Some(lift), Err(CallError::NoModule));
    let peak_bytes = meter(&mut || {
        if let Some(lift) = lift.take() {
            outcome = lift();
        }
    });
    // The recorder stops every call.
    let outcome = outcome.map(|value| drop(send(value)));
    Lifted { outcome, peak_bytes }
}

fn read(text: &str) -> Contract {
    linchpin_contract::load_text("fuzz.wit", text).expect("the contract is sound")
}

fn add(
    all: &mut Vec<Subject>,
    contract: &Contract,
    world: &str,
    echo: Echo,
    calls: &[(&'static str, Typed)],
) {
    let world = contract.select_world(Some(world)).expect("the contract has the world");
    for (call, typed) in calls {
        let name = call.split_once(".call_").map_or("", |(_, name)| name).replace('_', "-");
        let function = world.exported_functions().map(|(_, function)| function);
        let function = function.into_iter().find(|function| function.name == name);
        let function = function.unwrap_or_else(|| panic!("the world has no function `{name}`"));
        let types: Vec<ValueType> = function.params.iter().map(|param| pure(&param.ty)).collect();
        let result = pure(function.result.as_ref().expect("the function has a result"));
        let layouts = types.iter().map(|ty| Layout::of(ty).expect("the type is small"));
        all.push(Subject {
            name: call,
            typed: *typed,
            arguments: layouts.map(|layout| zero(&layout)).collect(),
            dynamic: DynamicFunction::new(&types, Some(&result)).expect("the types are small"),
            result: Layout::of(&result).expect("the type is small"),
            echo,
        });
    }
}

fn pure(ty: &Type) -> ValueType {
    value_type(ty).unwrap_or_else(|| panic!("`{ty}` is not pure"))
}
