//! The search against brute force, over small random systems.

use std::collections::BTreeSet;

use super::{Move, Search, State, Way, fewest, goal_of, raised};

/// A small generator of numbers, so that a failure can be repeated by its seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// A system in which any two numbers of different variables either fit or do not.
struct Small {
    goal: State,
    unfit: BTreeSet<((usize, u16), (usize, u16))>,
}

impl Small {
    fn random(numbers: &mut Numbers) -> Self {
        let variables = 2 + usize::try_from(numbers.below(3)).unwrap();
        let goal: State = (0..variables).map(|_| 1 + u16::try_from(numbers.below(3)).unwrap()).collect();
        let share = 2 + numbers.below(6);
        let mut unfit = BTreeSet::new();
        for one in 0..variables {
            for other in one + 1..variables {
                for a in 1..=goal[one] {
                    for b in 1..=goal[other] {
                        let ends = a == goal[one] && b == goal[other];
                        if !ends && numbers.below(10) < share {
                            unfit.insert(((one, a), (other, b)));
                        }
                    }
                }
            }
        }
        Self { goal, unfit }
    }

    fn fits(&self, state: &State) -> bool {
        let pairs = (0..state.len()).flat_map(|one| (one + 1..state.len()).map(move |other| (one, other)));
        pairs
            .into_iter()
            .all(|(one, other)| !self.unfit.contains(&((one, state[one]), (other, state[other]))))
    }

    fn states(&self) -> Vec<State> {
        let mut states = vec![Vec::new()];
        for (index, goal) in self.goal.iter().enumerate() {
            let least = u16::from(index == 0);
            states = states
                .into_iter()
                .flat_map(|state: State| {
                    (least..=*goal).map(move |number| [state.as_slice(), &[number]].concat())
                })
                .collect();
        }
        states.into_iter().filter(|state| self.fits(state)).collect()
    }

    /// The fewest steps from a state to its goal, by trying every sequence of steps.
    fn brute(&self, state: &State) -> Option<usize> {
        let goal = goal_of(&self.goal, state);
        if *state == goal {
            return Some(0);
        }
        let mut best = None;
        for variable in 0..state.len() {
            for to in state[variable] + 1..=goal[variable] {
                let next = raised(state, Move { variable, to });
                if self.fits(&next)
                    && let Some(left) = self.brute(&next)
                {
                    best = Some(best.map_or(left + 1, |least: usize| least.min(left + 1)));
                }
            }
        }
        best
    }
}

#[test]
fn the_search_agrees_with_brute_force_on_small_random_systems() {
    let (mut ways, mut none) = (0, 0);
    for seed in 1..=2_000_u64 {
        let small = Small::random(&mut Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let mut fits = |state: &State, _: usize| small.fits(state);
        let mut search = Search::new(&small.goal, &mut fits);
        for state in small.states() {
            match (small.brute(&state), search.way(&state)) {
                (Some(steps), Way::Steps(found)) => {
                    assert_eq!(found.len(), steps, "seed {seed}, from {state:?}");
                    let mut now = state.clone();
                    for step in found {
                        assert!(step.to > now[step.variable], "seed {seed}");
                        now = raised(&now, step);
                        assert!(small.fits(&now), "seed {seed}: {now:?}");
                    }
                    assert_eq!(now, goal_of(&small.goal, &state));
                    ways += 1;
                }
                (None, Way::None) => none += 1,
                (brute, found) => panic!("seed {seed}, from {state:?}: {brute:?} and {found:?}"),
            }
        }
    }
    assert!(ways > 1_000 && none > 500, "{ways} ways, {none} dead ends: the systems say too little");
}

#[test]
fn the_smallest_set_agrees_with_brute_force() {
    let mut sizes = BTreeSet::new();
    for seed in 1..=300_u64 {
        let mut numbers = Numbers(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let count = 1 + numbers.below(6);
        let state = |numbers: &mut Numbers| -> BTreeSet<u64> {
            (0..=numbers.below(3)).map(|_| numbers.below(8)).collect()
        };
        let states: Vec<BTreeSet<u64>> = (0..count).map(|_| state(&mut numbers)).collect();
        let weight = |set: &BTreeSet<u64>| set.iter().map(|item| 1 << item).sum::<u64>();
        let found = fewest(&states, weight);
        let hits = |set: &BTreeSet<u64>| states.iter().all(|state| !state.is_disjoint(set));
        assert!(hits(&found), "seed {seed}");
        let all =
            (0_u32..256).map(|mask| (0..8).filter(|item| mask & (1 << item) != 0).collect::<BTreeSet<u64>>());
        let least = all.filter(hits).map(|set| (set.len(), weight(&set))).min().unwrap();
        assert_eq!((found.len(), weight(&found)), least, "seed {seed}: {states:?}");
        sizes.insert(found.len());
    }
    assert!(sizes.len() > 2, "{sizes:?}");
}

#[test]
fn many_items_still_give_a_set_that_hits_every_state() {
    let states: Vec<BTreeSet<u32>> =
        (0..40).map(|item| [item, item + 1, 100].into_iter().collect()).collect();
    assert_eq!(fewest(&states, |_| 0), [100].into_iter().collect());
    assert_eq!(fewest(&[] as &[BTreeSet<u32>], |_| 0), BTreeSet::new());
}

#[test]
fn a_thousand_modules_that_are_behind_are_brought_up_one_by_one() {
    let goal: State = vec![2; 1_001];
    let mut looked = 0_usize;
    let mut fits = |_: &State, _: usize| {
        looked += 1;
        true
    };
    let Way::Steps(steps) = Search::new(&goal, &mut fits).way(&vec![1; 1_001]) else { panic!("a way") };
    assert_eq!(steps.len(), 1_001);
    assert!(looked < 2_000_000, "{looked}");
}
