//! `setpoint`: two lists of numbers in, a record out.

use crate::bindings::ours::caller::light::Advice;
use crate::bindings::ours::caller::{Slot, WORLD, call_setpoint};
use crate::bindings::theirs::caller::Caller;
use crate::by_hand::{CORE, Core, POOLED, Pooled};
use crate::component::{self, DEFAULT, Running, TUNED};
use crate::engines::Limited;
use crate::guests::Guests;
use crate::measure::Subject;
use crate::{Failure, ours};
use linchpin_host::dynamic::Value;
use std::hint::black_box;
use wasmtime::Engine;
use wasmtime::component::Val;

const INTERFACE: &str = "bench:calls/light@1.0.0";
const EXPORT: &str = "bench:calls/light@1.0.0#setpoint";
const NOW: u32 = 700;
const TEMP: f64 = 50.0;

type Flat = (u32, u32, u32, u32, u32, f64);

pub(super) fn subjects(guests: &Guests, limited: Limited, hours: u32) -> Result<Vec<Subject>, Failure> {
    let component = &guests.calls;
    let list: Vec<f64> = (0..hours).map(|hour| 10.0 + f64::from(hour * 7 % 13)).collect();
    let expected = bench_calls::setpoint(&list, &list, NOW, TEMP);
    let ours = Advice { until: expected.until, temp: expected.temp };
    let by_hand = (expected.until, expected.temp);
    let mut core = Core::<Flat, u32>::new(component, EXPORT, limited)?;
    let pooled = Pooled::new(component, EXPORT, limited)?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let slot: Slot = ours::slot(Slot::builder, &WORLD, component, limited)?;
    let lists = || list.clone();
    let (a, b, c, d, e, f) = (lists(), lists(), lists(), lists(), lists(), lists());
    Ok(vec![
        Subject::new("native", &expected, move || {
            bench_calls::setpoint(black_box(&a), black_box(&a), black_box(NOW), black_box(TEMP))
        }),
        Subject::new(CORE, &by_hand, move || called(&mut core, black_box(&b))),
        Subject::new(ours::PLAIN, &ours, move || {
            ours::plain(&mut plain, |it| call_setpoint(it, black_box(&c), black_box(&c), NOW, TEMP))
        }),
        Subject::new(ours::RESET, &ours, move || {
            ours::reset(&mut reset, |it| call_setpoint(it, black_box(&d), black_box(&d), NOW, TEMP))
        }),
        Subject::new(ours::SLOT, &ours, move || {
            let called = slot.setpoint(black_box(&e), black_box(&e), NOW, TEMP);
            called.expect("the guest returns").into_value()
        }),
        our_values(component, &list, expected, limited)?,
        bound(TUNED, &limited.tuned_engine()?, component, limited, lists(), by_hand)?,
        bound(DEFAULT, &limited.default_engine()?, component, limited, lists(), by_hand)?,
        their_values(component, &list, expected, limited)?,
        Subject::new(POOLED, &by_hand, move || called(&mut pooled.instance(), black_box(&f))),
    ])
}

fn called(core: &mut Core<Flat, u32>, list: &[f64]) -> (u32, f64) {
    let address = core.call(|arguments| {
        let (prices, draws) = (arguments.numbers(list), arguments.numbers(list));
        (prices.0, prices.1, draws.0, draws.1, NOW, TEMP)
    });
    let until = u32::from_le_bytes(core.read(address));
    (until, f64::from_le_bytes(core.read(address + 8)))
}

fn our_values(
    component: &[u8],
    list: &[f64],
    expected: bench_calls::Advice,
    limited: Limited,
) -> Result<Subject, Failure> {
    let mut function = super::dynamic(component, &WORLD, 0, limited)?;
    let list = || Value::List(list.iter().map(|number| Value::F64(*number)).collect());
    let arguments = [list(), list(), Value::U32(NOW), Value::F64(TEMP)];
    let expected = Value::Record(vec![Value::U32(expected.until), Value::F64(expected.temp)]);
    Ok(Subject::new(ours::DYNAMIC, &expected, move || {
        super::call_dynamic(&mut function, 0, black_box(&arguments))
    }))
}

fn their_values(
    component: &[u8],
    list: &[f64],
    expected: bench_calls::Advice,
    limited: Limited,
) -> Result<Subject, Failure> {
    let mut running = Running::dynamic(component, limited)?;
    let function = running.function(INTERFACE, "setpoint")?;
    let list = || Val::List(list.iter().map(|number| Val::Float64(*number)).collect());
    let arguments = [list(), list(), Val::U32(NOW), Val::Float64(TEMP)];
    let fields = [("until", Val::U32(expected.until)), ("temp", Val::Float64(expected.temp))];
    let expected = Val::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec());
    Ok(Subject::new(component::DYNAMIC, &expected, move || running.call(&function, black_box(&arguments))))
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
    list: Vec<f64>,
    expected: (u32, f64),
) -> Result<Subject, Failure> {
    let (mut running, caller) =
        Running::bound(engine, component, limited, |store, instance| Caller::new(store, instance))?;
    Ok(Subject::new(name, &expected, move || {
        limited.arm(&mut running.store);
        let light = caller.bench_calls_light();
        let called = light.call_setpoint(&mut running.store, black_box(&list), black_box(&list), NOW, TEMP);
        let setpoint = called.expect("the guest returns");
        (setpoint.until, setpoint.temp)
    }))
}
