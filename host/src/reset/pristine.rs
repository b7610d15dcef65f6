//! What an instance was before its first call, and the way back to it.

use super::image::WholeMemory;
use super::memories::Memories;
use super::pages::LearnedMemory;
use super::scan::Resettable;
use super::stats::{ResetCounters, ResetStats};
use std::ops::Range;
use std::sync::Arc;
use wasmtime::{Global, Instance, Memory, Store, Val};

/// The state of one instance before its first call. It belongs to the store that it was captured from.
#[derive(Debug)]
pub(crate) struct Pristine {
    memory: Option<GuestMemory>,
    globals: Vec<(Global, Val)>,
    trapped: bool,
    counters: Arc<ResetCounters>,
}

/// Why an instance is not reset but replaced by a fresh one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retire {
    /// A call did not return.
    Trapped,
    /// A call let memory grow and it cannot be made smaller.
    Grown,
    /// The operating system or the engine did not do what it was asked to.
    Refused,
}

#[derive(Debug)]
enum GuestMemory {
    Learned(LearnedMemory),
    Whole(WholeMemory),
}

impl Pristine {
    /// Takes the state of an instance that was just made from `resettable`, before any call and any write.
    /// Where guests have an initialiser, it runs first: what it does is part of the state.
    ///
    /// `counters` are those of the instances before this one, which it counts on.
    ///
    /// # Errors
    /// When the instance is not one of `resettable` in an engine that was configured with `memories`, and when
    /// the operating system refuses.
    pub(crate) fn capture<T: 'static>(
        store: &mut Store<T>,
        instance: Instance,
        resettable: &Resettable,
        memories: &Memories,
        counters: Arc<ResetCounters>,
    ) -> Result<Self, wasmtime::Error> {
        let missing = || wasmtime::Error::msg("instance was not made from the resettable module");
        let mut globals = Vec::with_capacity(resettable.state.globals.len());
        for (name, _) in &resettable.state.globals {
            let global = instance.get_global(&mut *store, name).ok_or_else(missing)?;
            globals.push((global, global.get(&mut *store)));
        }
        let memory = match &resettable.state.memory {
            Some(name) => {
                let memory = instance.get_memory(&mut *store, name).ok_or_else(missing)?;
                let image = resettable.image.get_or_init(|| memory.data(&*store).into());
                Some(GuestMemory::new(store, memory, Arc::clone(image), memories, &counters)?)
            }
            None => None,
        };
        Ok(Self { memory, globals, trapped: false, counters })
    }

    /// The guest's memory, for the host to read from; empty where it has none.
    #[inline]
    pub(crate) fn read<'s, T: 'static>(&self, store: &'s Store<T>) -> &'s [u8] {
        match &self.memory {
            Some(GuestMemory::Learned(memory)) => memory.read(store),
            Some(GuestMemory::Whole(memory)) => memory.read(store),
            None => &[],
        }
    }

    /// Bytes of the guest's memory for the host to write to; none if memory does not reach that far.
    ///
    /// This is the only way to write: pages that no call has written to are protected, and a write to one of
    /// them from outside the guest would end the process.
    #[inline]
    pub(crate) fn write<'s, T: 'static>(
        &self,
        store: &'s mut Store<T>,
        range: Range<usize>,
    ) -> Option<&'s mut [u8]> {
        match &self.memory {
            Some(GuestMemory::Learned(memory)) => memory.write(store, range),
            Some(GuestMemory::Whole(memory)) => memory.write(store, range),
            None => <&mut [u8]>::default().get_mut(range),
        }
    }

    /// Notes that a call did not return, so that the next reset retires the instance.
    pub(crate) fn trapped(&mut self) {
        self.trapped = true;
    }

    /// Puts the instance back to what it was.
    ///
    /// # Errors
    /// When it must be replaced by a fresh instance, captured with [`Pristine::retire`]'s counters.
    #[inline]
    pub(crate) fn reset<T: 'static>(&mut self, store: &mut Store<T>) -> Result<(), Retire> {
        if self.trapped {
            return Err(Retire::Trapped);
        }
        for (global, value) in &self.globals {
            global.set(&mut *store, *value).map_err(|_| Retire::Refused)?;
        }
        let bytes_copied = match &mut self.memory {
            Some(GuestMemory::Learned(memory)) => memory.reset(store)?,
            Some(GuestMemory::Whole(memory)) => memory.reset(store)?,
            None => 0,
        };
        self.counters.bytes_copied.add(bytes_copied);
        self.counters.resets.add(1);
        Ok(())
    }

    /// What resets have cost up to now.
    pub(crate) fn stats(&self) -> ResetStats {
        self.counters.snapshot()
    }

    /// Counts that the instance is replaced, and gives the counters to go on with.
    pub(crate) fn retire(&self) -> Arc<ResetCounters> {
        self.counters.instances_retired.add(1);
        Arc::clone(&self.counters)
    }
}

impl GuestMemory {
    fn new<T: 'static>(
        store: &mut Store<T>,
        memory: Memory,
        image: Arc<[u8]>,
        memories: &Memories,
        counters: &Arc<ResetCounters>,
    ) -> Result<Self, wasmtime::Error> {
        match memories {
            Memories::Learned(regions) => {
                Ok(Self::Learned(LearnedMemory::protect(store, memory, image, regions, counters)?))
            }
            Memories::Whole => Ok(Self::Whole(WholeMemory::new(memory, image))),
        }
    }
}
