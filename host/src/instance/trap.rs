//! What an engine's error means for the caller.

use crate::abi::Trap;

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

/// A trap that the host itself found.
pub(super) fn guest(message: &str) -> Trap {
    Trap::Guest { message: message.to_owned() }
}

pub(super) fn root_cause(error: &wasmtime::Error) -> String {
    format!("{error:#}")
}
