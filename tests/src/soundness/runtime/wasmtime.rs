//! wasmtime 48: a component against the linker and the calls of a host.

use std::collections::BTreeMap;

use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, InstancePre, Linker, LinkerInstance};
use wasmtime::{Config, Engine, OptLevel, RegallocAlgorithm, Store};

use super::expected::{resource_type, with_table};
use super::functions::numbered;
use super::host::{Host, HostItem};

/// How a host's functions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Functions {
    /// With Rust types, as `bindgen!` writes them.
    Typed,
    /// With `Val`.
    Dynamic,
}

/// What wasmtime did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the linker took the component, and why not.
    pub imports: Result<(), String>,
    /// Each function that the host calls, by instance and name, and why it was not accepted. Absent where the
    /// imports failed and the exports mention resources that only a linker knows.
    pub exports: Option<BTreeMap<(Option<String>, String), Result<(), String>>>,
    /// Exported instances that the host looks up and does not find.
    pub missing: Vec<String>,
}

impl Outcome {
    /// Whether a real host would run this component.
    #[must_use]
    pub fn links(&self) -> bool {
        let found = |exports: &BTreeMap<_, Result<(), String>>| exports.values().all(Result::is_ok);
        self.imports.is_ok() && self.missing.is_empty() && self.exports.as_ref().is_some_and(found)
    }
}

/// An engine with every feature of components, and as little optimisation as there is.
///
/// # Errors
/// wasmtime's own.
pub fn engine() -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::None);
    config.cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass);
    config.wasm_component_model(true);
    config.wasm_component_model_async(true);
    config.wasm_component_model_more_async_builtins(true);
    config.wasm_component_model_async_stackful(true);
    config.wasm_component_model_error_context(true);
    config.wasm_component_model_map(true);
    config.wasm_component_model_fixed_length_lists(true);
    Engine::new(&config)
}

/// Links the component with the host and looks up all that the host calls.
///
/// # Errors
/// What the harness itself could not do.
pub fn meet(
    engine: &Engine,
    functions: Functions,
    host: &Host,
    component: &Component,
) -> wasmtime::Result<Outcome> {
    let mut linker = Linker::new(engine);
    for item in &host.imports {
        register(&mut linker, functions, host, item)?;
    }
    with_table(&host.table, || {
        let linked = linker.instantiate_pre(component);
        let imports = linked.as_ref().map(|_| ()).map_err(|error| format!("{error:#}"));
        let pre = match linked {
            Ok(pre) => Some(pre),
            // Without handles, exports do not depend on what the linker holds.
            Err(_) if host.exports.iter().all(|item| !mentions_offered(host, item)) => {
                let mut linker = Linker::new(engine);
                linker.define_unknown_imports_as_traps(component)?;
                Some(linker.instantiate_pre(component)?)
            }
            Err(_) => None,
        };
        let mut missing = Vec::new();
        let exports = pre.map(|pre| exports(functions, host, &pre, &mut missing));
        Ok(Outcome { imports, exports, missing })
    })
}

fn register(
    linker: &mut Linker<()>,
    functions: Functions,
    host: &Host,
    item: &HostItem,
) -> wasmtime::Result<()> {
    let mut instance = match &item.instance {
        Some(name) => linker.instance(name)?,
        None => linker.root(),
    };
    for (name, number) in &item.resources {
        let ty = resource_type(*number).ok_or_else(|| wasmtime::Error::msg("too many resources"))?;
        instance.resource(name, ty, |_, _| Ok(()))?;
    }
    for (name, number) in &item.functions {
        let is_async = host.table.functions[*number].is_async;
        match functions {
            Functions::Typed => {
                let numbered = numbered(*number).ok_or_else(|| wasmtime::Error::msg("too many functions"))?;
                (if is_async { numbered.concurrent } else { numbered.sync })(&mut instance, name)?;
            }
            Functions::Dynamic => dynamic(&mut instance, name, is_async)?,
        }
    }
    Ok(())
}

