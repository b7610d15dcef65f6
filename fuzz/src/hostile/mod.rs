//! Guests that answer with any memory at all, on the direct path.
//!
//! An input becomes what a guest leaves behind: its memory, its flat result, what its allocator gave. Mostly that is
//! a value of the function's result type, written along the type and spoiled in places, so that pointers and lengths
//! near their bounds, lists that overlap, text that is none and cases that do not exist are really reached. It is
//! lifted twice, by code that `bindings!` generated and by the dynamic form. What must hold of every input:
//!
//! - both give a value or an error with a code, and neither panics;
//! - they agree: on the error, and on the value to its last bit, since both send it back and that is compared;
//! - neither holds more memory than follows from the limit on output and the type.
//!
//! ```text
//! input ─▶ choices ─▶ write ─▶ guest ─┬─▶ bindings ─▶ value ─▶ recorder ─┐
//!                                     └─▶ dynamic  ─▶ value ─▶ recorder ─┴─▶ the same
//! ```

#![allow(missing_docs, reason = "generated modules are read by nobody")]

mod bindings;
mod bound;
mod choices;
mod guest;
mod subjects;
mod types;
mod write;
mod zero;

use linchpin_host::abi::{CallError, LiftError};
use linchpin_host::dynamic::{DynamicError, Value};

use choices::Choices;
use guest::{Answer, Hostile, Recorder};
use subjects::{Echo, Lifted, Subject};
use write::Writer;

/// Runs its argument once, and says how many bytes that held at most, or 0 where that is not measured.
pub type Meter = fn(&mut dyn FnMut()) -> usize;

/// What came of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// The function.
    pub function: &'static str,
    /// `value`, or the code of the error.
    pub code: &'static str,
}

/// What a lifted value's code is.
pub const VALUE: &str = "value";

/// How many functions there are.
#[must_use]
pub fn functions() -> usize {
    subjects::all().len()
}

/// Lifts what the input says in both forms.
///
/// # Panics
/// When the two disagree, or hold too much. That is the finding.
pub fn run(input: &[u8], meter: Meter) -> Outcome {
    let mut choices = Choices::new(input);
    let all = subjects::all();
    let subject = &all[choices.below(all.len() as u32) as usize];
    let answer = answer(choices, subject);
    let mut sent = Recorder::default();
    let Lifted { outcome, peak_bytes } = (subject.typed)(&mut Hostile::new(&answer), &mut sent, meter);
    let most = bound::typed(answer.output_bytes);
    assert!(peak_bytes as u64 <= most, "`{}` holds {peak_bytes} bytes, and {most} at most", subject.name);
    let dynamic = dynamic(subject, &answer, meter);
    let code = match (outcome, dynamic) {
        (Ok(()), Ok(value)) => {
            agree(subject, &sent, value);
            VALUE
        }
        (Err(typed), Err(DynamicError::Call(dynamic))) => {
            assert!(is_same(&typed, &dynamic), "`{}`: {typed} and {dynamic}", subject.name);
            typed.code()
        }
        (typed, dynamic) => panic!("`{}`: {typed:?} and {dynamic:?}", subject.name),
    };
    Outcome { function: subject.name, code }
}

fn dynamic(subject: &Subject, answer: &Answer, meter: Meter) -> Result<Option<Value>, DynamicError> {
    let mut result = Ok(None);
    let peak_bytes =
        meter(&mut || result = subject.dynamic.call(&mut Hostile::new(answer), 0, &subject.arguments));
    let most = bound::dynamic(&subject.result, answer.output_bytes);
    let name = subject.name;
    assert!(peak_bytes as u64 <= most, "`{name}`, dynamic, holds {peak_bytes} bytes, and {most} at most");
    result
}

/// Sends the dynamic value as generated code sent its own.
fn agree(subject: &Subject, sent: &Recorder, value: Option<Value>) {
    let value = value.unwrap_or_else(|| panic!("`{}` gave no dynamic value", subject.name));
    let value = match subject.echo {
        Echo::Same => value,
        Echo::Some => Value::Option(Some(Box::new(value))),
        Echo::No => return,
    };
    let mut recorder = Recorder::default();
    let stopped = subject.dynamic.call(&mut recorder, 0, &[value]);
    assert!(stopped.is_err_and(|error| error.code() == "trap-stack"), "the recorder stops every call");
    assert_eq!(*sent, recorder, "`{}` gave two values", subject.name);
}

/// The dynamic form knows no names of types; all else is the same.
fn is_same(typed: &CallError, dynamic: &CallError) -> bool {
    let case = |error: &CallError| match error {
        CallError::Lift(LiftError::Discriminant { value, cases, .. }) => Some((*value, *cases)),
        _ => None,
    };
    typed == dynamic || (case(typed).is_some() && case(typed) == case(dynamic))
}

/// What the guest leaves behind.
fn answer(mut choices: Choices<'_>, subject: &Subject) -> Answer {
    let output_bytes = match choices.below(64) {
        63 => 1 << 20,
        62 => 1 << 16,
        _ => choices.pick(96, &[0, 16, 256, 1024, 4096]),
    };
    let bytes = if choices.one_in(32) { 1 << 16 } else { choices.pick(256, &[0, 8, 64, 1024, 4096]) };
    let memory = vec![0; bytes + choices.below(9) as usize];
    let allocation = match choices.below(32) {
        31 => choices.pick(None, &[Some(504), Some(4), Some(u32::MAX - 7)]),
        _ => Some(8),
    };
    let traps = choices.one_in(64);
    let answer = Answer { memory, slot: 0, allocation, traps, output_bytes };
    match choices.below(16) {
        0..=10 => written(&mut choices, answer, subject),
        11 | 12 => words(&mut choices, answer),
        13 => holding_itself(&mut choices, answer),
        14 => Answer { slot: choices.bits(), ..answer },
        _ => Answer { slot: u64::from(choices.word()), memory: choices.rest().to_vec(), ..answer },
    }
}

fn written(choices: &mut Choices<'_>, answer: Answer, subject: &Subject) -> Answer {
    let mut writer = Writer::new(choices, answer.memory, answer.output_bytes);
    let slot = writer.result(&subject.result);
    Answer { slot, memory: writer.memory, ..answer }
}

/// Numbers of which many could be pointers and lengths.
fn words(choices: &mut Choices<'_>, mut answer: Answer) -> Answer {
    answer.memory.truncate(1024);
    for word in answer.memory.chunks_exact_mut(4) {
        word.copy_from_slice(&choices.word().to_le_bytes());
    }
    let slot = if choices.one_in(8) { choices.bits() } else { u64::from(choices.below(8) * 8) };
    Answer { slot, ..answer }
}

/// Every word pair is the same list: of lists that are this list, as deep as the type goes.
fn holding_itself(choices: &mut Choices<'_>, mut answer: Answer) -> Answer {
    let (start, length) = (choices.below(4) * 8, choices.pick(1_u32, &[2, 3, 16, 100, 1000]));
    for pair in answer.memory.chunks_exact_mut(8) {
        pair.copy_from_slice(&(u64::from(start) | u64::from(length) << 32).to_le_bytes());
    }
    Answer { slot: u64::from(choices.below(4) * 8), ..answer }
}
