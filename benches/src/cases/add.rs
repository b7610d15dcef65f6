//! `add`: two numbers in, one out.

use crate::bindings::ours::adder::{Slot, WORLD, call_add};
use crate::bindings::theirs::adder::Adder;
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

const INTERFACE: &str = "bench:add/sums@1.0.0";
const EXPORT: &str = "bench:add/sums@1.0.0#add";
const A: u32 = 40;
const B: u32 = 2;
const SUM: u32 = 42;

pub(super) fn subjects(guests: &Guests, limited: Limited) -> Result<Vec<Subject>, Failure> {
    let component = &guests.add;
    let mut core = Core::<(u32, u32), u32>::new(component, EXPORT, limited)?;
    let pooled = Pooled::new(component, EXPORT, limited)?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let slot: Slot = ours::slot(Slot::builder, &WORLD, component, limited)?;
    let mut values = super::dynamic(component, &WORLD, 0, limited)?;
    let mut dynamic = Running::dynamic(component, limited)?;
    let function = dynamic.function(INTERFACE, "add")?;
    Ok(vec![
        Subject::new("native", &SUM, || bench_add::Adder::add(black_box(A), black_box(B))),
        Subject::new(CORE, &SUM, move || core.call(|_| (black_box(A), black_box(B)))),
        Subject::new(ours::PLAIN, &SUM, move || {
            ours::plain(&mut plain, |it| call_add(it, black_box(A), black_box(B)))
        }),
        Subject::new(ours::RESET, &SUM, move || {
            ours::reset(&mut reset, |it| call_add(it, black_box(A), black_box(B)))
        }),
        Subject::new(ours::SLOT, &SUM, move || {
            slot.add(black_box(A), black_box(B)).expect("the guest returns").into_value()
        }),
        Subject::new(ours::DYNAMIC, &Value::U32(SUM), move || {
            super::call_dynamic(&mut values, 0, &[Value::U32(black_box(A)), Value::U32(black_box(B))])
        }),
        bound(TUNED, &limited.tuned_engine()?, component, limited)?,
        bound(DEFAULT, &limited.default_engine()?, component, limited)?,
        Subject::new(component::DYNAMIC, &Val::U32(SUM), move || {
            dynamic.call(&function, &[Val::U32(black_box(A)), Val::U32(black_box(B))])
        }),
        Subject::new(POOLED, &SUM, move || {
            pooled.instance::<(u32, u32), u32>().call(|_| (black_box(A), black_box(B)))
        }),
    ])
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
) -> Result<Subject, Failure> {
    let (mut running, adder) =
        Running::bound(engine, component, limited, |store, instance| Adder::new(store, instance))?;
    Ok(Subject::new(name, &SUM, move || {
        limited.arm(&mut running.store);
        let sum = adder.bench_add_sums().call_add(&mut running.store, black_box(A), black_box(B));
        sum.expect("the guest returns")
    }))
}
