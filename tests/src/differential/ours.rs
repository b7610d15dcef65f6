//! Our side: the dynamic form of a call, on an instance that is reset after each.

use linchpin_host::dynamic::{DynamicError, DynamicFunction, Value};
use linchpin_host::{Engine, Limits, Loaded};

use super::guest::{Guest, PADDING};
use super::{Given, OtherEngine, Spoil};

pub(super) struct Ours {
    loaded: Loaded,
    function: DynamicFunction,
}

impl Ours {
    pub(super) fn load(engine: &Engine, guest: &Guest, limits: &Limits) -> Result<Self, String> {
        let loaded = Loaded::standalone(engine, &guest.component, limits);
        let loaded = loaded.map_err(|error| format!("{error}\n{:?}", guest.ty))?;
        let [function] = loaded.functions() else { return Err("the guest has one function".to_owned()) };
        let types = function.parameters.iter().map(|(_, ty)| ty);
        // What the component's bytes say is what was asked for.
        if function.parameters.first().map(|(_, ty)| ty) != Some(&guest.ty) {
            return Err(format!("{:?} was read as {:?}", guest.ty, function.parameters.first()));
        }
        let function = DynamicFunction::new(types, function.result.as_ref());
        Ok(Self { function: function.map_err(|error| error.to_string())?, loaded })
    }

    /// What comes back; the error is its code.
    pub(super) fn echo(&mut self, value: &Value, spoil: Spoil) -> Given {
        let arguments = arguments(value, spoil);
        let called = self.loaded.call(|instance| self.function.call(instance, 0, &arguments));
        first(called.map_err(|error| error.code().to_owned())?)
    }

    /// The same on another engine.
    pub(super) fn echo_on(&self, engine: &mut dyn OtherEngine, value: &Value, spoil: Spoil) -> Given {
        first(engine.call(&self.function, &arguments(value, spoil)))
    }
}

fn arguments(value: &Value, spoil: Spoil) -> Vec<Value> {
    let mut arguments = vec![value.clone(), Value::U32(spoil.at), Value::U8(spoil.byte)];
    arguments.extend(vec![Value::U8(7); PADDING]);
    arguments
}

fn first(called: Result<Option<Value>, DynamicError>) -> Given {
    match called.map_err(|error| error.code().to_owned())? {
        Some(Value::Tuple(parts)) => parts.into_iter().next().ok_or_else(|| "an empty tuple".to_owned()),
        other => Err(format!("no tuple: {other:?}")),
    }
}
