//! Lowering: from the firmware's values to flat core values and the guest's memory.

use super::error::{CallError, LiftError};
use super::flat::{FlatParameters, FlatResult};
use super::instance::Instance;
use super::lift::{Lift, is_aligned};
use super::number::Number;

/// One call being prepared and made.
#[derive(Debug)]
pub struct Lower<'i, I> {
    instance: &'i mut I,
    left_bytes: u64,
    limit_bytes: u64,
    output_limit_bytes: u64,
}

/// A list or string in the guest's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First byte.
    pub address: u32,
    /// How many elements; of a string, bytes.
    pub length: u32,
}

impl<'i, I: Instance> Lower<'i, I> {
    /// Starts a call on `instance`, within its limits.
    #[inline]
    pub fn new(instance: &'i mut I) -> Self {
        let limits = instance.value_limits();
        let limit_bytes = limits.input_bytes;
        Self { instance, left_bytes: limit_bytes, limit_bytes, output_limit_bytes: limits.output_bytes }
    }

    /// Copies a string into the guest.
    ///
    /// # Errors
    /// When the guest gives no memory for it, or the input limit is passed.
    #[inline]
    pub fn string(&mut self, text: &str) -> Result<Region, CallError> {
        self.numbers(text.as_bytes())
    }

    /// Copies a list of numbers into the guest, in one copy.
    ///
    /// # Errors
    /// When the guest gives no memory for it, or the input limit is passed.
    #[inline]
    pub fn numbers<T: Number>(&mut self, numbers: &[T]) -> Result<Region, CallError> {
        let (region, size) = self.reserve(numbers.len(), T::BYTES as usize, T::BYTES)?;
        T::store_all(numbers, self.bytes(region.address, size, T::BYTES)?);
        Ok(region)
    }

    /// Writes a list whose elements hold no lists or strings themselves.
    ///
    /// # Errors
    /// When the guest gives no memory for it, or the input limit is passed.
    #[inline]
    pub fn flat_list<T, const SIZE: usize>(
        &mut self,
        list: &[T],
        align: u32,
        mut element: impl FnMut(&T, &mut [u8; SIZE]),
    ) -> Result<Region, CallError> {
        const { assert!(SIZE > 0, "every WIT value takes at least one byte") };
        let (region, size) = self.reserve(list.len(), SIZE, align)?;
        let (windows, _) = self.bytes(region.address, size, align)?.as_chunks_mut::<SIZE>();
        for (value, window) in list.iter().zip(windows) {
            element(value, window);
        }
        Ok(region)
    }

    /// Writes a list whose elements may allocate in the guest themselves.
    ///
    /// # Errors
    /// When the guest gives no memory, or the input limit is passed.
    #[inline]
    pub fn list<T, const SIZE: usize>(
        &mut self,
        list: &[T],
        align: u32,
        mut element: impl FnMut(&mut Self, &T, &mut [u8; SIZE]) -> Result<(), CallError>,
    ) -> Result<Region, CallError> {
        const { assert!(SIZE > 0, "every WIT value takes at least one byte") };
        let (region, size) = self.reserve(list.len(), SIZE, align)?;
        self.bytes(region.address, size, align)?;
        let mut address = region.address;
        for value in list {
            let mut window = [0; SIZE];
            element(self, value, &mut window)?;
            self.write(address, align, &window)?;
            // An element past the end of the address space is caught by the write before this.
            address = address.wrapping_add(SIZE as u32);
        }
        Ok(region)
    }

    /// Asks the guest for `size` bytes.
    ///
    /// # Errors
    /// When the guest gives none, or the input limit is passed.
    pub fn allocate(&mut self, align: u32, size: u32) -> Result<u32, CallError> {
        let address = self.ask(align, size)?;
        self.bytes(address, size, align)?;
        Ok(address)
    }

    /// An address that the guest gave, and nobody looked at yet.
    #[inline(always)]
    fn ask(&mut self, align: u32, size: u32) -> Result<u32, CallError> {
        self.left_bytes = self.left_bytes.checked_sub(u64::from(size)).ok_or_else(|| self.too_large())?;
        Ok(self.instance.allocate(align, size)?)
    }

    /// Copies a window into the guest's memory.
    ///
    /// # Errors
    /// When the guest's memory does not reach that far.
    #[inline]
    pub fn write<const SIZE: usize>(
        &mut self,
        address: u32,
        align: u32,
        window: &[u8; SIZE],
    ) -> Result<(), CallError> {
        self.bytes(address, SIZE as u32, align)?.copy_from_slice(window);
        Ok(())
    }

    /// Calls function `function`: flat parameters in, the flat result out.
    ///
    /// # Errors
    /// When the guest does not return.
    #[inline]
    pub fn call<P: FlatParameters, R: FlatResult>(
        &mut self,
        function: usize,
        parameters: P,
    ) -> Result<R, CallError> {
        Ok(self.instance.call_typed(function, parameters)?)
    }

    /// The memory to lift the result from.
    #[inline]
    pub fn lift(&mut self) -> Lift<'_> {
        Lift::new(self.instance.memory(), self.output_limit_bytes)
    }

    /// Lets the guest free what it returned.
    ///
    /// # Errors
    /// When the guest does not return.
    #[inline]
    pub fn post_return<R: FlatResult>(&mut self, function: usize, result: R) -> Result<(), CallError> {
        Ok(self.instance.post_return(function, result.to_slot())?)
    }

    /// Memory for `length` elements of `size` bytes, which nobody looked at yet, and how many bytes that is.
    // These are small, and their results large where they are calls: an error has room for words.
    #[inline(always)]
    fn reserve(&mut self, length: usize, size: usize, align: u32) -> Result<(Region, u32), CallError> {
        let bytes = length.checked_mul(size).and_then(|bytes| u32::try_from(bytes).ok());
        let (Some(bytes), Ok(length)) = (bytes, u32::try_from(length)) else { return Err(self.too_large()) };
        let address = self.ask(align, bytes)?;
        Ok((Region { address, length }, bytes))
    }

    /// `size` bytes at an address that the guest's allocator gave.
    #[inline(always)]
    fn bytes(&mut self, address: u32, size: u32, align: u32) -> Result<&mut [u8], CallError> {
        let start = address as usize;
        let end = start.checked_add(size as usize).filter(|_| is_aligned(address, align));
        let slice = end.and_then(|end| self.instance.memory_mut(start..end));
        slice.ok_or_else(|| bad_allocation(address, size, align))
    }

    #[cold]
    fn too_large(&self) -> CallError {
        CallError::InputTooLarge { limit_bytes: self.limit_bytes }
    }
}

#[cold]
fn bad_allocation(address: u32, bytes: u32, align: u32) -> CallError {
    LiftError::BadAllocation { address, bytes, align }.into()
}
