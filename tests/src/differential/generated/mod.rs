//! Generated code held against the engine's own component model, value by value.
//!
//! ```text
//! random value ─┬─▶ a Rust type of `bindings!` ─▶ generated call ─▶ the Rust type again ─┐
//!               └─▶ wasmtime: Val ─────────────▶ component call ─▶ Val ──────────────────┴─▶ the same?
//! ```
//!
//! The types are those of `echoes.wit`. Echoes go through memory both ways, and their guest spoils a byte if it is told
//! so; the functions named `flat-` tell the bits that came in registers.

mod bridge;
mod calls;

use linchpin_host::dynamic::Value;
use linchpin_host::{Engine, EngineConfig, Limits, Loaded, ValueType};
use wasmtime::component::{Component, Val};

use super::{Given, Oracle, Plan, Report, Spoil, guest, oracle, spoil, values};
use crate::soundness::random::Random;
use calls::{CALLS, Call, echoing};

/// Memory of the guest: room for the largest value that is made.
const PAGES: u32 = 16;

/// What every member of the padding is.
const PADDING: u8 = 7;

/// One function on both sides.
struct Sides<'c> {
    call: &'c Call,
    ty: ValueType,
    oracle: Oracle,
}

/// Compares; the functions take turns with `of_one_type` values each.
///
/// # Errors
/// If the guest cannot be built or loaded on either side.
pub fn run_generated(plan: Plan) -> Result<Report, String> {
    let component = guest::component(include_str!("echoes.wit"), PAGES)?;
    let limits = Limits { output_bytes: 1 << 24, ..Limits::default() };
    let engine = Engine::new(EngineConfig::deterministic()).map_err(|error| error.to_string())?;
    let loaded = Loaded::for_world(&engine, &component, &echoing::WORLD, &limits);
    let loaded = loaded.map_err(|error| error.to_string())?;
    let sides = sides(&loaded, &component)?;
    let mut report = Report::default();
    for number in 0..plan.values.div_ceil(plan.of_one_type) {
        let mut random = Random::new(plan.seed, number);
        let side = &sides[usize::try_from(number).unwrap_or_default() % sides.len()];
        for _ in 0..plan.of_one_type {
            let value = values::value(&mut random, &side.ty);
            let what = || format!("seed {}, turn {number}: {}\n{value:?}", plan.seed, side.call.name);
            let spoil = if side.call.is_flat() { Spoil::NOTHING } else { spoil(&mut random) };
            let own = loaded.call(|instance| (side.call.call)(instance, &value, spoil));
            let own = own.map_err(|error| error.to_string())?;
            report.add(own, side.expected(&value, spoil), spoil, what);
        }
    }
    Ok(report)
}

fn sides<'c>(loaded: &Loaded, component: &[u8]) -> Result<Vec<Sides<'c>>, String> {
    let theirs = oracle::engine()?;
    let component = Component::new(&theirs, component).map_err(|error| format!("{error:#}"))?;
    let functions = loaded.functions().iter().map(|function| {
        let name = &function.name;
        let call = CALLS.iter().find(|call| call.name == name.name);
        let call = call.ok_or_else(|| format!("`{}` is not called", name.name))?;
        let (_, ty) = function.parameters.first().ok_or("a function without parameters")?;
        let interface = name.interface.as_deref().unwrap_or_default();
        let oracle = Oracle::of(&theirs, &component, interface, &name.name, ty)?;
        Ok(Sides { call, ty: ty.clone(), oracle })
    });
    functions.collect()
}

impl Sides<'_> {
    fn expected(&self, value: &Value, spoil: Spoil) -> Given {
        if self.call.is_flat() {
            return self.oracle.flat(value);
        }
        let padding = (0..16).map(|number| (format!("p{number}"), Val::U8(PADDING))).collect();
        self.oracle.echo_beside(value, spoil, vec![Val::Record(padding)])
    }
}
