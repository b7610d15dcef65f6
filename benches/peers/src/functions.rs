//! The functions, each with all the ways of calling it.

use std::hint::black_box;

use extism::convert::Json;
use linchpin_engines::WasmiGuest;
use linchpin_host::world::WorldContract;
use linchpin_host::{GuestInstance, Loaded};
use serde::{Deserialize, Serialize};

use crate::measure::Subject;
use crate::{Failure, Setup, plugin};

mod bindings {
    linchpin_host::bindings!({ world: "adder", path: "../wit/add.wit" });
    linchpin_host::bindings!({ world: "caller", path: "../wit/calls.wit" });
    linchpin_host::bindings!({ world: "inferrer", path: "../wit/mlp.wit" });
}

use bindings::{adder, caller, inferrer};

/// The function itself, which what is printed is compared with.
pub(crate) const NATIVE: &str = "native";
/// A generated call of an instance that keeps its state.
pub(crate) const OURS: &str = "ours";
/// The same, and the exact reset after it.
const RESET: &str = "ours, with reset";
/// The same generated call on another engine.
const WASMI: &str = "ours, on wasmi 2.0";

/// Two instances of ours and one of wasmi.
struct Guests {
    plain: GuestInstance,
    reset: GuestInstance,
    wasmi: WasmiGuest,
}

impl Guests {
    fn new(setup: &Setup, component: &str, world: &WorldContract) -> Result<Self, Failure> {
        let component = setup.component(component)?;
        let loaded = Loaded::for_world(&setup.engine, &component, world, &setup.limits)?;
        Ok(Self {
            plain: loaded.instantiate()?,
            reset: loaded.instantiate()?,
            wasmi: WasmiGuest::new(&component, &setup.limits)?,
        })
    }
}

/// Ours in both ways, and wasmi: the same generated call.
macro_rules! ours {
    ($guests:expr, $expected:expr, |$guest:ident| $call:expr) => {{
        let Guests { mut plain, mut reset, mut wasmi } = $guests;
        [
            Subject::new(OURS, $expected, move || {
                plain.renew_allowance();
                let $guest = &mut plain;
                $call.expect("the guest returns")
            }),
            Subject::new(RESET, $expected, move || {
                let $guest = &mut reset;
                let value = $call.expect("the guest returns");
                reset.reset().expect("there is memory");
                value
            }),
            Subject::new(WASMI, $expected, move || {
                let $guest = &mut wasmi;
                $call.expect("the guest returns")
            }),
        ]
    }};
}

pub(crate) fn add(setup: &Setup) -> Result<Vec<Subject>, Failure> {
    let guests = Guests::new(setup, "bench-add", &adder::WORLD)?;
    let mut plugin = plugin::open(&setup.plugin)?;
    let mut subjects = vec![Subject::new(NATIVE, &42, || bench_add::Adder::add(black_box(40), black_box(2)))];
    subjects.extend(ours!(guests, &42, |guest| adder::call_add(guest, black_box(40), black_box(2))));
    subjects.push(Subject::new(plugin::NAME, &42, move || {
        let Json(sum) = plugin.call("add", Json((black_box(40_u32), black_box(2_u32)))).expect("it returns");
        sum
    }));
    Ok(subjects)
}

#[derive(Serialize)]
struct Inputs<'a> {
    prices: &'a [f64],
    draws: &'a [f64],
    now: u32,
    temp: f64,
}

#[derive(Deserialize)]
struct Advice {
    until: u32,
    temp: f64,
}

const HOURS: usize = 24;

pub(crate) fn setpoint(setup: &Setup) -> Result<Vec<Subject>, Failure> {
    let guests = Guests::new(setup, "bench-calls", &caller::WORLD)?;
    let mut plugin = plugin::open(&setup.plugin)?;
    let list: [f64; HOURS] = std::array::from_fn(|hour| 10.0 + (hour * 7 % 13) as f64);
    let native = bench_calls::setpoint(&list, &list, 700, 50.0);
    let expected = (native.until, native.temp);
    let mut subjects = vec![Subject::new(NATIVE, &expected, move || {
        let advice =
            bench_calls::setpoint(black_box(&list), black_box(&list), black_box(700), black_box(50.0));
        (advice.until, advice.temp)
    })];
    subjects.extend(ours!(guests, &expected, |guest| {
        let called = caller::call_setpoint(guest, black_box(&list), black_box(&list), 700, 50.0);
        called.map(|advice| (advice.until, advice.temp))
    }));
    subjects.push(Subject::new(plugin::NAME, &expected, move || {
        let list = black_box(&list);
        let inputs = Inputs { prices: list, draws: list, now: 700, temp: 50.0 };
        let Json(advice) = plugin.call::<_, Json<Advice>>("setpoint", Json(inputs)).expect("it returns");
        (advice.until, advice.temp)
    }));
    Ok(subjects)
}

pub(crate) fn infer(setup: &Setup) -> Result<Vec<Subject>, Failure> {
    let guests = Guests::new(setup, "bench-mlp", &inferrer::WORLD)?;
    let Guests { plain: mut simd, .. } = Guests::new(setup, "bench-mlp", &inferrer::WORLD)?;
    let mut plugin = plugin::open(&setup.plugin)?;
    let inputs: [f32; bench_mlp::INPUTS] = std::array::from_fn(|place| (place * 7 % 13) as f32 / 13.0);
    let expected = bench_mlp::infer(&inputs);
    let mut subjects = vec![Subject::new(NATIVE, &expected, move || bench_mlp::infer(black_box(&inputs)))];
    subjects.extend(ours!(guests, &expected, |guest| inferrer::call_infer(guest, black_box(&inputs))));
    subjects.push(Subject::new("ours, simd128", &expected, move || {
        simd.renew_allowance();
        inferrer::call_infer_simd(&mut simd, black_box(&inputs)).expect("the guest returns")
    }));
    subjects.push(Subject::new(plugin::NAME, &expected, move || {
        let Json(value) = plugin.call("infer", Json(&black_box(&inputs)[..])).expect("it returns");
        value
    }));
    Ok(subjects)
}
