//! The functions, each with all the ways of calling it.

mod add;
mod echo;
mod mlp;
mod plan;
mod setpoint;
mod total;

use crate::Failure;
use crate::engines::Limited;
use crate::guests::Guests;
use crate::measure::Subject;
use linchpin_host::dynamic::{DynamicFunction, Value};
use linchpin_host::world::WorldContract;
use linchpin_host::{Component, GuestInstance, Limits};

/// Prepares all ways of calling one function.
type Case = fn(&Guests, Limited) -> Result<Vec<Subject>, Failure>;

/// All functions.
pub(crate) const ALL: &[(&str, Case)] = &[
    ("add", add::subjects),
    ("setpoint 2 x 24", |guests, limited| setpoint::subjects(guests, limited, 24)),
    ("setpoint 2 x 96", |guests, limited| setpoint::subjects(guests, limited, 96)),
    ("total of 512 records", total::subjects),
    ("echo of 64 bytes", echo::subjects),
    ("MLP 48-32-16-1", mlp::subjects),
    ("the heater's plan", plan::subjects),
];

/// Ours with dynamic values: function `index` of `world`.
fn dynamic(
    component: &[u8],
    world: &WorldContract,
    index: usize,
    limited: Limited,
) -> Result<(DynamicFunction, GuestInstance), Failure> {
    let name = world.functions.get(index).map(|function| function.name).unwrap_or_default();
    let read = Component::read(component, &Limits::default())?;
    let function = read.functions.iter().find(|function| function.name.name == name);
    let function = function.ok_or("the component lacks the function")?;
    let types = function.parameters.iter().map(|(_, ty)| ty);
    let layout = DynamicFunction::new(types, function.result.as_ref())?;
    Ok((layout, crate::ours::instance(component, world, limited)?))
}

/// One dynamic call with its reset.
fn call_dynamic(
    (layout, instance): &mut (DynamicFunction, GuestInstance),
    index: usize,
    arguments: &[Value],
) -> Value {
    crate::ours::reset(instance, |instance| layout.call(instance, index, arguments))
        .expect("there is a result")
}
