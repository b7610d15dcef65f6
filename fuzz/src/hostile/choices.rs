//! The input as a row of choices.

use arbitrary::Unstructured;

/// Choices out of an input. When that is used up, each is the first.
pub(super) struct Choices<'a>(Unstructured<'a>);

impl<'a> Choices<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self(Unstructured::new(input))
    }

    /// From 0 to below `end`, which is not 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.int_in_range(0..=end.saturating_sub(1)).unwrap_or(0)
    }

    /// One time in `times`.
    pub(super) fn one_in(&mut self, times: u32) -> bool {
        self.below(times) == times - 1
    }

    pub(super) fn pick<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let choice = self.below(others.len() as u32 + 1) as usize;
        choice.checked_sub(1).and_then(|other| others.get(other)).copied().unwrap_or(first)
    }

    /// Any bits; mostly those of a small number, so that pointers, lengths and cases are often right.
    pub(super) fn word(&mut self) -> u32 {
        let bits: u32 = self.0.arbitrary().unwrap_or(0);
        match bits >> 29 {
            0 | 1 => 0,
            2 | 3 => bits & 7,
            4 | 5 => bits & 63,
            6 => bits & 0x7f7f_7f7f,
            _ => bits,
        }
    }

    /// Any bits, as telling as [`Choices::word`]'s.
    pub(super) fn bits(&mut self) -> u64 {
        match self.below(4) {
            0 => u64::from(self.word()),
            1 => {
                self.pick(0, &[u64::MAX, 1 << 63, 0x7ff0_0000_0000_0001, 0xfff8_0000_7fa0_0001, 0x8000_0000])
            }
            2 => u64::from(self.word()) << 32 | u64::from(self.word()),
            _ => self.0.arbitrary().unwrap_or(0),
        }
    }

    /// What is left of the input.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0.take_rest()
    }

    /// At most so many bytes as they are.
    pub(super) fn bytes(&mut self, most: usize) -> &'a [u8] {
        self.0.bytes(most.min(self.0.len())).unwrap_or_default()
    }
}
