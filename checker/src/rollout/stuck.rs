//! Devices that no order brings to the end: why, and what to give up.

use std::collections::{BTreeMap, BTreeSet};

use super::class::Class;
use super::search::{Move, State, fewest, goal_of, raised};
use super::{Fits, Looked, Rollout, RolloutFault, Start, Trouble};
use crate::edges;
use crate::fleet::sum;
use crate::rule::{Check, Frame, Shown};
use crate::system::System;
use crate::verdict::{Finding, Hit, HitFirmware, Retired, RetiredItem};
use crate::walk;

/// So many kinds of devices are reported one by one.
const MAX_REPORTED: usize = 20;

/// Reports every kind of device that is stuck, and the smallest set to give up.
pub(super) fn report(
    system: &System,
    mut looked: Vec<Looked<'_>>,
    listed: bool,
    fits: &mut Fits<'_>,
    rollout: &mut Rollout,
) {
    let retire = retired(&looked);
    let help = help(&retire);
    let (mut reported, mut broken) = (0_usize, Vec::new());
    for Looked { class, stuck, mended, .. } in &mut looked {
        for start in mended.iter() {
            let fault = mended_fault(class, start, fits);
            broken.extend(findings(system, class, start, &fault));
        }
        for (start, trouble) in stuck.iter() {
            rollout.left_behind = rollout.left_behind.saturating_add(start.devices.unwrap_or(0));
            reported += 1;
            if reported <= MAX_REPORTED {
                let fault = fault(system, class, start, trouble, &help, listed, fits);
                rollout.findings.extend(findings(system, class, start, &fault));
            }
        }
    }
    if let (Some(last), Some(more)) = (rollout.findings.last_mut(), reported.checked_sub(MAX_REPORTED + 1)) {
        last.help.push_str(&format!("; {} more combinations are stuck as well", more + 1));
    }
    rollout.findings.append(&mut broken);
    rollout.retire = retire;
}

fn fault(
    system: &System,
    class: &mut Class<'_>,
    start: &Start,
    trouble: &Trouble,
    help: &str,
    listed: bool,
    fits: &mut Fits<'_>,
) -> RolloutFault {
    let devices = devices(class, &start.state);
    let place = start.place.clone().or_else(|| {
        let modules = system.modules.iter().find(|module| module.targets.contains(&class.target.name));
        modules.map(|module| module.place.clone())
    });
    let shown = Shown::new(place.as_ref(), devices.clone());
    let (reason, help) = match trouble {
        Trouble::TooMany => (
            "there are too many combinations of versions to tell".to_owned(),
            "name an inventory, or drop the versions from `earlier` that no device has any more".to_owned(),
        ),
        Trouble::AsItIs => (clashes_at(class, &start.state, fits), help.to_owned()),
        Trouble::NoWay => (dead_end(class, &start.state, fits), help.to_owned()),
    };
    RolloutFault { devices, reason, help, shown, listed, mended: false }
}

fn mended_fault(class: &mut Class<'_>, start: &Start, fits: &mut Fits<'_>) -> RolloutFault {
    let devices = devices(class, &start.state);
    RolloutFault {
        shown: Shown::new(start.place.as_ref(), devices.clone()),
        reason: clashes_at(class, &start.state, fits),
        help: "take the first step of the rollout for them at once, or correct the inventory".to_owned(),
        devices,
        listed: true,
        mended: true,
    }
}

/// `` `heater-3` 3.0.0 with `setpoint` 1.3.0 ``.
fn devices(class: &Class<'_>, state: &State) -> String {
    let modules: Vec<String> = (1..state.len())
        .filter(|variable| class.module(state, *variable).is_some())
        .map(|variable| class.name(state, variable))
        .collect();
    let with = if modules.is_empty() { String::new() } else { format!(" with {}", modules.join(", ")) };
    format!("`{}` {}{with}", class.target.name, class.firmware(state))
}

fn clashes_at(class: &mut Class<'_>, state: &State, fits: &mut Fits<'_>) -> String {
    let mut texts = BTreeSet::new();
    for variable in 0..state.len() {
        let clashes = class.clashes(state, variable, fits);
        texts.extend(clashes.into_iter().map(|clash| format!("{} does not fit {}", clash.one, clash.other)));
    }
    format!("what they have does not fit as it is: {}", texts.into_iter().collect::<Vec<_>>().join(", "))
}

