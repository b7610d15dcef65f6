//! What a call says of itself.

use linchpin_host::dynamic::DynamicError;
use linchpin_host::{Backtrace, CallStats, ExportedFunction};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{Outcome, RunArgs};
use crate::console::{BAD, BOLD, DIM, styled};
use crate::error::Error;
use crate::text;
use crate::values::{TypedValue, to_wave};

/// The result of one call.
#[derive(Debug, Clone, Serialize)]
pub struct RunReport {
    /// The function's full name.
    pub function: String,
    /// What it returned, as JSON with fields in the order of the type; absent where it returns nothing or failed.
    pub output: Option<Box<RawValue>>,
    /// Why it did not return.
    pub failure: Option<Failure>,
    /// Instructions executed.
    pub instructions: u64,
    /// Instructions allowed.
    pub instructions_limit: u64,
    /// Linear memory at the end, in bytes.
    pub memory_bytes: usize,
    /// Linear memory allowed, in bytes.
    pub memory_limit_bytes: usize,
    /// `output` as it is printed for people.
    #[serde(skip)]
    pub output_text: String,
}

/// Why a call did not return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// As `trap-instructions`.
    pub code: &'static str,
    /// In words.
    pub message: String,
    /// The guest's functions that had not returned when it trapped, the innermost first; empty if it has no names, which
    /// `linchpin build --profile debug` keeps.
    pub backtrace: Vec<Frame>,
    /// There were more of them than are told.
    pub is_backtrace_cut: bool,
}

/// One function of a backtrace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Its name, as Rust source has it.
    pub function: String,
    /// How many calls of it in a row there were.
    pub calls: usize,
}

impl Failure {
    fn new(error: &DynamicError, backtrace: Option<Backtrace>) -> Self {
        let is_backtrace_cut = backtrace.as_ref().is_some_and(|backtrace| backtrace.is_cut);
        let frames = backtrace.into_iter().flat_map(|backtrace| backtrace.frames);
        let backtrace = frames.map(|frame| Frame { function: frame.function, calls: frame.calls });
        let (code, message) = (error.code(), error.to_string());
        Self { code, message, backtrace: backtrace.collect(), is_backtrace_cut }
    }

    fn to_text(&self) -> String {
        let mut text = format!(
            "{} {}\n  {}\n",
            styled(BAD, "failed"),
            styled(BOLD, self.code),
            self.message.replace('\n', "\n  ")
        );
        for (position, Frame { function, calls }) in self.backtrace.iter().enumerate() {
            let by = if position == 0 { "in       " } else { "called by" };
            text.push_str(&format!("  {} {function}", styled(DIM, by)));
            if *calls > 1 {
                text.push_str(&styled(DIM, &format!(", {calls} calls")));
            }
            text.push('\n');
        }
        if self.is_backtrace_cut {
            text.push_str(&format!("  {} others\n", styled(DIM, "called by")));
        }
        text
    }
}

pub(super) fn report(
    args: &RunArgs,
    function: &ExportedFunction,
    outcome: Outcome,
    stats: CallStats,
) -> Result<RunReport, Error> {
    let unshown = |reason: String| Error::Output { reason };
    let mut report = RunReport {
        function: function.name.to_string(),
        output: None,
        failure: None,
        instructions: stats.instructions,
        instructions_limit: args.instructions,
        memory_bytes: stats.memory_bytes,
        memory_limit_bytes: args.memory,
        output_text: String::new(),
    };
    match (outcome, &function.result) {
        (Ok(Some(value)), Some(ty)) => {
            let typed = TypedValue { ty, value: &value };
            report.output = Some(to_raw_value(&typed).map_err(|reason| unshown(reason.to_string()))?);
            report.output_text = if args.wave {
                to_wave(ty, &value, "output").map_err(|reason| unshown(reason.to_string()))?
            } else {
                serde_json::to_string_pretty(&typed).map_err(|reason| unshown(reason.to_string()))?
            };
        }
        (Ok(_), _) => {}
        (Err((error, backtrace)), _) => report.failure = Some(Failure::new(&error, backtrace)),
    }
    Ok(report)
}

impl RunReport {
    /// The result for people.
    pub fn to_text(&self) -> String {
        let result = match &self.failure {
            Some(failure) => failure.to_text(),
            None if self.output_text.is_empty() => format!("{}\n", styled(DIM, "returned nothing")),
            None => format!("{}\n", self.output_text),
        };
        format!(
            "{result}\n  {} {} of {} ({})\n  {} {} of {} KiB\n",
            styled(DIM, "instructions"),
            text::thousands_u64(self.instructions),
            text::thousands_u64(self.instructions_limit),
            percent(self.instructions, self.instructions_limit),
            styled(DIM, "memory      "),
            self.memory_bytes / 1024,
            self.memory_limit_bytes / 1024,
        )
    }
}

fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1000 / u128::from(whole.max(1));
    format!("{}.{} %", tenths / 10, tenths % 10)
}
