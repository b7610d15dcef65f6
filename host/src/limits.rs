//! What one guest may use: bytes before it is loaded, and memory, instructions, time and stack in each call.

use std::time::Duration;

/// The limits of one guest. Each has a default that fits a small device; set those that you know better.
///
/// ```
/// use linchpin_host::Limits;
/// use std::time::Duration;
///
/// let limits = Limits { memory_bytes: 256 << 10, deadline: Duration::from_millis(5), ..Limits::default() };
/// assert_eq!(limits.instructions, 10_000_000);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Linear memory, in bytes. A guest whose memory starts larger is not loaded; growth past it fails in the
    /// guest. Default 2 MiB, of which a guest with Rust's standard library needs about half for its stack.
    pub memory_bytes: usize,
    /// WebAssembly instructions in one call, counted by the engine as fuel (most instructions cost one, a few
    /// cost nothing). Default 10 million.
    pub instructions: u64,
    /// Time for one call. A guest is stopped at the deadline or at most two ticks of
    /// [`Engine::DEADLINE_RESOLUTION`](crate::Engine::DEADLINE_RESOLUTION) later, never earlier.
    /// Default 100 milliseconds.
    pub deadline: Duration,
    /// Native stack for one call, in bytes; the calling thread must have this much left. Default 256 KiB.
    pub stack_bytes: usize,
    /// Size of a component, in bytes, checked before anything is read from it. Default 1 MiB.
    pub component_bytes: usize,
    /// What one call may ask the guest to allocate for its arguments, in bytes. Default 1 MiB.
    pub input_bytes: usize,
    /// What one call may return through memory, in bytes. Default 1 MiB.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 2 << 20,
            instructions: 10_000_000,
            deadline: Duration::from_millis(100),
            stack_bytes: 256 << 10,
            component_bytes: 1 << 20,
            input_bytes: 1 << 20,
            output_bytes: 1 << 20,
        }
    }
}

/// What one call used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallStats {
    /// Instructions executed, as [`Limits::instructions`] counts them; zero where the engine does not count.
    pub instructions: u64,
    /// The guest's linear memory at the end of the call, in bytes.
    pub memory_bytes: usize,
}