/// Goes as far as single steps lead, and says what stops every further one.
fn dead_end(class: &mut Class<'_>, start: &State, fits: &mut Fits<'_>) -> String {
    let goal = goal_of(&class.goal, start);
    let mut state = start.clone();
    loop {
        let mut texts = Vec::new();
        let mut moved = false;
        for (variable, to) in goal.iter().copied().enumerate() {
            if state.get(variable) == Some(&to) {
                continue;
            }
            let next = raised(&state, Move { variable, to });
            let clashes = class.clashes(&next, variable, fits);
            if clashes.is_empty() {
                state = next;
                moved = true;
                break;
            }
            let clashes = clashes.iter().map(|clash| format!("{} does not fit {}", clash.one, clash.other));
            texts.push(clashes.collect::<Vec<_>>().join(", "));
        }
        if !moved {
            return texts.join("; and ");
        }
    }
}

/// Everything that devices that are stuck could be rid of, and the smallest set of it that is in each of them.
fn retired(looked: &[Looked<'_>]) -> Vec<Retired> {
    let items = |class: &Class<'_>, state: &State| -> BTreeSet<RetiredItem> {
        let newest = state.first() == class.goal.first();
        let firmware = (!newest).then(|| RetiredItem::Firmware {
            target: class.target.name.clone(),
            firmware: class.firmware(state),
        });
        let modules = (1..state.len()).filter(|variable| state.get(*variable) != class.goal.get(*variable));
        let module = |variable| {
            let module = class.module(state, variable)?;
            Some(RetiredItem::Module { module: module.name.clone(), version: module.version.to_string() })
        };
        firmware.into_iter().chain(modules.filter_map(module)).collect()
    };
    let mut all: BTreeMap<RetiredItem, Option<u64>> = BTreeMap::new();
    let mut starts = Vec::new();
    for Looked { class, starts: own, .. } in looked {
        for start in own {
            let items = items(class, &start.state);
            for item in &items {
                let devices = all.entry(item.clone()).or_default();
                *devices = match (*devices, start.devices) {
                    (devices, None) => devices,
                    (devices, Some(more)) => Some(devices.unwrap_or(0).saturating_add(more)),
                };
            }
            starts.push((items, start.devices.unwrap_or(1)));
        }
    }
    let stuck: Vec<BTreeSet<RetiredItem>> = looked
        .iter()
        .flat_map(|looked| looked.stuck.iter().map(|it| (&looked.class, it)))
        .filter(|(_, (_, trouble))| *trouble != Trouble::TooMany)
        .map(|(class, (start, _))| items(class, &start.state))
        .collect();
    let cost = |set: &BTreeSet<RetiredItem>| {
        sum(starts.iter().filter(|(items, _)| !items.is_disjoint(set)).map(|(_, devices)| *devices))
    };
    let retired = |what: RetiredItem| Retired { devices: all.get(&what).copied().flatten(), what };
    fewest(&stuck, cost).into_iter().map(retired).collect()
}

fn help(retire: &[Retired]) -> String {
    let names = retire.iter().map(|retired| match &retired.what {
        RetiredItem::Firmware { target, firmware } => format!("firmware {firmware} of `{target}`"),
        RetiredItem::Module { module, version } => format!("`{module}` {version}"),
    });
    let names = names.collect::<Vec<_>>().join(" and ");
    format!("release a version that fits both sides and name it in `earlier`, or give up {names}")
}

fn findings(system: &System, class: &Class<'_>, start: &Start, fault: &RolloutFault) -> Vec<Finding> {
    let on = HitFirmware { target: class.target.name.clone(), firmware: class.firmware(&start.state) };
    let modules = class.modules_of(&start.state);
    let hit = |(module, version): (String, String)| Hit { module, version, on: Some(on.clone()) };
    let path = format!("rollout {}", class.target.name);
    let frame = Frame { hits: modules.into_iter().map(hit).collect(), ..edges::frame(system, path) };
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Rollout(check) = check {
            check(fault, sink);
        }
    });
    for finding in &mut findings {
        finding.devices = start.devices;
    }
    findings
}
