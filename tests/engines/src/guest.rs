//! One guest in wasmi.

use linchpin_host::abi::{Instance, Trap, ValueLimits};
use linchpin_host::world::CoreType;
use linchpin_host::{Component, ExportedFunction, Limits};
use std::fmt;
use std::ops::Range;
use wasmi::{Engine, Func, Linker, Memory, Module, Store, Val};

/// An instance of a component's core module.
pub struct WasmiGuest {
    module: Module,
    component: Component,
    running: Running,
    limits: ValueLimits,
}

/// What is made anew by a reset.
struct Running {
    store: Store<()>,
    memory: Option<Memory>,
    allocator: Option<Func>,
    functions: Vec<Function>,
}

struct Function {
    call: Func,
    post_return: Option<Func>,
    parameters: Vec<CoreType>,
    result: Option<CoreType>,
}

/// Why a component does not run here.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Linchpin's own structural check refuses it.
    Component(linchpin_host::Error),
    /// wasmi refuses it.
    Engine(wasmi::Error),
    /// The core module lacks an export that the component names.
    ExportMissing(String),
}

impl Error {
    /// A stable name of the kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Component(error) => error.code(),
            Self::Engine(_) => "engine",
            Self::ExportMissing(_) => "export-missing",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Component(error) => error.fmt(out),
            Self::Engine(error) => write!(out, "wasmi does not run the guest: {error}"),
            Self::ExportMissing(name) => {
                write!(out, "the core module exports no `{name}`; build the guest with `linchpin build`")
            }
        }
    }
}

impl std::error::Error for Error {}

impl WasmiGuest {
    /// Loads a component that passes the host's structural check. Of the limits, those on bytes hold.
    ///
    /// # Errors
    /// If it does not pass, or wasmi does not run it.
    pub fn new(component: &[u8], limits: &Limits) -> Result<Self, Error> {
        let component = Component::read(component, limits).map_err(Error::Component)?;
        let module = Module::new(&Engine::default(), &component.core_module).map_err(Error::Engine)?;
        let running = Running::new(&module, &component)?;
        let (input_bytes, output_bytes) = (limits.input_bytes as u64, limits.output_bytes as u64);
        let limits = ValueLimits { input_bytes, output_bytes };
        Ok(Self { module, component, running, limits })
    }

    /// The functions by index, as the component exports them.
    pub fn functions(&self) -> &[ExportedFunction] {
        &self.component.functions
    }

    /// Puts everything back to what it was before the first call: by a fresh instance, the simplest way there is.
    ///
    /// # Errors
    /// If wasmi has no memory left for it.
    pub fn reset(&mut self) -> Result<(), Error> {
        self.running = Running::new(&self.module, &self.component)?;
        Ok(())
    }
}

impl Running {
    /// An instance with the exports that the component is made of, after its initialiser.
    fn new(module: &Module, component: &Component) -> Result<Self, Error> {
        let engine = module.engine();
        let mut store = Store::new(engine, ());
        let instance =
            Linker::new(engine).instantiate_and_start(&mut store, module).map_err(Error::Engine)?;
        let missing = |name: &String| Error::ExportMissing(name.clone());
        if let Some(name) = &component.initializer {
            let initializer = instance.get_func(&store, name).ok_or_else(|| missing(name))?;
            initializer.call(&mut store, &[], &mut []).map_err(Error::Engine)?;
        }
        let func = |name: &String| instance.get_func(&store, name).ok_or_else(|| missing(name));
        let function = |export: &ExportedFunction| {
            let call = func(&export.core_exports.function)?;
            let post_return = export.core_exports.post_return.as_ref().map(func).transpose()?;
            let (parameters, result) = (export.core_parameters.clone(), export.core_result);
            Ok(Function { call, post_return, parameters, result })
        };
        let functions = component.functions.iter().map(function).collect::<Result<_, Error>>()?;
        let allocator = component.realloc.as_ref().map(func).transpose()?;
        // All functions share one memory: the structural check says so.
        let memory = component.functions.iter().find_map(|export| export.core_exports.memory.as_ref());
        let memory = memory.map(|name| instance.get_memory(&store, name).ok_or_else(|| missing(name)));
        Ok(Self { memory: memory.transpose()?, allocator, functions, store })
    }
}

impl Instance for WasmiGuest {
    fn memory(&self) -> &[u8] {
        self.running.memory.map_or(&[], |memory| memory.data(&self.running.store))
    }

    fn memory_mut(&mut self, range: Range<usize>) -> Option<&mut [u8]> {
        match self.running.memory {
            Some(memory) => memory.data_mut(&mut self.running.store).get_mut(range),
            None => <&mut [u8]>::default().get_mut(range),
        }
    }

    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        let allocator = self.running.allocator.ok_or(Trap::NoAllocator)?;
        let arguments = [0, 0, align, size].map(|number: u32| Val::I32(number.cast_signed()));
        let mut result = [Val::I32(0)];
        allocator.call(&mut self.running.store, &arguments, &mut result).map_err(|error| trap(&error))?;
        let [address] = result;
        Ok(address.i32().unwrap_or_default().cast_unsigned())
    }

    fn call(&mut self, function: usize, slots: &mut [u64]) -> Result<(), Trap> {
        let function = self.running.functions.get(function).ok_or_else(no_such_function)?;
        let arguments = function.parameters.iter().zip(&*slots).map(|(ty, slot)| to_val(*ty, *slot));
        let arguments: Vec<Val> = arguments.collect();
        let mut result = [Val::I32(0)];
        let results = if function.result.is_some() { &mut result[..] } else { &mut [] };
        function.call.call(&mut self.running.store, &arguments, results).map_err(|error| trap(&error))?;
        if let (Some(ty), Some(slot), [value]) = (function.result, slots.first_mut(), &result) {
            *slot = from_val(ty, value);
        }
        Ok(())
    }

    fn post_return(&mut self, function: usize, result: u64) -> Result<(), Trap> {
        let function = self.running.functions.get(function).ok_or_else(no_such_function)?;
        let Some(post_return) = function.post_return else { return Ok(()) };
        let argument = function.result.map(|ty| to_val(ty, result));
        let called = post_return.call(&mut self.running.store, argument.as_slice(), &mut []);
        called.map_err(|error| trap(&error))
    }

    fn value_limits(&self) -> ValueLimits {
        self.limits
    }
}

impl fmt::Debug for WasmiGuest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WasmiGuest").field("functions", &self.component.functions.len()).finish_non_exhaustive()
    }
}

fn trap(error: &wasmi::Error) -> Trap {
    Trap::Guest { message: error.to_string() }
}

fn no_such_function() -> Trap {
    Trap::Guest { message: "it has no such function".to_owned() }
}

fn to_val(ty: CoreType, slot: u64) -> Val {
    let low = slot as u32;
    match ty {
        CoreType::I32 => Val::I32(low.cast_signed()),
        CoreType::I64 => Val::I64(slot.cast_signed()),
        CoreType::F32 => Val::F32(f32::from_bits(low).into()),
        CoreType::F64 => Val::F64(f64::from_bits(slot).into()),
    }
}

fn from_val(ty: CoreType, value: &Val) -> u64 {
    let bits = match ty {
        CoreType::I32 => value.i32().map(|value| u64::from(value.cast_unsigned())),
        CoreType::I64 => value.i64().map(i64::cast_unsigned),
        CoreType::F32 => value.f32().map(|value| u64::from(value.to_bits())),
        CoreType::F64 => value.f64().map(|value| value.to_bits()),
    };
    bits.unwrap_or_default()
}
