//! What lowering and lifting see of an engine: memory bytes and core calls, never an engine's own types.

use super::flat::{FlatParameters, FlatResult};
use std::ops::Range;

/// One instantiated guest, seen from the canonical ABI's caller side.
///
/// Functions are named by their index in the [`WorldContract`](crate::world::WorldContract) that the instance was
/// loaded for.
pub trait Instance {
    /// The guest's linear memory, as long as it is now, to read from.
    fn memory(&self) -> &[u8];

    /// Bytes of the guest's linear memory to write to; none if memory does not reach that far.
    ///
    /// An instance that is reset after a call learns from this which parts of its memory the host has changed.
    fn memory_mut(&mut self, range: Range<usize>) -> Option<&mut [u8]>;

    /// Asks the guest for `size` bytes at a multiple of `align`: its `cabi_realloc`, or its arena where it
    /// exports one.
    ///
    /// The address is the guest's word and may lie outside memory: the caller checks it.
    ///
    /// # Errors
    /// A [`Trap`] if the guest trapped or has no allocator.
    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap>;

    /// Calls the core export of function `function`.
    ///
    /// On entry `slots` holds the flat parameters, on return `slots[0]` holds the flat result if there is one;
    /// so it is at least one long. `i32` and `f32` are held in the low 32 bits with the others zero, floats by
    /// their bits.
    ///
    /// # Errors
    /// A [`Trap`] if the guest trapped or ran over a limit.
    fn call(&mut self, function: usize, slots: &mut [u64]) -> Result<(), Trap>;

    /// Calls the core export of function `function` with parameters whose types are known when the caller is
    /// compiled. The same as [`Instance::call`], which it uses unless the engine has a faster way.
    ///
    /// # Errors
    /// As [`Instance::call`].
    fn call_typed<P: FlatParameters, R: FlatResult>(
        &mut self,
        function: usize,
        parameters: P,
    ) -> Result<R, Trap>
    where
        Self: Sized,
    {
        parameters.with_slots(|slots| {
            self.call(function, slots)?;
            Ok(R::from_slot(slots.first().copied().unwrap_or_default()))
        })
    }

    /// Calls the `cabi_post_` export of function `function` with the flat result of its call, if there is one.
    ///
    /// # Errors
    /// As [`Instance::call`].
    fn post_return(&mut self, function: usize, result: u64) -> Result<(), Trap>;

    /// How many bytes of values may go in and come out in one call.
    fn value_limits(&self) -> ValueLimits {
        ValueLimits::default()
    }
}
/// Bounds on the values of one call, counted in bytes of the canonical ABI's memory form.
///
/// The output bound is what keeps a hostile guest from growing the host: a list of lists may name the same few
/// bytes a million times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueLimits {
    /// Bytes of lists and strings that go in.
    pub input_bytes: u64,
    /// Bytes of lists and strings that come out.
    pub output_bytes: u64,
}

impl Default for ValueLimits {
    /// 1 MiB each way.
    fn default() -> Self {
        Self { input_bytes: 1 << 20, output_bytes: 1 << 20 }
    }
}

/// Why a core call did not return. Where the guest was is told by its
/// [`GuestInstance::backtrace`](crate::GuestInstance::backtrace).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Trap {
    /// The guest used up its instructions.
    #[error("the guest used up its instructions")]
    Instructions,
    /// The guest ran past its deadline.
    #[error("the guest ran past its deadline")]
    Deadline,
    /// The guest ran out of stack.
    #[error("the guest ran out of stack")]
    Stack,
    /// The guest has no `cabi_realloc`, and a value needed one.
    #[error("the guest exports no `cabi_realloc`, which a list or string argument needs")]
    NoAllocator,
    /// The guest executed a trapping instruction or its own panic; with the message where there is one.
    #[error("the guest stopped: {message}")]
    Guest {
        /// What the engine or the guest's panic hook said.
        message: String,
    },
}

impl Trap {
    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Instructions => "trap-instructions",
            Self::Deadline => "trap-deadline",
            Self::Stack => "trap-stack",
            Self::NoAllocator => "trap-no-allocator",
            Self::Guest { .. } => "trap-guest",
        }
    }
}
