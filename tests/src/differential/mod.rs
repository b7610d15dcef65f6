//! The direct path held against the engine's own component model, value by value: its dynamic form here, the code that
//! `bindings!` generates in [`run_generated`].
//!
//! ```text
//! random type ─▶ a guest that echoes and, if told so, spoils one byte ─┬─▶ ours: DynamicFunction ─┐
//! random value ────────────────────────────────────────────────────────┴─▶ wasmtime: Val ─────────┴─▶ the same?
//! ```
//!
//! The guest returns the address of its parameters, which are too many for registers: what it was given is what it
//! gives back, through memory both ways. Before that it writes one byte where the caller says, so that pointers,
//! lengths, discriminants, characters and text become wrong as a hostile guest's would. Both sides must then give
//! the same value, bit for bit, or both refuse.

mod generated;
mod guest;
mod oracle;
mod ours;
mod types;
mod values;

use linchpin_host::dynamic::{DynamicError, DynamicFunction, Value};
use linchpin_host::{Engine, EngineConfig, Limits};

use crate::soundness::random::Random;
pub use generated::run_generated;
use guest::Guest;
use oracle::Oracle;
use ours::Ours;

/// How much to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many values.
    pub values: u64,
    /// How many of them are of one type.
    pub of_one_type: u64,
    /// Another seed, other types and values.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Values that both gave, alike.
    pub same: u64,
    /// Of these, from guests that had spoiled a byte.
    pub same_though_spoiled: u64,
    /// Results that both refused.
    pub refused: u64,
    /// Results beyond our limit on what a call may return, which the engine does not have.
    pub over_limit: u64,
    /// Every difference, with the type and the value.
    pub differences: Vec<String>,
}

/// What one side gave: a value, or why there is none.
type Given = Result<Value, String>;

/// What the caller asks of the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spoil {
    /// Where, in the way that the guest reads it; [`Spoil::NOTHING`] leaves all as it is.
    at: u32,
    byte: u8,
}

impl Spoil {
    const NOTHING: Self = Self { at: u32::MAX, byte: 0 };
}

/// Another engine that runs guests behind [`linchpin_host::abi::Instance`].
pub trait OtherEngine {
    /// Loads a guest in the place of the one before.
    ///
    /// # Errors
    /// Why it does not run there.
    fn load(&mut self, component: &[u8], limits: &Limits) -> Result<(), String>;

    /// Calls the guest's only function, on an instance that nobody called before.
    ///
    /// # Errors
    /// As [`DynamicFunction::call`].
    fn call(
        &mut self,
        function: &DynamicFunction,
        arguments: &[Value],
    ) -> Result<Option<Value>, DynamicError>;
}

/// Compares.
///
/// # Errors
/// If a guest cannot be built or loaded on either side.
pub fn run(plan: Plan) -> Result<Report, String> {
    compare(plan, None)
}

/// Compares, and asks for the very same values and errors from another engine.
///
/// # Errors
/// As [`run`], and if a guest cannot be loaded there.
pub fn run_beside(plan: Plan, other: &mut dyn OtherEngine) -> Result<Report, String> {
    compare(plan, Some(other))
}

fn compare(plan: Plan, mut other: Option<&mut dyn OtherEngine>) -> Result<Report, String> {
    let engine = Engine::new(EngineConfig::deterministic()).map_err(|error| error.to_string())?;
    let theirs = oracle::engine()?;
    let limits = Limits { output_bytes: 1 << 24, ..Limits::default() };
    let mut report = Report::default();
    for number in 0..plan.values.div_ceil(plan.of_one_type) {
        let mut random = Random::new(plan.seed, number);
        let ty = types::ty(&mut random);
        let guest = Guest::build(&ty)?;
        let mut ours = Ours::load(&engine, &guest, &limits)?;
        let oracle = Oracle::load(&theirs, &guest)?;
        other.iter_mut().try_for_each(|other| other.load(&guest.component, &limits))?;
        for _ in 0..plan.of_one_type {
            let value = values::value(&mut random, &ty);
            let spoil = spoil(&mut random);
            let what = || format!("seed {}, type {number}: {ty:?}\n{value:?}", plan.seed);
            let (own, expected) = (ours.echo(&value, spoil), oracle.echo(&value, spoil));
            if let Some(other) = &mut other {
                report.add_other(&own, &ours.echo_on(&mut **other, &value, spoil), spoil, what);
            }
            report.add(own, expected, spoil, what);
        }
    }
    Ok(report)
}

/// As much of a text as tells what it is about.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => format!("{}..", &text[..end]),
        None => text.to_owned(),
    }
}

const TEXT_MAX: usize = 2_000;

/// Half of the guests are honest. Most others change the value itself, the rest what it points to.
fn spoil(random: &mut Random) -> Spoil {
    if random.chance(50) {
        return Spoil::NOTHING;
    }
    let at = random.next() as u32 & (u32::MAX >> 1);
    let at = if random.chance(70) { at & !guest::BEHIND } else { at | guest::BEHIND };
    Spoil { at, byte: *random.pick(&[0, 1, 2, 4, 8, 0x7f, 0x80, 0xc0, 0xd8, 0xed, 0xff]) }
}

impl Report {
    fn add(&mut self, own: Given, expected: Given, spoil: Spoil, what: impl Fn() -> String) {
        match (own, expected) {
            (Ok(own), Ok(expected)) if values::same(&own, &expected) => {
                self.same += 1;
                self.same_though_spoiled += u64::from(spoil != Spoil::NOTHING);
            }
            (Err(code), _) if code == "lift-too-large" => self.over_limit += 1,
            (Err(_), Err(_)) if spoil != Spoil::NOTHING => self.refused += 1,
            (own, expected) => self.differs(&own, &expected, spoil, what),
        }
    }

    /// On another engine it is the same code of ours, so that errors have the same codes.
    fn add_other(&mut self, own: &Given, other: &Given, spoil: Spoil, what: impl Fn() -> String) {
        let is_same = match (own, other) {
            (Ok(own), Ok(other)) => values::same(own, other),
            (own, other) => own == other,
        };
        if !is_same {
            self.differs(own, other, spoil, what);
        }
    }

    fn differs(&mut self, own: &Given, theirs: &Given, spoil: Spoil, what: impl Fn() -> String) {
        let (own, theirs) = (format!("ours: {own:?}"), format!("theirs: {theirs:?}"));
        let lines = [what(), format!("{spoil:?}"), own, theirs];
        self.differences.push(lines.map(|line| clipped(&line)).join("\n"));
    }
}
