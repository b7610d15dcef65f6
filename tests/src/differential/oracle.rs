//! The other side: wasmtime's component model, with a fresh instance for each call.

use linchpin_host::ValueType as Ty;
use linchpin_host::dynamic::Value;
use wasmtime::component::{Component, ComponentExportIndex, InstancePre, Linker, Val};
use wasmtime::{Config, Engine, Store};

use super::guest::{FUNCTION, Guest, INTERFACE, PADDING};
use super::{Given, Spoil};

pub(super) struct Oracle {
    ty: Ty,
    engine: Engine,
    instances: InstancePre<()>,
    function: ComponentExportIndex,
}

/// An engine that computes NaNs as ours does.
pub(super) fn engine() -> Result<Engine, String> {
    Engine::new(Config::new().cranelift_nan_canonicalization(true)).map_err(|error| error.to_string())
}

impl Oracle {
    pub(super) fn load(engine: &Engine, guest: &Guest) -> Result<Self, String> {
        let component = Component::new(engine, &guest.component).map_err(text)?;
        Self::of(engine, &component, INTERFACE, FUNCTION, &guest.ty)
    }

    /// One function of a component, whose first parameter is of type `ty`.
    pub(super) fn of(
        engine: &Engine,
        component: &Component,
        interface: &str,
        function: &str,
        ty: &Ty,
    ) -> Result<Self, String> {
        let interface = component.get_export_index(None, interface);
        let function = interface.and_then(|interface| component.get_export_index(Some(&interface), function));
        let function = function.ok_or("the component has no such function")?;
        let instances = Linker::new(engine).instantiate_pre(component).map_err(text)?;
        Ok(Self { ty: ty.clone(), engine: engine.clone(), instances, function })
    }

    /// What comes back; the error is the engine's text.
    pub(super) fn echo(&self, value: &Value, spoil: Spoil) -> Given {
        self.echo_beside(value, spoil, vec![Val::U8(7); PADDING])
    }

    /// The same of a function with other padding.
    pub(super) fn echo_beside(&self, value: &Value, spoil: Spoil, padding: Vec<Val>) -> Given {
        let mut arguments = vec![val(&self.ty, value), Val::U32(spoil.at), Val::U8(spoil.byte)];
        arguments.extend(padding);
        let Val::Tuple(parts) = self.call(&arguments)? else { return Err("no tuple".to_owned()) };
        let first = parts.into_iter().next().ok_or("an empty tuple")?;
        Ok(own(&self.ty, first))
    }

    /// What a function of one parameter that returns a list of `u64` gives.
    pub(super) fn flat(&self, value: &Value) -> Given {
        let result = self.call(&[val(&self.ty, value)])?;
        Ok(own(&Ty::List(Box::new(Ty::U64)), result))
    }

    fn call(&self, arguments: &[Val]) -> Result<Val, String> {
        let mut store = Store::new(&self.engine, ());
        let instance = self.instances.instantiate(&mut store).map_err(text)?;
        let function = instance.get_func(&mut store, self.function).ok_or("no such function")?;
        let mut results = [Val::Bool(false)];
        function.call(&mut store, arguments, &mut results).map_err(text)?;
        let [result] = results;
        Ok(result)
    }
}

fn text(error: wasmtime::Error) -> String {
    format!("{error:#}")
}

