//! The arena of a guest whose allocator is ours: arguments are laid out without entering the guest.
//!
//! The canonical ABI asks the guest for memory, once for each list, string and area of parameters, and each time
//! that is a whole call. A guest with `linchpin_guest::runtime!()` exports its allocator's own state instead, as the
//! constant `linchpin_arena`, the address of two 32-bit words: the first free byte, and how many blocks are in use.
//! Taking a block is moving the one up and counting the other, which the host can do as well as the guest. All
//! arguments of a call lie one behind the other in one piece of memory.
//!
//! Nothing depends on the guest being honest: what comes of these words is an address like any other that a guest
//! gives, and is checked like any other. A block that would not fit is left to the guest's `cabi_realloc`, which can
//! make memory grow.

use super::compiled::Compiled;
use std::ops::Range;
use wasmtime::{Instance, Mutability, Store};

/// Where the words are, if a guest has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arena {
    words: Range<usize>,
}

/// Bytes of the two words.
const WORDS_BYTES: usize = 8;

impl Arena {
    /// The arena that an instance exports. Anything else of that name is none.
    pub(super) fn find<T>(store: &mut Store<T>, instance: &Instance, compiled: &Compiled) -> Option<Self> {
        let global = instance.get_module_export(&mut *store, &compiled.arena?)?.into_global()?;
        if global.ty(&*store).mutability() != Mutability::Const {
            return None;
        }
        let address = global.get(store).i32()?.cast_unsigned() as usize;
        Some(Self { words: address..address.checked_add(WORDS_BYTES)? })
    }

    /// The words' own bytes.
    #[inline]
    pub(super) fn words(&self) -> Range<usize> {
        self.words.clone()
    }
}

/// Takes a block of `size` bytes from an arena with these words; none if it does not fit `memory_bytes`. An empty
/// block is not counted: nobody frees it.
#[inline]
pub(super) fn take(words: &mut [u8], memory_bytes: usize, align: u32, size: u32) -> Option<u32> {
    let [a, b, c, d, e, f, g, h] = *words.first_chunk_mut::<WORDS_BYTES>()?;
    let (free, blocks) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
    // The next multiple of a power of two, without a division.
    let mask = align.wrapping_sub(1);
    let start = free.checked_add(mask)? & !mask;
    let end = start.checked_add(size)?;
    if end as usize > memory_bytes {
        return None;
    }
    if size > 0 {
        let next = u64::from(end) | u64::from(blocks.checked_add(1)?) << 32;
        words.copy_from_slice(&next.to_le_bytes());
    }
    Some(start)
}

#[cfg(test)]
mod tests {
    use super::take;

    fn words(free: u32, blocks: u32) -> [u8; 8] {
        (u64::from(free) | u64::from(blocks) << 32).to_le_bytes()
    }

    #[test]
    fn blocks_lie_one_behind_the_other_and_are_counted() {
        let mut arena = words(1001, 0);
        assert_eq!(take(&mut arena, 65_536, 8, 20), Some(1008));
        assert_eq!(take(&mut arena, 65_536, 1, 3), Some(1028));
        assert_eq!(arena, words(1031, 2));
        assert_eq!(take(&mut arena, 65_536, 4, 0), Some(1032), "an empty block is aligned too");
        assert_eq!(arena, words(1031, 2), "and takes nothing");
    }

    #[test]
    fn what_does_not_fit_is_not_taken() {
        for (free, size) in [(65_530, 7), (65_537, 0), (u32::MAX, 1), (0, u32::MAX), (u32::MAX - 3, 8)] {
            let mut arena = words(free, 3);
            assert_eq!(take(&mut arena, 65_536, 8, size), None, "{free} {size}");
            assert_eq!(arena, words(free, 3));
        }
        let mut full = words(8, u32::MAX);
        assert_eq!(take(&mut full, 65_536, 8, 8), None, "a count never wraps");
        assert_eq!(take(&mut words(65_528, 0), 65_536, 8, 8), Some(65_528), "the last byte can be used");
    }
}
