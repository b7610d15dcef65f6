//! A small network, with and without `simd128` in the guest's own function.

use crate::bindings::ours::inferrer::{WORLD, call_infer, call_infer_simd};
use crate::bindings::theirs::inferrer::Inferrer;
use crate::by_hand::{CORE, Core};
use crate::component::{DEFAULT, Running, TUNED};
use crate::engines::Limited;
use crate::guests::Guests;
use crate::measure::Subject;
use crate::{Failure, ours};
use std::hint::black_box;
use wasmtime::Engine;

const EXPORT: &str = "bench:mlp/network@1.0.0#infer";
const EXPORT_SIMD: &str = "bench:mlp/network@1.0.0#infer-simd";

pub(super) fn subjects(guests: &Guests, limited: Limited) -> Result<Vec<Subject>, Failure> {
    let component = &guests.mlp;
    let inputs: [f32; bench_mlp::INPUTS] = std::array::from_fn(|place| (place * 7 % 13) as f32 / 13.0);
    let expected = bench_mlp::infer(&inputs);
    let mut core = Core::<(u32, u32), f32>::new(component, EXPORT, limited)?;
    let mut core_simd = Core::<(u32, u32), f32>::new(component, EXPORT_SIMD, limited)?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut plain_simd = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let mut reset_simd = ours::instance(component, &WORLD, limited)?;
    let (tuned, default) = (limited.tuned_engine()?, limited.default_engine()?);
    Ok(vec![
        Subject::new("native", &expected, move || bench_mlp::infer(black_box(&inputs))),
        Subject::new(CORE, &expected, move || called(&mut core, black_box(&inputs))),
        Subject::new("core typed call, by hand, simd128", &expected, move || {
            called(&mut core_simd, black_box(&inputs))
        }),
        Subject::new(ours::PLAIN, &expected, move || {
            ours::plain(&mut plain, |it| call_infer(it, black_box(&inputs)))
        }),
        Subject::new("ours, simd128", &expected, move || {
            ours::plain(&mut plain_simd, |it| call_infer_simd(it, black_box(&inputs)))
        }),
        Subject::new(ours::RESET, &expected, move || {
            ours::reset(&mut reset, |it| call_infer(it, black_box(&inputs)))
        }),
        Subject::new("ours, simd128, with reset", &expected, move || {
            ours::reset(&mut reset_simd, |it| call_infer_simd(it, black_box(&inputs)))
        }),
        bound(TUNED, &tuned, component, limited, false, inputs, expected)?,
        bound("component bindings, tuned, simd128", &tuned, component, limited, true, inputs, expected)?,
        bound(DEFAULT, &default, component, limited, false, inputs, expected)?,
    ])
}

fn called(core: &mut Core<(u32, u32), f32>, inputs: &[f32]) -> f32 {
    core.call(|arguments| {
        arguments.place(inputs.len(), 4, |bytes| {
            let (cells, _) = bytes.as_chunks_mut::<4>();
            for (cell, input) in cells.iter_mut().zip(inputs) {
                *cell = input.to_le_bytes();
            }
        })
    })
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
    is_simd: bool,
    inputs: [f32; bench_mlp::INPUTS],
    expected: f32,
) -> Result<Subject, Failure> {
    let (mut running, inferrer) =
        Running::bound(engine, component, limited, |store, instance| Inferrer::new(store, instance))?;
    Ok(Subject::new(name, &expected, move || {
        limited.arm(&mut running.store);
        let network = inferrer.bench_mlp_network();
        let called = match is_simd {
            false => network.call_infer(&mut running.store, black_box(&inputs)),
            true => network.call_infer_simd(&mut running.store, black_box(&inputs)),
        };
        called.expect("the guest returns")
    }))
}
