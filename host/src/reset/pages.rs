//! Memory whose written pages are learned by page protection. All `unsafe` of the reset is here and below.
//!
//! The engine takes its memories from [`Regions`]. When an instance is ready for its first call, its pages are
//! set to read-only. The first write of a call to a page faults; the handler makes the page writable, remembers it and
//! lets the write happen again. A reset copies the remembered pages back. It does not protect them again, so
//! after the first calls there is neither a fault nor a system call, and a page that is not remembered cannot
//! have changed. That holds for any guest: the hardware keeps the list.
//!
//! # Why it is sound
//! - **The handler** runs in a signal, where almost nothing is allowed. It reads and writes atomics that were
//!   allocated when the memory was, calls `mprotect`, and does nothing else: no lock, no allocation, no panic,
//!   no thread-local. The engine calls it for a fault on a thread that is inside one of the store's calls, also
//!   when it happens in the engine's own `memory.fill`, before it looks for a trap of its own.
//! - **Faults of others**: a fault outside the instance's initial memory, of another kind, or on a page that is
//!   writable already is left to the engine, and through it to the next handler of the process.
//! - **Threads** share nothing: each store has a handler that owns a reference to its own [`LearnedPages`].
//! - **Writes of the host** happen outside a call, where nobody handles faults. [`LearnedMemory::write`] makes
//!   pages writable first and gives out those bytes alone, so that no exclusive reference ever covers a
//!   protected page.
//! - **Nothing is left behind**: a region is unmapped when the engine's memory, the handler and the
//!   [`LearnedMemory`] are all gone, whichever goes last.
#![expect(
    unsafe_code,
    reason = "page protection, signal handlers and custom memories have no safe interface"
)]

mod learned;
mod mapping;
mod region;

use super::pristine::Retire;
use super::stats::ResetCounters;
use learned::LearnedPages;
use region::Region;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use wasmtime::unix::StoreExt;
use wasmtime::{LinearMemory, Memory, MemoryCreator, MemoryType, Store};

/// Makes the memories of one engine, and finds the region of an instance's memory again.
#[derive(Debug, Default)]
pub(crate) struct Regions {
    /// Regions whose instance is still being made.
    unclaimed: Mutex<Vec<Weak<Region>>>,
}

impl Regions {
    /// Lets an engine take its memories from here.
    pub(super) fn install(config: &mut wasmtime::Config) -> Result<Arc<Self>, wasmtime::Error> {
        let regions = Arc::new(Self::default());
        config
            .signals_based_traps(true)
            .memory_init_cow(false)
            .with_host_memory(Arc::clone(&regions) as Arc<dyn MemoryCreator>);
        Ok(regions)
    }

    fn offer(&self, region: &Arc<Region>) {
        let mut unclaimed = self.unclaimed.lock().unwrap_or_else(PoisonError::into_inner);
        // What is left of instances that failed.
        unclaimed.retain(|region| region.strong_count() > 0);
        unclaimed.push(Arc::downgrade(region));
    }

    fn claim(&self, start: *mut u8) -> Option<Arc<Region>> {
        let mut unclaimed = self.unclaimed.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |region: &Weak<Region>| region.upgrade().is_some_and(|it| it.start() == start);
        let position = unclaimed.iter().position(is_it)?;
        unclaimed.swap_remove(position).upgrade()
    }
}

// SAFETY: a region starts on a page boundary, holds zeros, keeps its place for life, and has at least the
// reservation and the guard asked for mapped without access behind its bytes.
unsafe impl MemoryCreator for Regions {
    fn new_memory(
        &self,
        _ty: MemoryType,
        minimum: usize,
        _maximum: Option<usize>,
        reserved_size_in_bytes: Option<usize>,
        guard_size_in_bytes: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        let capacity = reserved_size_in_bytes.unwrap_or(minimum).max(minimum);
        let region = Region::new(minimum, capacity, guard_size_in_bytes)?;
        let region = Arc::new(region);
        self.offer(&region);
        Ok(Box::new(EngineMemory(region)))
    }
}

/// What the engine holds of a region.
struct EngineMemory(Arc<Region>);

// SAFETY: as for `Regions`: bytes up to `byte_size` can be read, and written to unless they are protected, in
// which case the handler of the store that owns them makes them writable.
unsafe impl LinearMemory for EngineMemory {
    fn byte_size(&self) -> usize {
        self.0.bytes()
    }

    fn byte_capacity(&self) -> usize {
        self.0.capacity_bytes()
    }

    fn grow_to(&mut self, new_size: usize) -> Result<(), wasmtime::Error> {
        self.0.grow_to(new_size).map_err(wasmtime::Error::from)
    }

    fn as_ptr(&self) -> *mut u8 {
        self.0.start()
    }
}

/// The memory of one instance, and what it was.
#[derive(Debug)]
pub(super) struct LearnedMemory {
    memory: Memory,
    /// Address of the data of the store that the memory belongs to, which no other store has while it lives.
    owner: usize,
    region: Arc<Region>,
    pages: Arc<LearnedPages>,
    image: Arc<[u8]>,
}

