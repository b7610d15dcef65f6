//! The order of a rollout: how every device comes to its newest firmware and to the modules of `linchpin.toml`, one
//! step at a time, and fits at every step; one that does not fit as it is must do so after its first step.
//!
//! A device is a firmware and a version of each module that it has. A step installs one module version or upgrades the
//! firmware; versions only rise, and may be skipped. A module that a device does not have is not brought to it. Devices
//! with equal contents take equal ways, the ones of fewest steps. With an inventory they are what it lists; without one
//! they are every combination of known versions that fits. Without either there is nothing to bring anywhere.

mod class;
mod order;
mod search;
mod stuck;

use std::collections::BTreeMap;

use linchpin_contract::Place;

use crate::fleet::KnownGroup;
use crate::rule::Shown;
use crate::system::{Edge, Module, System};
use crate::verdict::{EarlierPair, Finding, Pair, PairLevel, Retired, RolloutStep};
use class::Class;
use search::{Move, Search, State, Way, raised};

/// What a rollout comes to.
#[derive(Debug, Default)]
pub(crate) struct Rollout {
    pub(crate) steps: Vec<RolloutStep>,
    pub(crate) retire: Vec<Retired>,
    pub(crate) left_behind: u64,
    pub(crate) findings: Vec<Finding>,
}

/// What the rule looks at: devices that no order brings to the end.
pub(crate) struct RolloutFault {
    pub(crate) devices: String,
    pub(crate) reason: String,
    pub(crate) help: String,
    pub(crate) shown: Shown,
    /// Whether the inventory lists them.
    pub(crate) listed: bool,
    /// Whether they only do not fit as they are, and a first step mends that.
    pub(crate) mended: bool,
}

/// What fits what.
pub(crate) struct Fits<'a> {
    /// By module, version, class and firmware.
    pairs: BTreeMap<(&'a str, String, &'a str, &'a str), PairLevel>,
    /// Whether an edge holds between two module versions.
    pub(crate) edge: &'a mut dyn FnMut(&Edge, &Module, &Module) -> bool,
}

impl<'a> Fits<'a> {
    pub(crate) fn new(
        system: &'a System,
        pairs: &'a [Pair],
        earlier: &'a [EarlierPair],
        edge: &'a mut dyn FnMut(&Edge, &Module, &Module) -> bool,
    ) -> Self {
        let versions: BTreeMap<&str, String> =
            system.modules.iter().map(|module| (module.name.as_str(), module.version.to_string())).collect();
        let current = pairs.iter().map(|pair| {
            let version = versions.get(pair.module.as_str()).cloned().unwrap_or_default();
            ((pair.module.as_str(), version, pair.target.as_str(), pair.firmware.as_str()), pair.level)
        });
        let earlier = earlier.iter().map(|pair| {
            let version = pair.version.clone();
            ((pair.module.as_str(), version, pair.target.as_str(), pair.firmware.as_str()), pair.level)
        });
        Self { pairs: current.chain(earlier).collect(), edge }
    }

    fn pair(&self, module: &str, version: String, target: &str, firmware: &str) -> PairLevel {
        self.pairs.get(&(module, version, target, firmware)).copied().unwrap_or(PairLevel::Unknown)
    }
}

/// Devices that begin with the same firmware and modules.
#[derive(Debug, Clone)]
struct Start {
    state: State,
    devices: Option<u64>,
    place: Option<Place>,
}

/// One class whose devices were looked at.
struct Looked<'s> {
    class: Class<'s>,
    starts: Vec<Start>,
    stuck: Vec<(Start, Trouble)>,
    /// What does not fit as it is, and is mended by the first step of its way.
    mended: Vec<Start>,
}

/// Why devices do not come to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    /// What they have does not fit as it is.
    AsItIs,
    /// No order of steps leads on.
    NoWay,
    /// There are too many combinations to tell.
    TooMany,
}

/// Plans a rollout; `groups` is what the inventory lists, where there is one.
pub(crate) fn plan(system: &System, groups: Option<&[KnownGroup<'_>]>, fits: &mut Fits<'_>) -> Rollout {
    let mut rollout = Rollout::default();
    if groups.is_none() && system.earlier.is_empty() {
        // Nothing is known to be out there but firmwares, and every module is held to all of them anyway.
        return rollout;
    }
    let mut looked = Vec::new();
    for target in &system.targets {
        let mut class = Class::of(system, target, fits);
        let (starts, whole) = class.starts(groups, fits);
        let mut stuck = Vec::new();
        if !whole {
            let start = Start { state: class.goal.clone(), devices: None, place: None };
            stuck.push((start, Trouble::TooMany));
        }
        let (mut ways, mut mended) = (Vec::new(), Vec::new());
        for (start, way) in starts.iter().zip(class.look(&starts, fits)) {
            match way {
                Ok((way, mends)) => {
                    if mends {
                        mended.push(start.clone());
                    }
                    ways.push((start.clone(), way));
                }
                Err(Some(trouble)) => stuck.push((start.clone(), trouble)),
                Err(None) => {}
            }
        }
        rollout.steps.extend(order::steps(&mut class, &ways, fits));
        looked.push(Looked { class, starts, stuck, mended });
    }
    stuck::report(system, looked, groups.is_some(), fits, &mut rollout);
    rollout
}

/// The way of some devices to the end, and whether its first step mends what does not fit as it is; else why there is
/// none, if that is for an order to say.
type Found = Result<(Vec<Move>, bool), Option<Trouble>>;

/// Where devices stand before the search.
enum Before {
    /// The very end does not fit, which is nothing that an order could change, and findings of its own say so.
    NoEnd,
    /// What they have fits.
    Whole,
    /// What they have does not fit, and each of these steps mends it.
    Broken(Vec<Move>),
}

impl Class<'_> {
    /// The ways of all devices.
    fn look(&mut self, starts: &[Start], fits: &mut Fits<'_>) -> Vec<Found> {
        let before: Vec<Before> = starts.iter().map(|start| self.before(&start.state, fits)).collect();
        let goal = self.goal.clone();
        let mut check = |state: &State, changed: usize| self.fits(state, changed, fits);
        let mut search = Search::new(&goal, &mut check);
        let mut found = |state: &State| match search.way(state) {
            Way::Steps(steps) => Ok(steps),
            Way::None => Err(Some(Trouble::NoWay)),
            Way::TooMany => Err(Some(Trouble::TooMany)),
        };
        let way = |(start, before): (&Start, Before)| match before {
            Before::NoEnd => Err(None),
            Before::Whole => found(&start.state).map(|way| (way, false)),
            Before::Broken(mending) => {
                let on = |step: Move| {
                    let rest = found(&raised(&start.state, step)).ok()?;
                    Some([vec![step], rest].concat())
                };
                let shortest = mending.into_iter().filter_map(on).min_by_key(Vec::len);
                shortest.map(|way| (way, true)).ok_or(Some(Trouble::AsItIs))
            }
        };
        starts.iter().zip(before).map(way).collect()
    }

    fn before(&mut self, state: &State, fits: &mut Fits<'_>) -> Before {
        let end = search::goal_of(&self.goal, state);
        if !self.fits_whole(&end, fits) {
            return Before::NoEnd;
        }
        if self.fits_whole(state, fits) {
            return Before::Whole;
        }
        let steps =
            end.iter().zip(state).enumerate().flat_map(|(variable, (end, now))| {
                (now + 1..=*end).rev().map(move |to| Move { variable, to })
            });
        let mending = steps.filter(|step| self.fits_whole(&raised(state, *step), fits));
        Before::Broken(mending.collect())
    }
}
