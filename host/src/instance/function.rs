//! One exported function of one instance, looked up once, and called with types or with slots.

use super::compiled::Entry;
use super::trap::guest;
use crate::abi::{FlatParameters, FlatResult, Trap};
use crate::world::CoreType;
use std::any::TypeId;
use wasmtime::{Func, Instance, ModuleExport, Store, TypedFunc, Val, WasmParams, WasmResults};

/// What the engine can pass to a function of known type. A tuple of core values is.
pub trait EngineParameters: WasmParams {}

impl<T: WasmParams> EngineParameters for T {}

/// What the engine can take from a function of known type. A core value is.
pub trait EngineResult: WasmResults {}

impl<T: WasmResults> EngineResult for T {}

/// A function of an instance, in a store with data of type `T`.
pub(super) struct Function<T> {
    func: Func,
    /// The same with its Rust types, from the first call with types on.
    typed: Option<Typed<T>>,
    post_return: Option<Func>,
    parameters: Vec<CoreType>,
    result: Option<CoreType>,
}

/// A function with its Rust types, which are known to whoever calls it and not to who keeps it.
///
/// Values pass through slots. To get a function of known type out of an `Any` costs more: its type comes from a call
/// of its own.
struct Typed<T> {
    /// Of the parameters and the result.
    types: TypeId,
    call: Box<dyn CallTyped<T>>,
}

/// Calls with slots: parameters in, result in the first.
trait CallTyped<T>: Send + Sync {
    fn call(&self, store: &mut Store<T>, slots: &mut [u64]) -> Result<(), wasmtime::Error>;
}

impl<T: 'static, P: FlatParameters, R: FlatResult> CallTyped<T> for TypedFunc<P, R> {
    fn call(&self, store: &mut Store<T>, slots: &mut [u64]) -> Result<(), wasmtime::Error> {
        let Some(parameters) = P::from_slots(slots) else { return Err(other_types()) };
        let result = TypedFunc::call(self, store, parameters)?;
        if let Some(slot) = slots.first_mut() {
            *slot = result.to_slot();
        }
        Ok(())
    }
}

impl<T: 'static> Function<T> {
    pub(super) fn new(store: &mut Store<T>, instance: &Instance, entry: &Entry) -> Result<Self, Trap> {
        Ok(Self {
            func: func(store, instance, entry.export)?,
            typed: None,
            post_return: entry.post_return.map(|export| func(store, instance, export)).transpose()?,
            parameters: entry.parameters.clone(),
            result: entry.result,
        })
    }

    /// Makes ready for calls with these types.
    #[inline(always)]
    pub(super) fn prepare<P: FlatParameters, R: FlatResult>(
        &mut self,
        store: &Store<T>,
    ) -> Result<(), wasmtime::Error> {
        match &self.typed {
            Some(typed) if typed.types == TypeId::of::<(P, R)>() => Ok(()),
            Some(_) | None => self.look_up::<P, R>(store),
        }
    }

    #[cold]
    fn look_up<P: FlatParameters, R: FlatResult>(&mut self, store: &Store<T>) -> Result<(), wasmtime::Error> {
        // A function has one type, so the first that fitted was right.
        if self.typed.is_some() {
            return Err(other_types());
        }
        let call = Box::new(self.func.typed::<P, R>(store)?);
        self.typed = Some(Typed { types: TypeId::of::<(P, R)>(), call });
        Ok(())
    }

    /// Calls it with the slots of the types that it was prepared for.
    #[inline(always)]
    pub(super) fn call_prepared(
        &self,
        store: &mut Store<T>,
        slots: &mut [u64],
    ) -> Result<(), wasmtime::Error> {
        match &self.typed {
            Some(typed) => typed.call.call(store, slots),
            None => Err(other_types()),
        }
    }

    /// Calls it with slots, as [`crate::abi::Instance::call`] says.
    pub(super) fn call(&self, store: &mut Store<T>, slots: &mut [u64]) -> Result<(), wasmtime::Error> {
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
    pub(super) fn post_return(&self, store: &mut Store<T>, result: u64) -> Result<(), wasmtime::Error> {
        let Some(post_return) = self.post_return else { return Ok(()) };
        let parameter = self.result.map(|ty| to_val(ty, result));
        post_return.call(store, parameter.as_slice(), &mut [])
    }
}

#[cold]
fn other_types() -> wasmtime::Error {
    wasmtime::Error::msg("the function was called with other types than it has")
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
