//! One order of steps for all devices of a class: equal steps together, each device's own order kept.

use std::collections::{BTreeMap, BTreeSet};

use super::class::Class;
use super::search::{Move, State, goal_of, raised};
use super::{Fits, Start};
use crate::verdict::{RolloutAction, RolloutStep};

/// A step of devices on one firmware; its order among others that could be taken next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    firmware: u16,
    /// Modules before the firmware.
    upgrade: bool,
    step: Move,
    /// Set where steps of several states cannot be taken together.
    state: Option<State>,
}

impl Key {
    fn of(state: &State, step: Move, together: bool) -> Self {
        Self {
            firmware: state.first().copied().unwrap_or_default(),
            upgrade: step.variable == 0,
            step,
            state: (!together).then(|| state.clone()),
        }
    }
}

/// By state that takes a step: how many devices.
type Takers = BTreeMap<State, Option<u64>>;

/// The steps of all ways, in order.
pub(super) fn steps(
    class: &mut Class<'_>,
    ways: &[(Start, Vec<Move>)],
    fits: &mut Fits<'_>,
) -> Vec<RolloutStep> {
    // Steps of one kind go together unless some devices would then wait for themselves.
    let ordered = ordered(ways, true).or_else(|| ordered(ways, false)).unwrap_or_default();
    let mut steps = Vec::with_capacity(ordered.len());
    for (key, takers) in ordered {
        let mut devices = None;
        for count in takers.values().copied().flatten() {
            devices = Some(devices.unwrap_or(0_u64).saturating_add(count));
        }
        let reason = takers.keys().find_map(|state| reason(class, state, key.step, fits));
        let reason = reason.unwrap_or_else(|| "it fits everything that these devices have".to_owned());
        let Some(state) = takers.keys().next() else { continue };
        steps.push(RolloutStep {
            target: class.target.name.clone(),
            firmware: class.firmware(state),
            states: takers.keys().map(|state| class.modules_of(state)).collect(),
            action: action(class, state, key.step),
            reason,
            devices,
        });
    }
    steps
}

fn action(class: &Class<'_>, state: &State, step: Move) -> RolloutAction {
    let next = raised(state, step);
    match class.module(&next, step.variable) {
        Some(module) => {
            RolloutAction::Install { module: module.name.clone(), version: module.version.to_string() }
        }
        None => RolloutAction::Upgrade { firmware: class.firmware(&next) },
    }
}

/// Every step once, after all that must go before it; none if steps wait for one another.
fn ordered(ways: &[(Start, Vec<Move>)], together: bool) -> Option<Vec<(Key, Takers)>> {
    let mut takers: BTreeMap<Key, Takers> = BTreeMap::new();
    let mut before: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for (start, way) in ways {
        let mut state = start.state.clone();
        let mut last: Option<Key> = None;
        for step in way {
            let key = Key::of(&state, *step, together);
            let devices = takers.entry(key.clone()).or_default().entry(state.clone()).or_default();
            if let Some(more) = start.devices {
                *devices = Some(devices.unwrap_or(0).saturating_add(more));
            }
            before.entry(key.clone()).or_default().extend(last.replace(key));
            state = raised(&state, *step);
        }
    }
    let mut ordered = Vec::with_capacity(takers.len());
    while !before.is_empty() {
        let next = before.iter().find(|(_, before)| before.is_empty()).map(|(key, _)| key.clone())?;
        before.remove(&next);
        for waits in before.values_mut() {
            waits.remove(&next);
        }
        let own = takers.remove(&next).unwrap_or_default();
        ordered.push((next, own));
    }
    Some(ordered)
}

/// What does not fit before this step, or could not be done before it, and can be done after it.
fn reason(class: &mut Class<'_>, state: &State, step: Move, fits: &mut Fits<'_>) -> Option<String> {
    let broken =
        (0..state.len()).find_map(|variable| class.clashes(state, variable, fits).into_iter().next());
    if let Some(clash) = broken {
        return Some(format!("until then {} does not fit {}", clash.one, clash.other));
    }
    let after = raised(state, step);
    let goal = goal_of(&class.goal, state);
    for (variable, to) in goal.iter().copied().enumerate() {
        let other = Move { variable, to };
        if variable == step.variable || state.get(variable) == Some(&to) {
            continue;
        }
        let early = class.clashes(&raised(state, other), variable, fits);
        if !early.is_empty() && class.fits(&raised(&after, other), variable, fits) {
            let clash = early.first()?;
            return Some(format!(
                "{} can follow only then: {} does not fit {}",
                class.after(state, other),
                clash.one,
                clash.other
            ));
        }
    }
    None
}
