//! Interleaved samples: every subject in turn, again and again, and the median of each.

use std::fmt::Debug;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each subject is sampled.
const ROUNDS: usize = 2001;
/// How long one sample takes at least. Short, so that few of them are interrupted.
const SAMPLE: Duration = Duration::from_micros(20);

/// One way of calling a function.
pub(crate) struct Subject {
    name: &'static str,
    /// Calls this often.
    run: Box<dyn FnMut(u32)>,
}

/// What a subject took.
#[derive(Debug, Clone)]
pub(crate) struct Median {
    pub(crate) name: &'static str,
    /// Of one call.
    pub(crate) nanoseconds: f64,
}

impl Subject {
    /// A subject whose every call gives `expected`, which is asserted once.
    pub(crate) fn new<T: PartialEq + Debug>(
        name: &'static str,
        expected: &T,
        mut call: impl FnMut() -> T + 'static,
    ) -> Self {
        assert_eq!(call(), *expected, "{name} gives another value");
        let run = move |times| {
            for _ in 0..times {
                black_box(call());
            }
        };
        Self { name, run: Box::new(run) }
    }

    fn sample(&mut self, times: u32) -> Duration {
        let start = Instant::now();
        (self.run)(times);
        start.elapsed()
    }

    /// How many calls one sample is made of; warms everything up on the way.
    fn times(&mut self) -> u32 {
        let mut times = 1;
        while self.sample(times) < SAMPLE {
            times *= 2;
        }
        times
    }
}

/// The medians of these subjects, in their order.
pub(crate) fn medians(mut subjects: Vec<Subject>) -> Vec<Median> {
    let times: Vec<u32> = subjects.iter_mut().map(Subject::times).collect();
    let mut samples = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for _ in 0..ROUNDS {
        for ((subject, times), samples) in subjects.iter_mut().zip(&times).zip(&mut samples) {
            samples.push(subject.sample(*times).as_secs_f64() * 1e9 / f64::from(*times));
        }
    }
    let named = subjects.iter().zip(samples);
    named.map(|(subject, samples)| Median { name: subject.name, nanoseconds: middle(samples) }).collect()
}

fn middle(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}
