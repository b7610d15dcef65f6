//! Where a guest was when it trapped: its own functions by name, for a guest that kept the names.
//!
//! `linchpin build --profile debug` keeps them. A guest without names runs in an engine that collects nothing.

use std::fmt::{self, Write as _};
use wasmparser::{Parser, Payload};
use wasmtime::WasmBacktrace;

/// The most calls on the guest's stack that are told, from the innermost.
pub(crate) const CALLS_MAX: usize = 64;

/// The most characters of a name. A name is the guest's word like any other bytes of it.
const NAME_CHARS_MAX: usize = 160;

/// The functions of a guest that had not returned when it trapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backtrace {
    /// The innermost first; at most 64, and at least one.
    pub frames: Vec<Frame>,
    /// There were more calls on the stack than are told.
    pub is_cut: bool,
}

/// One function of a [`Backtrace`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its name as Rust source has it, or as the guest's compiler wrote it for other languages; `function 7` where it has
    /// none. At most 160 characters, none of them a control character.
    pub function: String,
    /// How many calls of it in a row there were, each made by the one before; at least one.
    pub calls: usize,
}

impl Backtrace {
    /// What the engine collected with an error; nothing for a guest without names.
    pub(super) fn of(error: &wasmtime::Error) -> Option<Self> {
        let collected = error.downcast_ref::<WasmBacktrace>()?.frames();
        let mut frames: Vec<Frame> = Vec::new();
        let mut previous = None;
        for frame in collected {
            match frames.last_mut() {
                Some(last) if previous == Some(frame.func_index()) => last.calls += 1,
                Some(_) | None => {
                    let function = match frame.func_name() {
                        Some(name) => readable(name),
                        None => format!("function {}", frame.func_index()),
                    };
                    frames.push(Frame { function, calls: 1 });
                }
            }
            previous = Some(frame.func_index());
        }
        (!frames.is_empty()).then_some(Self { frames, is_cut: collected.len() >= CALLS_MAX })
    }
}

impl fmt::Display for Backtrace {
    /// In one line.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, frame) in self.frames.iter().enumerate() {
            let by = if position == 0 { "in" } else { ", called by" };
            write!(out, "{by} {frame}")?;
        }
        if self.is_cut { out.write_str(", called by others") } else { Ok(()) }
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.calls {
            1 => write!(out, "`{}`", self.function),
            calls => write!(out, "`{}` ({calls} calls)", self.function),
        }
    }
}

/// Whether a core module names its functions.
pub(super) fn has_names(core_module: &[u8]) -> bool {
    let payloads = Parser::new(0).parse_all(core_module);
    payloads.filter_map(Result::ok).any(|it| matches!(it, Payload::CustomSection(it) if it.name() == "name"))
}

/// A symbol as its source has it, without the compiler's hash.
fn readable(symbol: &str) -> String {
    let mut name = Clipped { text: String::new(), chars: 0 };
    // It only fails to stop a name that is too long.
    let _ = write!(name, "{:#}", rustc_demangle::demangle(symbol));
    name.text
}

/// Text of at most [`NAME_CHARS_MAX`] characters. What writes more is told to stop.
struct Clipped {
    text: String,
    chars: usize,
}

impl fmt::Write for Clipped {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for char in text.chars() {
            if self.chars == NAME_CHARS_MAX {
                self.text.pop();
                self.text.push('…');
                return Err(fmt::Error);
            }
            self.text.push(if char.is_control() { char::REPLACEMENT_CHARACTER } else { char });
            self.chars += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_name_is_what_the_source_has() {
        assert_eq!(readable("_ZN6heater4plan17h0123456789abcdefE"), "heater::plan");
        assert_eq!(readable("_RNvCs1a2b3c_6heater4plan"), "heater::plan");
        assert_eq!(readable("legacy_step"), "legacy_step");
    }

    #[test]
    fn a_name_from_a_hostile_guest_is_short_and_moves_no_cursor() {
        assert_eq!(readable("a\u{1b}[2Jb\n"), "a\u{fffd}[2Jb\u{fffd}");
        let long = readable(&"é".repeat(100_000));
        assert_eq!((long.chars().count(), long.chars().last()), (160, Some('…')));
        assert_eq!(readable(&"é".repeat(160)).chars().last(), Some('é'));
    }
}
