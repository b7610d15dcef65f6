//! Calls through the engine's component model.

use crate::Failure;
use crate::engines::Limited;
use wasmtime::component::{Component, ComponentExportIndex, Func, Instance, Linker, Val};
use wasmtime::{Engine, Store};

/// The engine's own bindings, as it comes.
pub(crate) const DEFAULT: &str = "component bindings, default";
/// The engine's own bindings, without support for concurrent guests.
pub(crate) const TUNED: &str = "component bindings, tuned";
/// Values of types known at run time only.
pub(crate) const DYNAMIC: &str = "component values, dynamic, tuned";

/// An instance of a component.
pub(crate) struct Running {
    pub(crate) limited: Limited,
    pub(crate) store: Store<()>,
    instance: Instance,
}

impl Running {
    /// An instance, and the engine's bindings for it.
    pub(crate) fn bound<B>(
        engine: &Engine,
        component: &[u8],
        limited: Limited,
        bind: impl FnOnce(&mut Store<()>, &Instance) -> Result<B, wasmtime::Error>,
    ) -> Result<(Self, B), Failure> {
        let component = Component::new(engine, component)?;
        let mut store = Store::new(engine, ());
        limited.arm(&mut store);
        let instance = Linker::new(engine).instantiate(&mut store, &component)?;
        let bindings = bind(&mut store, &instance)?;
        Ok((Self { limited, store, instance }, bindings))
    }

    /// An instance whose functions are called with dynamic values.
    pub(crate) fn dynamic(component: &[u8], limited: Limited) -> Result<Self, Failure> {
        Ok(Self::bound(&limited.tuned_engine()?, component, limited, |_, _| Ok(()))?.0)
    }

    /// A function of an interface.
    pub(crate) fn function(&mut self, interface: &str, name: &str) -> Result<Func, Failure> {
        let missing = || format!("no function `{name}` in `{interface}`");
        let find = |store: &mut Store<()>, parent: Option<&ComponentExportIndex>, name: &str| {
            self.instance.get_export_index(store, parent, name)
        };
        let interface = find(&mut self.store, None, interface).ok_or_else(missing)?;
        let index = find(&mut self.store, Some(&interface), name).ok_or_else(missing)?;
        Ok(self.instance.get_func(&mut self.store, index).ok_or_else(missing)?)
    }

    /// Calls a function with dynamic values.
    pub(crate) fn call(&mut self, function: &Func, arguments: &[Val]) -> Val {
        self.limited.arm(&mut self.store);
        let mut result = [Val::Bool(false)];
        function.call(&mut self.store, arguments, &mut result).expect("the guest returns");
        let [value] = result;
        value
    }
}