impl LearnedMemory {
    /// Protects the memory of an instance that no call has used yet, and starts to learn.
    pub(super) fn protect<T: 'static>(
        store: &mut Store<T>,
        memory: Memory,
        image: Arc<[u8]>,
        regions: &Regions,
        counters: &Arc<ResetCounters>,
    ) -> Result<Self, wasmtime::Error> {
        let foreign = || wasmtime::Error::msg("memory was not made by the engine's own regions");
        let region = regions.claim(memory.data_ptr(&*store)).ok_or_else(foreign)?;
        let pages = Arc::new(LearnedPages::new(Arc::clone(&region), Arc::clone(counters)));
        if image.len() != pages.initial_bytes() {
            return Err(wasmtime::Error::msg("instances of one module start with different memories"));
        }
        let own = Arc::clone(&pages);
        // SAFETY: the handler is safe in a signal, as the head of this file says: `fault` only uses atomics and
        // `mprotect`, and the operating system passes a valid `siginfo_t` with these signals.
        unsafe {
            store.set_signal_handler(move |signal, info, _context| {
                let is_fault = signal == libc::SIGSEGV || signal == libc::SIGBUS;
                is_fault && (*info).si_code == SEGV_ACCERR && own.fault((*info).si_addr().addr())
            });
        }
        pages.protect()?;
        let owner = address_of(store);
        Ok(Self { memory, owner, region, pages, image })
    }

    /// The bytes to read from.
    #[inline]
    pub(super) fn read<'s, T: 'static>(&self, store: &'s Store<T>) -> &'s [u8] {
        let bytes = self.is_of(store).unwrap_or(0);
        // SAFETY: the bytes are a memory of `store`, which keeps them alive and can be read, and borrowing the
        // store keeps everyone from writing to them.
        unsafe { std::slice::from_raw_parts(self.region.start(), bytes) }
    }

    /// Bytes for the host to write to, in pages that are writable from now on.
    #[inline]
    pub(super) fn write<'s, T: 'static>(
        &self,
        store: &'s mut Store<T>,
        range: Range<usize>,
    ) -> Option<&'s mut [u8]> {
        let is_ready = address_of(store) == self.owner && self.pages.is_ready(&range);
        if !is_ready && !self.make_ready(store, &range) {
            return None;
        }
        let (start, length) = (self.region.start(), range.end - range.start);
        // SAFETY: the bytes are part of a memory of `store`, were just made writable and stay so for the life of
        // the region, which the store keeps alive. Borrowing the store keeps everyone else away from them.
        Some(unsafe { std::slice::from_raw_parts_mut(start.add(range.start), length) })
    }

    /// Makes a range writable if it lies in a memory of `store`.
    #[inline(never)]
    fn make_ready<T: 'static>(&self, store: &Store<T>, range: &Range<usize>) -> bool {
        let is_inside = self.is_of(store).is_some_and(|bytes| range.end <= bytes);
        is_inside && range.start <= range.end && self.pages.touch(range.clone())
    }

    /// Copies the learned pages back, takes grown memory away, and says how many bytes were copied.
    #[inline]
    pub(super) fn reset<T: 'static>(&mut self, store: &mut Store<T>) -> Result<u64, Retire> {
        let bytes = self.is_of(store).ok_or(Retire::Refused)?;
        if bytes != self.pages.initial_bytes() {
            self.undo_growth(store)?;
        }
        // SAFETY: the region is a memory of `store`, and borrowing that keeps everyone else away from it.
        Ok(unsafe { self.pages.copy_back(&self.image) })
    }

    /// The size of the memory now, if it is one of `store`.
    ///
    /// The engine could be asked, and takes longer than all the rest. A region belongs to one memory for life, and its
    /// size is the one that the engine set when that memory grew last.
    #[inline]
    fn is_of<T: 'static>(&self, store: &Store<T>) -> Option<usize> {
        (address_of(store) == self.owner).then(|| self.region.bytes())
    }

    #[cold]
    fn undo_growth<T: 'static>(&mut self, store: &mut Store<T>) -> Result<(), Retire> {
        let initial_bytes = self.pages.initial_bytes();
        self.region.shrink_to(initial_bytes).map_err(|_| Retire::Grown)?;
        // The engine keeps its own note of the length and takes it anew from the region whenever memory grows,
        // be it by nothing. Should it ever not, the instance is retired.
        let refreshed = self.memory.grow(&mut *store, 0).is_ok();
        if !refreshed || self.memory.data_size(&*store) != initial_bytes {
            return Err(Retire::Grown);
        }
        self.pages.counters.growths_undone.add(1);
        Ok(())
    }
}

/// Where a store keeps its data, which is one place for as long as it lives.
#[inline]
fn address_of<T: 'static>(store: &Store<T>) -> usize {
    const { assert!(size_of::<T>() > 0, "data without a size has no place of its own") };
    std::ptr::from_ref(store.data()).addr()
}

/// The kind of a fault on a page that is there and protected, from Linux's `siginfo.h`. A page that is not there,
/// and a signal that another process sent, have other codes.
const SEGV_ACCERR: libc::c_int = 2;
