//! What an engine's error means for the caller.

use super::backtrace::Backtrace;
use crate::abi::Trap;
use wasmtime::WasmBacktrace;

/// The trap that an error stands for; `message` is asked for the guest's own panic message where it may have one.
pub(super) fn trap(error: &wasmtime::Error, message: impl FnOnce() -> Option<String>) -> Trap {
    match error.downcast_ref::<wasmtime::Trap>() {
        Some(wasmtime::Trap::OutOfFuel) => Trap::Instructions,
        Some(wasmtime::Trap::Interrupt) => Trap::Deadline,
        Some(wasmtime::Trap::StackOverflow) => Trap::Stack,
        Some(wasmtime::Trap::UnreachableCodeReached) => match message() {
            Some(message) => Trap::Guest { message },
            None => guest("it reached an `unreachable` instruction, as a panic in a release build does"),
        },
        Some(trap) => guest(trap.to_string().trim_start_matches("wasm trap: ")),
        None => Trap::Guest { message: root_cause(error) },
    }
}

/// In words, with where it was if the guest has names.
pub(super) fn described(error: &wasmtime::Error) -> String {
    let trap = trap(error, || None);
    Backtrace::of(error).map_or_else(|| trap.to_string(), |backtrace| format!("{trap}, {backtrace}"))
}

/// A trap that the host itself found.
pub(super) fn guest(message: &str) -> Trap {
    Trap::Guest { message: message.to_owned() }
}

pub(super) fn root_cause(error: &wasmtime::Error) -> String {
    // The engine puts its own text of a backtrace in front, of many lines.
    if error.is::<WasmBacktrace>() { error.root_cause().to_string() } else { format!("{error:#}") }
}
