//! Lifting: from a guest's memory to owned values, believing nothing.
//!
//! Every read is checked against the memory as it is now, and every list and string counts towards the limit on
//! output bytes before anything is allocated for it.

use super::error::LiftError;
use super::number::Number;

/// One result being lifted.
#[derive(Debug)]
pub struct Lift<'m> {
    memory: &'m [u8],
    left_bytes: u64,
    limit_bytes: u64,
}

impl<'m> Lift<'m> {
    /// Lifts from `memory`, at most `limit_bytes` of lists and strings.
    #[inline]
    pub fn new(memory: &'m [u8], limit_bytes: u64) -> Self {
        Self { memory, left_bytes: limit_bytes, limit_bytes }
    }

    /// The window of `SIZE` bytes at `address`.
    ///
    /// # Errors
    /// When it leaves memory or is not a multiple of `align`.
    #[inline]
    pub fn window<const SIZE: usize>(&self, address: u32, align: u32) -> Result<&'m [u8; SIZE], LiftError> {
        let bytes = self.slice(address, SIZE as u64, align)?;
        bytes.first_chunk().ok_or_else(|| self.out_of_bounds(address, SIZE as u64))
    }

    /// A `string`.
    ///
    /// # Errors
    /// When it leaves memory, passes the limit or is not UTF-8.
    pub fn string(&mut self, address: u32, length: u32) -> Result<String, LiftError> {
        let bytes = self.slice(address, u64::from(length), 1)?;
        self.spend(u64::from(length))?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(LiftError::Utf8 { address, valid_bytes: error.valid_up_to() as u64 }),
        }
    }

    /// A list of numbers, in one copy.
    ///
    /// # Errors
    /// When it leaves memory, is misaligned or passes the limit.
    #[inline]
    pub fn numbers<T: Number>(&mut self, address: u32, length: u32) -> Result<Vec<T>, LiftError> {
        let size = u64::from(length) * u64::from(T::BYTES);
        let bytes = self.slice(address, size, T::BYTES)?;
        self.spend(size)?;
        Ok(T::load_all(bytes))
    }

    /// A list whose elements are lifted one by one from windows of `SIZE` bytes.
    ///
    /// # Errors
    /// When it leaves memory, is misaligned or passes the limit; or the first error of an element.
    #[inline]
    pub fn list<T, const SIZE: usize>(
        &mut self,
        address: u32,
        length: u32,
        align: u32,
        mut element: impl FnMut(&mut Self, &'m [u8; SIZE]) -> Result<T, LiftError>,
    ) -> Result<Vec<T>, LiftError> {
        const { assert!(SIZE > 0, "every WIT value takes at least one byte") };
        let size = u64::from(length) * SIZE as u64;
        let bytes = self.slice(address, size, align)?;
        self.spend(size)?;
        let (windows, _) = bytes.as_chunks::<SIZE>();
        let mut list = Vec::with_capacity(windows.len());
        for window in windows {
            list.push(element(self, window)?);
        }
        Ok(list)
    }

    /// `bytes` bytes of memory from `address`; also where there are none, as the canonical ABI says.
    #[inline]
    pub(crate) fn slice(&self, address: u32, bytes: u64, align: u32) -> Result<&'m [u8], LiftError> {
        let range = usize::try_from(address).ok().and_then(|start| {
            let length = usize::try_from(bytes).ok()?;
            Some(start..start.checked_add(length)?)
        });
        let slice = range.and_then(|range| self.memory.get(range));
        let slice = slice.ok_or_else(|| self.out_of_bounds(address, bytes))?;
        if is_aligned(address, align) { Ok(slice) } else { Err(LiftError::Misaligned { address, align }) }
    }

    /// Counts `bytes` towards the limit.
    #[inline]
    pub(crate) fn spend(&mut self, bytes: u64) -> Result<(), LiftError> {
        let left = self.left_bytes.checked_sub(bytes);
        self.left_bytes = left.ok_or(LiftError::TooLarge { limit_bytes: self.limit_bytes })?;
        Ok(())
    }

    #[cold]
    fn out_of_bounds(&self, address: u32, bytes: u64) -> LiftError {
        LiftError::OutOfBounds { address, bytes, memory_bytes: self.memory.len() as u64 }
    }
}

/// Whether an address is a multiple of `align`, which is a power of two: without the division that a remainder costs.
#[inline]
pub(super) fn is_aligned(address: u32, align: u32) -> bool {
    address & align.wrapping_sub(1) == 0
}