/// The engine's value for one of ours.
fn val(ty: &Ty, value: &Value) -> Val {
    let boxed = |ty: Option<&Ty>, value: &Option<Box<Value>>| {
        ty.zip(value.as_deref()).map(|(ty, value)| Box::new(val(ty, value)))
    };
    match (ty, value) {
        (_, Value::Bool(it)) => Val::Bool(*it),
        (_, Value::U8(it)) => Val::U8(*it),
        (_, Value::U16(it)) => Val::U16(*it),
        (_, Value::U32(it)) => Val::U32(*it),
        (_, Value::U64(it)) => Val::U64(*it),
        (_, Value::S8(it)) => Val::S8(*it),
        (_, Value::S16(it)) => Val::S16(*it),
        (_, Value::S32(it)) => Val::S32(*it),
        (_, Value::S64(it)) => Val::S64(*it),
        (_, Value::F32(it)) => Val::Float32(*it),
        (_, Value::F64(it)) => Val::Float64(*it),
        (_, Value::Char(it)) => Val::Char(*it),
        (_, Value::String(it)) => Val::String(it.clone()),
        (Ty::List(ty), Value::List(items)) => Val::List(items.iter().map(|item| val(ty, item)).collect()),
        (Ty::Option(ty), Value::Option(item)) => Val::Option(boxed(Some(ty), item)),
        (Ty::Result { ok, err }, Value::Result(result)) => Val::Result(match result {
            Ok(item) => Ok(boxed(ok.as_deref(), item)),
            Err(item) => Err(boxed(err.as_deref(), item)),
        }),
        (Ty::Tuple(types), Value::Tuple(items)) => {
            Val::Tuple(types.iter().zip(items).map(|(ty, item)| val(ty, item)).collect())
        }
        (Ty::Record(fields), Value::Record(items)) => Val::Record(
            fields.iter().zip(items).map(|((name, ty), it)| (name.clone(), val(ty, it))).collect(),
        ),
        (Ty::Variant(cases), Value::Variant(case, payload)) => {
            let (name, ty) = &cases[*case as usize];
            Val::Variant(name.clone(), boxed(ty.as_ref(), payload))
        }
        (Ty::Enum(names), Value::Enum(case)) => Val::Enum(names[*case as usize].clone()),
        (Ty::Flags(names), Value::Flags(flags)) => {
            let set = names.iter().zip(flags).filter(|(_, is_set)| **is_set);
            Val::Flags(set.map(|(name, _)| name.clone()).collect())
        }
        (ty, value) => unreachable!("{value:?} was made for {ty:?}"),
    }
}

/// Ours for a value of the engine.
fn own(ty: &Ty, value: Val) -> Value {
    let boxed =
        |ty: Option<&Ty>, value: Option<Box<Val>>| ty.zip(value).map(|(ty, value)| Box::new(own(ty, *value)));
    match (ty, value) {
        (_, Val::Bool(it)) => Value::Bool(it),
        (_, Val::U8(it)) => Value::U8(it),
        (_, Val::U16(it)) => Value::U16(it),
        (_, Val::U32(it)) => Value::U32(it),
        (_, Val::U64(it)) => Value::U64(it),
        (_, Val::S8(it)) => Value::S8(it),
        (_, Val::S16(it)) => Value::S16(it),
        (_, Val::S32(it)) => Value::S32(it),
        (_, Val::S64(it)) => Value::S64(it),
        (_, Val::Float32(it)) => Value::F32(it),
        (_, Val::Float64(it)) => Value::F64(it),
        (_, Val::Char(it)) => Value::Char(it),
        (_, Val::String(it)) => Value::String(it),
        (Ty::List(ty), Val::List(items)) => Value::List(items.into_iter().map(|it| own(ty, it)).collect()),
        (Ty::Option(ty), Val::Option(item)) => Value::Option(boxed(Some(ty), item)),
        (Ty::Result { ok, err }, Val::Result(result)) => Value::Result(match result {
            Ok(item) => Ok(boxed(ok.as_deref(), item)),
            Err(item) => Err(boxed(err.as_deref(), item)),
        }),
        (Ty::Tuple(types), Val::Tuple(items)) => {
            Value::Tuple(types.iter().zip(items).map(|(ty, item)| own(ty, item)).collect())
        }
        (Ty::Record(fields), Val::Record(items)) => {
            Value::Record(fields.iter().zip(items).map(|((_, ty), (_, item))| own(ty, item)).collect())
        }
        (Ty::Variant(cases), Val::Variant(name, payload)) => {
            let case = position(cases.iter().map(|(name, _)| name), &name);
            Value::Variant(case, boxed(cases[case as usize].1.as_ref(), payload))
        }
        (Ty::Enum(names), Val::Enum(name)) => Value::Enum(position(names, &name)),
        (Ty::Flags(names), Val::Flags(set)) => {
            Value::Flags(names.iter().map(|name| set.contains(name)).collect())
        }
        (ty, value) => unreachable!("{value:?} came back for {ty:?}"),
    }
}

/// The number of a case.
fn position<'n>(names: impl IntoIterator<Item = &'n String>, wanted: &str) -> u32 {
    let position = names.into_iter().position(|name| name == wanted);
    position.and_then(|position| u32::try_from(position).ok()).expect("the engine knows the type")
}