fn dynamic(instance: &mut LinkerInstance<'_, ()>, name: &str, is_async: bool) -> wasmtime::Result<()> {
    if is_async {
        instance.func_new_concurrent(name, |_, _, _, _| {
            Box::pin(async { Err(wasmtime::Error::msg(super::expected::REACHED)) })
        })
    } else {
        instance.func_new(name, |_, _, _, _| Err(wasmtime::Error::msg(super::expected::REACHED)))
    }
}

/// Whether a typed export would compare a resource with what the linker holds.
fn mentions_offered(host: &Host, item: &HostItem) -> bool {
    use super::expected::Node;
    !item.functions.is_empty() && host.table.nodes.iter().any(|node| matches!(node, Node::Offered(_)))
}

fn exports(
    functions: Functions,
    host: &Host,
    pre: &InstancePre<()>,
    missing: &mut Vec<String>,
) -> BTreeMap<(Option<String>, String), Result<(), String>> {
    let component = pre.component();
    let mut found = BTreeMap::new();
    for item in &host.exports {
        let instance = match &item.instance {
            None => None,
            Some(name) => match component.get_export_index(None, name) {
                Some(index) => Some(index),
                None => {
                    missing.push(name.clone());
                    continue;
                }
            },
        };
        for (name, number) in &item.functions {
            let key = (item.instance.clone(), name.clone());
            let result = match component.get_export(instance.as_ref(), name) {
                Some((ComponentItem::ComponentFunc(function), _)) => match (functions, numbered(*number)) {
                    (Functions::Dynamic, _) => Ok(()),
                    (Functions::Typed, Some(numbered)) => {
                        (numbered.typecheck)(&function, &pre.instance_type())
                            .map_err(|error| format!("{error:#}"))
                    }
                    (Functions::Typed, None) => Err("too many functions".to_owned()),
                },
                Some(_) => Err("not a function".to_owned()),
                None => Err("no such export".to_owned()),
            };
            found.insert(key, result);
        }
    }
    found
}

/// Instantiates the component and calls each function that the host calls, awaiting those that are `async` in its own
/// world. The result says for each whether wasmtime accepted the call.
///
/// # Errors
/// What wasmtime says of the component before any call.
pub fn call(
    engine: &Engine,
    host: &Host,
    component: &Component,
) -> wasmtime::Result<BTreeMap<(Option<String>, String), Result<(), String>>> {
    let mut linker = Linker::new(engine);
    for item in &host.imports {
        register(&mut linker, Functions::Typed, host, item)?;
    }
    with_table(&host.table, || {
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, component)?;
        let mut called = BTreeMap::new();
        for item in &host.exports {
            let index = match &item.instance {
                Some(name) => instance.get_export_index(&mut store, None, name),
                None => None,
            };
            for (name, number) in &item.functions {
                let function = match &item.instance {
                    Some(_) if index.is_none() => None,
                    _ => instance
                        .get_export_index(&mut store, index.as_ref(), name)
                        .and_then(|index| instance.get_func(&mut store, index)),
                };
                let result = match (function, numbered(*number)) {
                    (Some(function), Some(numbered)) if host.table.functions[*number].is_async => {
                        (numbered.call_async)(&function, &mut store)
                    }
                    (Some(function), Some(numbered)) => (numbered.call)(&function, &mut store),
                    (None, _) | (_, None) => Err(wasmtime::Error::msg("no such export")),
                };
                called.insert((item.instance.clone(), name.clone()), accepted(result));
            }
        }
        Ok(called)
    })
}

/// A call that asks for values, or that reached the guest's own trap, was accepted.
fn accepted(result: wasmtime::Result<()>) -> Result<(), String> {
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.is::<wasmtime::Trap>() => Ok(()),
        Err(error) if format!("{error:#}").contains(super::expected::REACHED) => Ok(()),
        Err(error) => Err(format!("{error:#}")),
    }
}