/// A `char` from its number.
///
/// # Errors
/// When the number is a surrogate or past `U+10FFFF`.
#[inline]
pub fn char_from(value: u32) -> Result<char, LiftError> {
    char::from_u32(value).ok_or(LiftError::Char { value })
}

/// The error for a case that does not exist.
#[cold]
pub fn no_such_case(type_name: &'static str, value: u32, cases: u32) -> LiftError {
    LiftError::Discriminant { type_name, value, cases }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Vec<u8> {
        (0..64).collect()
    }

    #[test]
    fn a_window_may_end_exactly_at_the_end_of_memory() {
        let memory = memory();
        let lift = Lift::new(&memory, 0);
        assert_eq!(lift.window::<8>(56, 8), Ok(&[56, 57, 58, 59, 60, 61, 62, 63]));
        assert_eq!(
            lift.window::<8>(57, 1),
            Err(LiftError::OutOfBounds { address: 57, bytes: 8, memory_bytes: 64 })
        );
    }

    #[test]
    fn an_address_at_the_top_of_the_address_space_does_not_wrap() {
        let memory = memory();
        let mut lift = Lift::new(&memory, u64::MAX);
        assert_eq!(lift.numbers::<u64>(u32::MAX - 7, u32::MAX).unwrap_err().code(), "lift-out-of-bounds");
        assert_eq!(lift.string(u32::MAX, u32::MAX).unwrap_err().code(), "lift-out-of-bounds");
    }

    #[test]
    fn a_misaligned_pointer_is_refused_even_for_an_empty_list() {
        let memory = memory();
        let mut lift = Lift::new(&memory, 100);
        assert_eq!(lift.numbers::<f64>(4, 0), Err(LiftError::Misaligned { address: 4, align: 8 }));
        assert_eq!(lift.numbers::<f64>(8, 0), Ok(vec![]));
    }

    #[test]
    fn an_empty_list_past_the_end_is_refused() {
        let memory = memory();
        let mut lift = Lift::new(&memory, 100);
        assert_eq!(lift.numbers::<u8>(64, 0), Ok(vec![]));
        assert_eq!(lift.numbers::<u8>(65, 0).unwrap_err().code(), "lift-out-of-bounds");
    }

    #[test]
    fn numbers_are_little_endian() {
        let memory = memory();
        let mut lift = Lift::new(&memory, 100);
        assert_eq!(lift.numbers::<u16>(2, 2), Ok(vec![0x0302, 0x0504]));
        assert_eq!(lift.numbers::<i8>(1, 2), Ok(vec![1, 2]));
    }

    #[test]
    fn the_limit_counts_every_list_and_string_together() {
        let memory = memory();
        let mut lift = Lift::new(&memory, 10);
        assert_eq!(lift.numbers::<u32>(0, 2).map(|list| list.len()), Ok(2));
        assert_eq!(lift.string(33, 2), Ok("!\"".to_owned()));
        assert_eq!(lift.string(33, 1), Err(LiftError::TooLarge { limit_bytes: 10 }));
    }

    #[test]
    fn a_list_that_names_the_same_bytes_again_and_again_ends_at_the_limit() {
        let memory = [0, 0, 0, 0, 8, 0, 0, 0].repeat(8);
        let mut lift = Lift::new(&memory, 1000);
        let mut visited = 0;
        let outcome = lift.list::<_, 8>(0, 8, 4, |lift, window| {
            visited += 1;
            let length = u32::from(window[4]);
            lift.list::<_, 8>(0, length, 4, |lift, _| lift.numbers::<u8>(0, 64))
        });
        assert_eq!(outcome, Err(LiftError::TooLarge { limit_bytes: 1000 }));
        assert!(visited <= 8);
    }

    #[test]
    fn a_string_says_where_it_stops_being_text() {
        let mut lift = Lift::new(&[b'a', b'b', 0xff, b'c'], 100);
        assert_eq!(lift.string(0, 4), Err(LiftError::Utf8 { address: 0, valid_bytes: 2 }));
    }

    #[test]
    fn surrogates_and_numbers_past_unicode_are_no_chars() {
        assert_eq!(char_from(0x10_ffff), Ok('\u{10ffff}'));
        assert_eq!(char_from(0xd800), Err(LiftError::Char { value: 0xd800 }));
        assert_eq!(char_from(0x11_0000), Err(LiftError::Char { value: 0x11_0000 }));
    }
}
