//! Memory that is put back as a whole: on any machine, and as the reference for the faster way.

use super::pristine::Retire;
use std::ops::Range;
use std::sync::Arc;
use wasmtime::{Memory, Store};

/// The memory of one instance, and what it was.
#[derive(Debug)]
pub(super) struct WholeMemory {
    memory: Memory,
    image: Arc<[u8]>,
}

impl WholeMemory {
    pub(super) fn new(memory: Memory, image: Arc<[u8]>) -> Self {
        Self { memory, image }
    }

    #[inline]
    pub(super) fn read<'s, T: 'static>(&self, store: &'s Store<T>) -> &'s [u8] {
        self.memory.data(store)
    }

    #[inline]
    pub(super) fn write<'s, T>(&self, store: &'s mut Store<T>, range: Range<usize>) -> Option<&'s mut [u8]> {
        self.memory.data_mut(store).get_mut(range)
    }

    /// Copies everything back and says how many bytes that was. The engine's own memory only grows.
    pub(super) fn reset<T>(&self, store: &mut Store<T>) -> Result<u64, Retire> {
        let memory = self.memory.data_mut(store);
        if memory.len() != self.image.len() {
            return Err(Retire::Grown);
        }
        memory.copy_from_slice(&self.image);
        Ok(self.image.len() as u64)
    }
}
