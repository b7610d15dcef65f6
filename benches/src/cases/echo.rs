//! `echo`: text in, the same text out.

use crate::bindings::ours::caller::{Slot, WORLD, call_echo};
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
const EXPORT: &str = "bench:calls/light@1.0.0#echo";
const FUNCTION: usize = 2;
const TEXT: &str = "the cheapest hours that keep the water comfortable: 02:00-05:00.";

pub(super) fn subjects(guests: &Guests, limited: Limited) -> Result<Vec<Subject>, Failure> {
    let component = &guests.calls;
    let expected = TEXT.to_owned();
    let mut core = Core::<(u32, u32), u32>::new(component, EXPORT, limited)?;
    let pooled = Pooled::new(component, EXPORT, limited)?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let slot: Slot = ours::slot(Slot::builder, &WORLD, component, limited)?;
    let mut values = super::dynamic(component, &WORLD, FUNCTION, limited)?;
    let arguments = [Value::String(expected.clone())];
    let mut dynamic = Running::dynamic(component, limited)?;
    let function = dynamic.function(INTERFACE, "echo")?;
    let their_arguments = [Val::String(expected.clone())];
    Ok(vec![
        Subject::new("native", &expected, || bench_calls::Caller::echo(black_box(TEXT).to_owned())),
        Subject::new(CORE, &expected, move || called(&mut core)),
        Subject::new(ours::PLAIN, &expected, move || {
            ours::plain(&mut plain, |it| call_echo(it, black_box(TEXT)))
        }),
        Subject::new(ours::RESET, &expected, move || {
            ours::reset(&mut reset, |it| call_echo(it, black_box(TEXT)))
        }),
        Subject::new(ours::SLOT, &expected, move || {
            slot.echo(black_box(TEXT)).expect("the guest returns").into_value()
        }),
        Subject::new(ours::DYNAMIC, &Value::String(expected.clone()), move || {
            super::call_dynamic(&mut values, FUNCTION, black_box(&arguments))
        }),
        bound(TUNED, &limited.tuned_engine()?, component, limited)?,
        bound(DEFAULT, &limited.default_engine()?, component, limited)?,
        Subject::new(component::DYNAMIC, &Val::String(expected.clone()), move || {
            dynamic.call(&function, black_box(&their_arguments))
        }),
        Subject::new(POOLED, &expected, move || called(&mut pooled.instance())),
    ])
}

fn called(core: &mut Core<(u32, u32), u32>) -> String {
    let address = core.call(|arguments| arguments.text(black_box(TEXT)));
    let start = u32::from_le_bytes(core.read(address));
    let length = u32::from_le_bytes(core.read(address + 4));
    let text = std::str::from_utf8(core.bytes(start, length)).expect("text").to_owned();
    core.post_return(address);
    text
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
) -> Result<Subject, Failure> {
    let (mut running, caller) =
        Running::bound(engine, component, limited, |store, instance| Caller::new(store, instance))?;
    Ok(Subject::new(name, &TEXT.to_owned(), move || {
        limited.arm(&mut running.store);
        let echo = caller.bench_calls_light().call_echo(&mut running.store, black_box(TEXT));
        echo.expect("the guest returns")
    }))
}
