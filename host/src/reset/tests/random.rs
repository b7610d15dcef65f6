//! A generator of numbers that are the same in every run (SplitMix64).

pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A number of any size, often small and often next to the edge of a page.
    pub(super) fn edgy(&mut self) -> u64 {
        match self.next() % 4 {
            0 => self.next() % 8,
            1 => ((self.next() % 40) << 12).wrapping_add(self.next() % 32).wrapping_sub(16),
            2 => self.next() % (3 << 16),
            _ => self.next(),
        }
    }
}
