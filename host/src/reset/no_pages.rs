//! Where page faults cannot be caught: nothing of the kind exists, and the types say so.

use super::pristine::Retire;
use super::stats::ResetCounters;
use std::ops::Range;
use std::sync::Arc;
use wasmtime::{Memory, Store};

#[derive(Debug)]
pub(crate) enum Regions {}

impl Regions {
    pub(super) fn install(_config: &mut wasmtime::Config) -> Result<Arc<Self>, wasmtime::Error> {
        let reason = "pages are learned on Linux and Android only: use `ResetMode::default()`";
        Err(wasmtime::Error::msg(reason))
    }
}

#[derive(Debug)]
pub(super) enum LearnedMemory {}

impl LearnedMemory {
    pub(super) fn protect<T: 'static>(
        _store: &mut Store<T>,
        _memory: Memory,
        _image: Arc<[u8]>,
        regions: &Regions,
        _counters: &Arc<ResetCounters>,
    ) -> Result<Self, wasmtime::Error> {
        match *regions {}
    }

    pub(super) fn read<'s, T: 'static>(&self, _store: &'s Store<T>) -> &'s [u8] {
        match *self {}
    }

    pub(super) fn write<'s, T: 'static>(
        &self,
        _store: &'s mut Store<T>,
        _range: Range<usize>,
    ) -> Option<&'s mut [u8]> {
        match *self {}
    }

    pub(super) fn reset<T: 'static>(&mut self, _store: &mut Store<T>) -> Result<u64, Retire> {
        match *self {}
    }
}
