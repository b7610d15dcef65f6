//! The search for an order of steps, over numbers alone.
//!
//! A device's state is a row of numbers: its firmware first, then each module's version; 0 is a module that the device
//! does not have. A step raises one number, and never beyond its goal. A state that fits is one that a device may be
//! in. The search finds, for each state, a way of fewest steps to its goal through states that fit.

use std::collections::{BTreeMap, BTreeSet};

/// What a device has: numbers of versions.
pub(crate) type State = Vec<u16>;

/// One step: which number is raised, and to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Move {
    pub(crate) variable: usize,
    pub(crate) to: u16,
}

/// How many states are looked at for the way of fewest steps. Beyond it any way is taken.
const MAX_SHORTEST: usize = 20_000;
/// How many states are looked at at all. Beyond it nothing is decided.
const MAX_STATES: usize = 200_000;

/// A search over one class of device.
pub(crate) struct Search<'a> {
    /// The newest firmware, and each module's version of `linchpin.toml`.
    pub(crate) goal: &'a [u16],
    /// Whether a state fits, if all but this number of it is known to fit.
    pub(crate) fits: &'a mut dyn FnMut(&State, usize) -> bool,
    /// By state: how many steps are left, and the first of them; none where there is no way.
    known: BTreeMap<State, Option<(usize, Option<Move>)>>,
    limit: usize,
}

/// What a search found for one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// The steps, in order.
    Steps(Vec<Move>),
    /// There is no way.
    None,
    /// There are too many states to tell.
    TooMany,
}

impl<'a> Search<'a> {
    pub(crate) fn new(goal: &'a [u16], fits: &'a mut dyn FnMut(&State, usize) -> bool) -> Self {
        Self { goal, fits, known: BTreeMap::new(), limit: MAX_STATES }
    }

    /// The goal of a device that is in this state: what it does not have, it does not get.
    pub(crate) fn goal_of(&self, state: &State) -> State {
        goal_of(self.goal, state)
    }

    /// The way from a state that fits.
    pub(crate) fn way(&mut self, start: &State) -> Way {
        if self.known.len() > self.limit {
            return Way::TooMany;
        }
        let mut steps = Vec::new();
        let mut state = start.clone();
        loop {
            match self.best(&state) {
                Some((0, _)) => return Way::Steps(steps),
                Some((_, Some(step))) => {
                    steps.push(step);
                    state = raised(&state, step);
                }
                Some((_, None)) | None if self.known.len() > self.limit => return Way::TooMany,
                Some((_, None)) | None => return Way::None,
            }
        }
    }

    /// How many steps are left from a state that fits, and the first of them.
    fn best(&mut self, state: &State) -> Option<(usize, Option<Move>)> {
        if let Some(known) = self.known.get(state) {
            return *known;
        }
        let mut best = None;
        if self.goal_of(state) == *state {
            best = Some((0, None));
        }
        let steps = self.moves(state);
        // No way is shorter than one step for each number that has to move.
        let least = self.goal_of(state).iter().zip(state).filter(|(goal, now)| goal != now).count();
        for step in steps {
            let shortest = self.known.len() <= MAX_SHORTEST;
            let enough = best.is_some_and(|(left, _)| !shortest || left <= least);
            if enough || self.known.len() > self.limit {
                break;
            }
            let next = raised(state, step);
            if !(self.fits)(&next, step.variable) {
                continue;
            }
            if let Some((left, _)) = self.best(&next)
                && best.is_none_or(|(least, _)| left + 1 < least)
            {
                best = Some((left + 1, Some(step)));
            }
        }
        self.known.insert(state.clone(), best);
        best
    }

    /// Every step from a state: those right to a goal first, modules before the firmware.
    fn moves(&self, state: &State) -> Vec<Move> {
        let goal = self.goal_of(state);
        let order = || (1..state.len()).chain([0]);
        let at = |variable: usize| {
            (
                state.get(variable).copied().unwrap_or_default(),
                goal.get(variable).copied().unwrap_or_default(),
            )
        };
        let straight = order().filter(|variable| at(*variable).0 < at(*variable).1);
        let straight = straight.map(|variable| Move { variable, to: at(variable).1 });
        let between = order().flat_map(|variable| {
            let (now, goal) = at(variable);
            (now + 1..goal).rev().map(move |to| Move { variable, to })
        });
        straight.chain(between).collect()
    }
}

/// As [`Search::goal_of`].
pub(crate) fn goal_of(goal: &[u16], state: &State) -> State {
    let of = |(index, (now, goal)): (usize, (&u16, &u16))| if index > 0 && *now == 0 { 0 } else { *goal };
    state.iter().zip(goal).enumerate().map(of).collect()
}

pub(crate) fn raised(state: &State, step: Move) -> State {
    let mut next = state.clone();
    if let Some(number) = next.get_mut(step.variable) {
        *number = step.to;
    }
    next
}

/// Up to so many items the smallest set is searched for among all sets; beyond it a set is built item by item, which
/// is at most as many times larger as the logarithm of the number of states.
const MAX_EXACT: usize = 18;

/// The smallest set of items such that each state has one of them; of several, the one that costs least.
pub(crate) fn fewest<I: Ord + Clone>(
    states: &[BTreeSet<I>],
    cost: impl Fn(&BTreeSet<I>) -> u64,
) -> BTreeSet<I> {
    let items: Vec<I> = states.iter().flatten().cloned().collect::<BTreeSet<I>>().into_iter().collect();
    let hit = |set: &BTreeSet<I>| states.iter().all(|state| state.is_empty() || !state.is_disjoint(set));
    if items.len() > MAX_EXACT {
        return greedy(states);
    }
    let mut best: Option<(usize, u64, BTreeSet<I>)> = None;
    for mask in 0_u32..1 << items.len() {
        let size = usize::try_from(mask.count_ones()).unwrap_or(usize::MAX);
        if best.as_ref().is_some_and(|(least, ..)| size > *least) {
            continue;
        }
        let chosen = items.iter().enumerate().filter(|(index, _)| mask & (1 << index) != 0);
        let set: BTreeSet<I> = chosen.map(|(_, item)| item.clone()).collect();
        if hit(&set) {
            let cost = cost(&set);
            if best.as_ref().is_none_or(|(least, less, _)| (size, cost) < (*least, *less)) {
                best = Some((size, cost, set));
            }
        }
    }
    best.map(|(_, _, set)| set).unwrap_or_default()
}

fn greedy<I: Ord + Clone>(states: &[BTreeSet<I>]) -> BTreeSet<I> {
    let mut left: Vec<&BTreeSet<I>> = states.iter().filter(|state| !state.is_empty()).collect();
    let mut set = BTreeSet::new();
    while !left.is_empty() {
        let mut counts: BTreeMap<&I, usize> = BTreeMap::new();
        for item in left.iter().copied().flatten() {
            *counts.entry(item).or_default() += 1;
        }
        let Some(item) = counts.into_iter().max_by_key(|(_, count)| *count).map(|(item, _)| item.clone())
        else {
            break;
        };
        left.retain(|state| !state.contains(&item));
        set.insert(item);
    }
    set
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
