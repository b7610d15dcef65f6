//! `total`: a list of 512 records in, a number out.

use crate::bindings::ours::caller::light::Quote;
use crate::bindings::ours::caller::{Slot, WORLD, call_total};
use crate::bindings::theirs::caller::Caller;
use crate::bindings::theirs::caller::exports::bench::calls::light::Quote as TheirQuote;
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
const EXPORT: &str = "bench:calls/light@1.0.0#total";
const FUNCTION: usize = 1;

pub(super) fn subjects(guests: &Guests, limited: Limited) -> Result<Vec<Subject>, Failure> {
    let component = &guests.calls;
    let quotes: Vec<(u32, f64)> = (0..512).map(|hour| (hour, f64::from(hour % 13))).collect();
    let native: Vec<_> =
        quotes.iter().map(|(start, price)| bench_calls::Quote { start: *start, price: *price }).collect();
    let expected = bench_calls::total(&native);
    let lists = || -> Vec<Quote> {
        quotes.iter().map(|(start, price)| Quote { start: *start, price: *price }).collect()
    };
    let mut core = Core::<(u32, u32), f64>::new(component, EXPORT, limited)?;
    let pooled = Pooled::new(component, EXPORT, limited)?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let slot: Slot = ours::slot(Slot::builder, &WORLD, component, limited)?;
    let (a, b, c, d, e) = (lists(), lists(), lists(), lists(), lists());
    Ok(vec![
        Subject::new("native", &expected, move || bench_calls::total(black_box(&native))),
        Subject::new(CORE, &expected, move || called(&mut core, black_box(&a))),
        Subject::new(ours::PLAIN, &expected, move || {
            ours::plain(&mut plain, |it| call_total(it, black_box(&b)))
        }),
        Subject::new(ours::RESET, &expected, move || {
            ours::reset(&mut reset, |it| call_total(it, black_box(&c)))
        }),
        Subject::new(ours::SLOT, &expected, move || {
            slot.total(black_box(&d)).expect("the guest returns").into_value()
        }),
        our_values(component, &quotes, expected, limited)?,
        bound(TUNED, &limited.tuned_engine()?, component, limited, &quotes, expected)?,
        bound(DEFAULT, &limited.default_engine()?, component, limited, &quotes, expected)?,
        their_values(component, &quotes, expected, limited)?,
        Subject::new(POOLED, &expected, move || called(&mut pooled.instance(), black_box(&e))),
    ])
}

fn called(core: &mut Core<(u32, u32), f64>, quotes: &[Quote]) -> f64 {
    core.call(|arguments| {
        arguments.place(quotes.len(), 16, |bytes| {
            let (windows, _) = bytes.as_chunks_mut::<16>();
            for (window, quote) in windows.iter_mut().zip(quotes) {
                let (start, price) = window.split_at_mut(8);
                start.copy_from_slice(&u64::from(quote.start).to_le_bytes());
                price.copy_from_slice(&quote.price.to_le_bytes());
            }
        })
    })
}

fn our_values(
    component: &[u8],
    quotes: &[(u32, f64)],
    expected: f64,
    limited: Limited,
) -> Result<Subject, Failure> {
    let mut function = super::dynamic(component, &WORLD, FUNCTION, limited)?;
    let quote = |(start, price): &(u32, f64)| Value::Record(vec![Value::U32(*start), Value::F64(*price)]);
    let arguments = [Value::List(quotes.iter().map(quote).collect())];
    Ok(Subject::new(ours::DYNAMIC, &Value::F64(expected), move || {
        super::call_dynamic(&mut function, FUNCTION, black_box(&arguments))
    }))
}

fn their_values(
    component: &[u8],
    quotes: &[(u32, f64)],
    expected: f64,
    limited: Limited,
) -> Result<Subject, Failure> {
    let mut running = Running::dynamic(component, limited)?;
    let function = running.function(INTERFACE, "total")?;
    let quote = |(start, price): &(u32, f64)| {
        let fields = [("start", Val::U32(*start)), ("price", Val::Float64(*price))];
        Val::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
    };
    let arguments = [Val::List(quotes.iter().map(quote).collect())];
    let expected = Val::Float64(expected);
    Ok(Subject::new(component::DYNAMIC, &expected, move || running.call(&function, black_box(&arguments))))
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
    quotes: &[(u32, f64)],
    expected: f64,
) -> Result<Subject, Failure> {
    let quotes: Vec<_> =
        quotes.iter().map(|(start, price)| TheirQuote { start: *start, price: *price }).collect();
    let (mut running, caller) =
        Running::bound(engine, component, limited, |store, instance| Caller::new(store, instance))?;
    Ok(Subject::new(name, &expected, move || {
        limited.arm(&mut running.store);
        let total = caller.bench_calls_light().call_total(&mut running.store, black_box(&quotes));
        total.expect("the guest returns")
    }))
}
