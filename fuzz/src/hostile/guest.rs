//! Two guests that are no programs: one that answers with any memory, and one that keeps what it was sent.

use linchpin_host::abi::{Instance, Trap, ValueLimits};

/// What a guest leaves behind when it returns.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    /// Its whole memory.
    pub(super) memory: Vec<u8>,
    /// Its flat result.
    pub(super) slot: u64,
    /// What its allocator gives for arguments; none if it has none.
    pub(super) allocation: Option<u32>,
    /// Whether it traps when it is called.
    pub(super) traps: bool,
    /// The limit on what it returns.
    pub(super) output_bytes: u64,
}

/// Answers a call with an [`Answer`].
pub(super) struct Hostile<'a> {
    answer: &'a Answer,
    /// The memory that arguments are written to, before the call.
    before: [u8; BEFORE_BYTES],
    is_called: bool,
}

/// Enough for the arguments of every function when they hold no list: more are refused.
const BEFORE_BYTES: usize = 512;

impl<'a> Hostile<'a> {
    pub(super) fn new(answer: &'a Answer) -> Self {
        Self { answer, before: [0; BEFORE_BYTES], is_called: false }
    }
}

impl Instance for Hostile<'_> {
    fn memory(&self) -> &[u8] {
        if self.is_called { &self.answer.memory } else { &self.before }
    }

    fn memory_mut(&mut self, range: std::ops::Range<usize>) -> Option<&mut [u8]> {
        self.before.get_mut(range)
    }

    fn allocate(&mut self, _: u32, _: u32) -> Result<u32, Trap> {
        self.answer.allocation.ok_or(Trap::NoAllocator)
    }

    fn call(&mut self, _: usize, slots: &mut [u64]) -> Result<(), Trap> {
        self.is_called = true;
        if self.answer.traps {
            return Err(Trap::Stack);
        }
        if let Some(slot) = slots.first_mut() {
            *slot = self.answer.slot;
        }
        Ok(())
    }

    fn post_return(&mut self, _: usize, _: u64) -> Result<(), Trap> {
        Ok(())
    }

    fn value_limits(&self) -> ValueLimits {
        ValueLimits { input_bytes: BEFORE_BYTES as u64, output_bytes: self.answer.output_bytes }
    }
}

/// Takes every argument and never answers. Two values are the same if they leave the same behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Recorder {
    memory: Vec<u8>,
    slots: Vec<u64>,
}

impl Instance for Recorder {
    fn memory(&self) -> &[u8] {
        &self.memory
    }

    fn memory_mut(&mut self, range: std::ops::Range<usize>) -> Option<&mut [u8]> {
        self.memory.get_mut(range)
    }

    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        let start = self.memory.len().next_multiple_of(align as usize);
        // Bytes that nobody writes are the same for everybody.
        self.memory.resize(start + size as usize, 0);
        u32::try_from(start).map_err(|_| Trap::NoAllocator)
    }

    fn call(&mut self, _: usize, slots: &mut [u64]) -> Result<(), Trap> {
        self.slots = slots.to_vec();
        Err(Trap::Stack)
    }

    fn post_return(&mut self, _: usize, _: u64) -> Result<(), Trap> {
        Ok(())
    }

    fn value_limits(&self) -> ValueLimits {
        ValueLimits { input_bytes: u64::MAX, output_bytes: 0 }
    }
}
