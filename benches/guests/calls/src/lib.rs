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
    // Four at a time: one sum would wait for itself, and that wait is not what is measured here.
    let (mut least, mut sum) = ([f64::INFINITY; 4], [0.0; 4]);
    for four in prices.as_chunks::<4>().0 {
        for (least, price) in least.iter_mut().zip(four) {
            *least = if *price < *least { *price } else { *least };
        }
    }
    for four in draws.as_chunks::<4>().0 {
        for (sum, draw) in sum.iter_mut().zip(four) {
            *sum += draw;
        }
    }
    let least = least.iter().fold(f64::INFINITY, |a, b| if *b < a { *b } else { a });
    Advice { until: now.wrapping_add(1), temp: temp + least + sum.iter().sum::<f64>() }
}

/// As [`Caller::total`], for a native caller that keeps its list.
#[must_use]
pub fn total(quotes: &[Quote]) -> f64 {
    quotes.iter().map(|quote| quote.price + f64::from(quote.start)).sum()
}

linchpin_guest::runtime!();
