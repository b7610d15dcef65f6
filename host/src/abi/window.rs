//! Loads and stores at constant offsets in a window of known size.
//!
//! A record, a list element or an area of parameters is one window: it is checked against memory once, and each
//! access inside it is proved in bounds when the program is compiled. Everything is little-endian.

/// Copies `N` bytes at `OFFSET` out of a window.
#[inline(always)]
fn take<const OFFSET: usize, const N: usize, const SIZE: usize>(window: &[u8; SIZE]) -> [u8; N] {
    const { assert!(OFFSET + N <= SIZE, "the access leaves the window") };
    let mut bytes = [0; N];
    bytes.copy_from_slice(&window[OFFSET..OFFSET + N]);
    bytes
}

/// Copies `bytes` into a window at `OFFSET`.
#[inline(always)]
fn put<const OFFSET: usize, const N: usize, const SIZE: usize>(window: &mut [u8; SIZE], bytes: [u8; N]) {
    const { assert!(OFFSET + N <= SIZE, "the access leaves the window") };
    window[OFFSET..OFFSET + N].copy_from_slice(&bytes);
}

/// Reads 8 bits, with zeros above.
#[inline(always)]
pub fn load_u8<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u32 {
    u32::from(u8::from_le_bytes(take::<OFFSET, 1, SIZE>(window)))
}

/// Reads 8 bits, with the sign above.
#[inline(always)]
pub fn load_s8<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u32 {
    i32::from(i8::from_le_bytes(take::<OFFSET, 1, SIZE>(window))).cast_unsigned()
}

/// Reads 16 bits, with zeros above.
#[inline(always)]
pub fn load_u16<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u32 {
    u32::from(u16::from_le_bytes(take::<OFFSET, 2, SIZE>(window)))
}

/// Reads 16 bits, with the sign above.
#[inline(always)]
pub fn load_s16<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u32 {
    i32::from(i16::from_le_bytes(take::<OFFSET, 2, SIZE>(window))).cast_unsigned()
}

/// Reads 32 bits.
#[inline(always)]
pub fn load_32<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u32 {
    u32::from_le_bytes(take::<OFFSET, 4, SIZE>(window))
}

/// Reads 64 bits.
#[inline(always)]
pub fn load_64<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> u64 {
    u64::from_le_bytes(take::<OFFSET, 8, SIZE>(window))
}

/// Reads an `f32` with its exact bits.
#[inline(always)]
pub fn load_f32<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> f32 {
    f32::from_le_bytes(take::<OFFSET, 4, SIZE>(window))
}

/// Reads an `f64` with its exact bits.
#[inline(always)]
pub fn load_f64<const OFFSET: usize, const SIZE: usize>(window: &[u8; SIZE]) -> f64 {
    f64::from_le_bytes(take::<OFFSET, 8, SIZE>(window))
}

/// Writes the low 8 bits.
#[inline(always)]
pub fn store_8<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: u32) {
    let [low, ..] = value.to_le_bytes();
    put::<OFFSET, 1, SIZE>(window, [low]);
}

/// Writes the low 16 bits.
#[inline(always)]
pub fn store_16<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: u32) {
    let [low, high, ..] = value.to_le_bytes();
    put::<OFFSET, 2, SIZE>(window, [low, high]);
}

/// Writes 32 bits.
#[inline(always)]
pub fn store_32<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: u32) {
    put::<OFFSET, 4, SIZE>(window, value.to_le_bytes());
}

/// Writes 64 bits.
#[inline(always)]
pub fn store_64<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: u64) {
    put::<OFFSET, 8, SIZE>(window, value.to_le_bytes());
}

/// Writes an `f32` with its exact bits.
#[inline(always)]
pub fn store_f32<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: f32) {
    put::<OFFSET, 4, SIZE>(window, value.to_le_bytes());
}

/// Writes an `f64` with its exact bits.
#[inline(always)]
pub fn store_f64<const OFFSET: usize, const SIZE: usize>(window: &mut [u8; SIZE], value: f64) {
    put::<OFFSET, 8, SIZE>(window, value.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_comes_back_at_its_offset() {
        let mut window = [0xee_u8; 24];
        store_8::<1, 24>(&mut window, 0xffff_ff80);
        store_16::<2, 24>(&mut window, 0xffff_8001);
        store_32::<4, 24>(&mut window, 0x8000_0001);
        store_64::<8, 24>(&mut window, 0x8000_0000_0000_0001);
        store_f64::<16, 24>(&mut window, -0.0);
        assert_eq!(window[0], 0xee, "a store leaves its neighbours alone");
        assert_eq!((load_u8::<1, 24>(&window), load_s8::<1, 24>(&window)), (0x80, 0xffff_ff80));
        assert_eq!((load_u16::<2, 24>(&window), load_s16::<2, 24>(&window)), (0x8001, 0xffff_8001));
        assert_eq!(load_32::<4, 24>(&window), 0x8000_0001);
        assert_eq!(load_64::<8, 24>(&window), 0x8000_0000_0000_0001);
        assert_eq!(load_f64::<16, 24>(&window).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn a_signalling_nan_keeps_its_bits() {
        let mut window = [0_u8; 4];
        store_32::<0, 4>(&mut window, 0x7fa0_0001);
        let value = load_f32::<0, 4>(&window);
        store_f32::<0, 4>(&mut window, value);
        assert_eq!(load_32::<0, 4>(&window), 0x7fa0_0001);
    }
}
