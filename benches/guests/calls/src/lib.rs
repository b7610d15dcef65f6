//! Functions that do next to nothing, so that what is measured is the call.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

use linchpin_guest::prelude::*;

/// What a heater should hold, and for how long.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Advice {
    /// When it ends.
    pub until: u32,
    /// What it is.
    pub temp: f64,
}

/// One price and when it begins.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Quote {
    /// When it begins.
    pub start: u32,
    /// What it is.
    pub price: f64,
}

/// The guest.
#[derive(Debug)]
pub struct Caller;

#[linchpin_guest::export(world = "caller")]
impl Caller {
    /// The sum and the minimum of two lists, whose lengths are multiples of four.
    #[must_use]
    pub fn setpoint(prices: Vec<f64>, draws: Vec<f64>, now: u32, temp: f64) -> Advice {
        setpoint(&prices, &draws, now, temp)
    }

    /// The sum of all prices and all starts.
    #[must_use]
    pub fn total(quotes: Vec<Quote>) -> f64 {
        total(&quotes)
    }

    /// The same text.
    #[must_use]
    pub fn echo(text: String) -> String {
        text
    }
}

/// As [`Caller::setpoint`], for a native caller that keeps its lists, of whole fours.
#[must_use]
pub fn setpoint(prices: &[f64], draws: &[f64], now: u32, temp: f64) -> Advice {
    // Four at a time: one sum would wait for itself, and that wait is not what is measured here. Each in a variable
    // of its own: arrays would lie in memory, where a guest that is small is slow.
    let least = |a: f64, b: f64| if b < a { b } else { a };
    let [mut a, mut b, mut c, mut d] = [f64::INFINITY; 4];
    for [one, two, three, four] in prices.as_chunks::<4>().0 {
        (a, b, c, d) = (least(a, *one), least(b, *two), least(c, *three), least(d, *four));
    }
    let cheapest = least(least(a, b), least(c, d));
    let [mut a, mut b, mut c, mut d] = [0.0; 4];
    for [one, two, three, four] in draws.as_chunks::<4>().0 {
        (a, b, c, d) = (a + one, b + two, c + three, d + four);
    }
    Advice { until: now.wrapping_add(1), temp: temp + cheapest + (a + b + (c + d)) }
}

/// As [`Caller::total`], for a native caller that keeps its list.
#[must_use]
pub fn total(quotes: &[Quote]) -> f64 {
    quotes.iter().map(|quote| quote.price + f64::from(quote.start)).sum()
}

linchpin_guest::runtime!();
