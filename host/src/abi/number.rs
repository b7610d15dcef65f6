//! Lists of numbers, whose memory form is the same on both sides: one copy each way.

/// A number whose list is copied as a whole.
///
/// `bool` and `char` are not numbers here: not every bit pattern is one of their values.
pub trait Number: Copy + sealed::Sealed {
    /// Bytes of one number, also its alignment.
    const BYTES: u32;

    /// Writes all numbers, little-endian. `bytes` is as long as the numbers are.
    fn store_all(numbers: &[Self], bytes: &mut [u8]);

    /// Reads all numbers, little-endian. The length of `bytes` is a multiple of [`Number::BYTES`].
    fn load_all(bytes: &[u8]) -> Vec<Self>;
}

mod sealed {
    /// Keeps the set of numbers that of the canonical ABI.
    pub trait Sealed {}
}

macro_rules! number {
    ($($ty:ident: $bytes:literal),* $(,)?) => { $(
        impl sealed::Sealed for $ty {}

        impl Number for $ty {
            const BYTES: u32 = $bytes;

            #[inline]
            fn store_all(numbers: &[Self], bytes: &mut [u8]) {
                let (cells, _) = bytes.as_chunks_mut::<$bytes>();
                for (cell, number) in cells.iter_mut().zip(numbers) {
                    *cell = number.to_le_bytes();
                }
            }

            #[inline]
            fn load_all(bytes: &[u8]) -> Vec<Self> {
                let (cells, _) = bytes.as_chunks::<$bytes>();
                cells.iter().map(|cell| Self::from_le_bytes(*cell)).collect()
            }
        }
    )* };
}

number!(u8: 1, u16: 2, u32: 4, u64: 8, i8: 1, i16: 2, i32: 4, i64: 8, f32: 4, f64: 8);
