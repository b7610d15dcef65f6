//! One exported function of one instance, looked up once, and called with types or with slots.

use super::compiled::Entry;
use super::trap::guest;
use crate::abi::Trap;
use crate::world::CoreType;
use std::any::Any;
use wasmtime::{Func, Instance, ModuleExport, Store, TypedFunc, Val, WasmParams, WasmResults};

/// What the engine can pass to a function of known type. A tuple of core values is.
pub trait EngineParameters: WasmParams {}

impl<T: WasmParams> EngineParameters for T {}

/// What the engine can take from a function of known type. A core value is.
pub trait EngineResult: WasmResults {}

impl<T: WasmResults> EngineResult for T {}

/// A function of an instance.
pub(super) struct Function {
    func: Func,
    /// The same with its Rust types, from the first call with types on: a [`TypedFunc`].
    typed: Option<Box<dyn Any + Send + Sync>>,
    post_return: Option<Func>,
    parameters: Vec<CoreType>,
    result: Option<CoreType>,
}

impl Function {
    pub(super) fn new<T>(store: &mut Store<T>, instance: &Instance, entry: &Entry) -> Result<Self, Trap> {
        Ok(Self {
            func: func(store, instance, entry.export)?,
            typed: None,
            post_return: entry.post_return.map(|export| func(store, instance, export)).transpose()?,
            parameters: entry.parameters.clone(),
            result: entry.result,
        })
    }

    /// The function with these types.
    #[inline]
    pub(super) fn typed<T, P, R>(&mut self, store: &Store<T>) -> Result<&TypedFunc<P, R>, wasmtime::Error>
    where
        P: EngineParameters + 'static,
        R: EngineResult + 'static,
    {
        if self.typed.is_none() {
            self.typed = Some(Box::new(self.func.typed::<P, R>(store)?));
        }
        let typed = self.typed.as_deref().and_then(|typed| typed.downcast_ref());
        // A function has one type, so the first that fitted was right.
        typed.ok_or_else(|| wasmtime::Error::msg("the function was called with other types before"))
    }

    /// Calls it with slots, as [`crate::abi::Instance::call`] says.
    pub(super) fn call<T>(&self, store: &mut Store<T>, slots: &mut [u64]) -> Result<(), wasmtime::Error> {
        let parameters = self.parameters.iter().zip(slots.iter());
        let parameters: Vec<Val> = parameters.map(|(ty, slot)| to_val(*ty, *slot)).collect();
        let mut result = [Val::I32(0)];
        let results = if self.result.is_some() { &mut result[..] } else { &mut [] };
        self.func.call(store, &parameters, results)?;
        if let (Some(_), Some(slot), [value]) = (self.result, slots.first_mut(), &result) {
            *slot = from_val(value);
        }
        Ok(())
    }

    #[inline]
    pub(super) fn has_post_return(&self) -> bool {
        self.post_return.is_some()
    }

    /// Calls what frees the result.
    pub(super) fn post_return<T>(&self, store: &mut Store<T>, result: u64) -> Result<(), wasmtime::Error> {
        let Some(post_return) = self.post_return else { return Ok(()) };
        let parameter = self.result.map(|ty| to_val(ty, result));
        post_return.call(store, parameter.as_slice(), &mut [])
    }
}

/// The exported function at `export`.
pub(super) fn func<T>(store: &mut Store<T>, instance: &Instance, export: ModuleExport) -> Result<Func, Trap> {
    let found = instance.get_module_export(store, &export).and_then(wasmtime::Extern::into_func);
    found.ok_or_else(|| guest("the export is no function"))
}

fn to_val(ty: CoreType, slot: u64) -> Val {
    let low = slot as u32;
    match ty {
        CoreType::I32 => Val::I32(low.cast_signed()),
        CoreType::I64 => Val::I64(slot.cast_signed()),
        CoreType::F32 => Val::F32(low),
        CoreType::F64 => Val::F64(slot),
    }
}

fn from_val(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(value.cast_unsigned()),
        Val::I64(value) => value.cast_unsigned(),
        Val::F32(bits) => u64::from(*bits),
        Val::F64(bits) => *bits,
        // No exported function has another result: the structural check refuses it.
        _ => 0,
    }
}
