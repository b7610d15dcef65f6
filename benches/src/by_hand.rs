//! Calls of the core module, written by hand: as little as there can be around the guest's own function.

use crate::Failure;
use crate::engines::Limited;
use crate::guests::core_module;
use wasmtime::{
    Engine, Instance, InstancePre, Linker, Memory, Module, Store, TypedFunc, WasmParams, WasmResults,
};

/// A typed core call with arguments written by hand to where the guest's allocator would put them.
pub(crate) const CORE: &str = "core typed call, by hand";
/// The same on a new instance for each call.
pub(crate) const POOLED: &str = "fresh pooled instance, by hand";

/// One instance of a core module.
pub(crate) struct Core<P, R> {
    store: Store<()>,
    limited: Limited,
    memory: Option<Memory>,
    function: TypedFunc<P, R>,
    post_return: Option<TypedFunc<u32, ()>>,
    /// Address of the arena's words, and the first free byte.
    arena: Option<(usize, usize)>,
}

/// Memory as the function's arguments see it.
pub(crate) struct Arguments<'m> {
    memory: &'m mut [u8],
    arena: usize,
    free: usize,
    blocks: u32,
}

impl Arguments<'_> {
    /// Places a list of numbers.
    pub(crate) fn numbers(&mut self, numbers: &[f64]) -> (u32, u32) {
        self.place(numbers.len(), 8, |bytes| {
            let (cells, _) = bytes.as_chunks_mut::<8>();
            for (cell, number) in cells.iter_mut().zip(numbers) {
                *cell = number.to_le_bytes();
            }
        })
    }

    /// Places text.
    pub(crate) fn text(&mut self, text: &str) -> (u32, u32) {
        self.place(text.len(), 1, |bytes| bytes.copy_from_slice(text.as_bytes()))
    }

    /// Places `length` elements of `size` bytes.
    pub(crate) fn place(&mut self, length: usize, size: usize, write: impl FnOnce(&mut [u8])) -> (u32, u32) {
        let start = self.free.next_multiple_of(8);
        self.free = start + length * size;
        self.blocks += 1;
        write(self.memory.get_mut(start..self.free).expect("arguments fit the first page"));
        (start as u32, length as u32)
    }

    fn finish(self) {
        let words = (self.free as u64) | u64::from(self.blocks) << 32;
        let place = self.memory.get_mut(self.arena..self.arena + 8).expect("the words are in memory");
        place.copy_from_slice(&words.to_le_bytes());
    }
}

/// What makes new instances of a core module.
pub(crate) struct Pooled {
    engine: Engine,
    instances: InstancePre<()>,
    limited: Limited,
    export: String,
}

impl Pooled {
    pub(crate) fn new(component: &[u8], export: &str, limited: Limited) -> Result<Self, Failure> {
        let engine = limited.pooling_engine()?;
        let module = Module::new(&engine, core_module(component)?)?;
        let instances = Linker::new(&engine).instantiate_pre(&module)?;
        Ok(Self { engine, instances, limited, export: export.to_owned() })
    }

    /// A new instance.
    pub(crate) fn instance<P: WasmParams, R: WasmResults>(&self) -> Core<P, R> {
        let mut store = Store::new(&self.engine, ());
        self.limited.arm(&mut store);
        let instance = self.instances.instantiate(&mut store).expect("the pool has room");
        Core::of(store, &instance, &self.export, self.limited).expect("the module has the export")
    }
}

impl<P: WasmParams, R: WasmResults> Core<P, R> {
    /// An instance, to be called again and again.
    pub(crate) fn new(component: &[u8], export: &str, limited: Limited) -> Result<Self, Failure> {
        let engine = limited.tuned_engine()?;
        let module = Module::new(&engine, core_module(component)?)?;
        let mut store = Store::new(&engine, ());
        limited.arm(&mut store);
        let instance = Instance::new(&mut store, &module, &[])?;
        Self::of(store, &instance, export, limited)
    }

    fn of(
        mut store: Store<()>,
        instance: &Instance,
        export: &str,
        limited: Limited,
    ) -> Result<Self, Failure> {
        let memory = instance.get_memory(&mut store, "memory");
        let function = instance.get_typed_func(&mut store, export)?;
        let post_return = instance.get_typed_func(&mut store, &format!("cabi_post_{export}")).ok();
        let words = instance.get_global(&mut store, "linchpin_arena");
        let words = words.and_then(|global| global.get(&mut store).i32()).map(|address| address as usize);
        let arena = words.zip(memory).and_then(|(words, memory)| {
            let free = memory.data(&store).get(words..words + 4)?.first_chunk()?;
            Some((words, u32::from_le_bytes(*free) as usize))
        });
        Ok(Self { store, limited, memory, function, post_return, arena })
    }

    /// Calls it.
    pub(crate) fn call(&mut self, parameters: impl FnOnce(&mut Arguments<'_>) -> P) -> R {
        self.limited.arm(&mut self.store);
        let memory = self.memory.map_or(&mut [][..], |memory| memory.data_mut(&mut self.store));
        let (arena, free) = self.arena.unwrap_or_default();
        let mut arguments = Arguments { memory, arena, free, blocks: 0 };
        let parameters = parameters(&mut arguments);
        if self.arena.is_some() {
            arguments.finish();
        }
        self.function.call(&mut self.store, parameters).expect("the guest returns")
    }

    /// What lies at an address.
    pub(crate) fn read<const SIZE: usize>(&self, address: u32) -> [u8; SIZE] {
        let bytes = self.bytes(address, SIZE as u32);
        *bytes.first_chunk().expect("as many bytes as asked for")
    }

    /// What lies at an address.
    pub(crate) fn bytes(&self, address: u32, length: u32) -> &[u8] {
        let memory = self.memory.map_or(&[][..], |memory| memory.data(&self.store));
        memory.get(address as usize..).and_then(|bytes| bytes.get(..length as usize)).expect("in memory")
    }

    /// Lets the guest free its result.
    pub(crate) fn post_return(&mut self, result: u32) {
        if let Some(post_return) = &self.post_return {
            post_return.call(&mut self.store, result).expect("the guest returns");
        }
    }
}
