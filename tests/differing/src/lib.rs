//! Functions that give the same natively and as a component, and functions that do not, each in a way of its own.
#![cfg_attr(target_family = "wasm", no_std)]
#![expect(missing_docs, reason = "the contract says what there is to say")]

use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64);

#[derive(Enum, Clone, Copy)]
pub enum Level {
    High,
    None,
    Low,
}

#[derive(Flags, Clone, Copy)]
pub struct Marks {
    pub third: bool,
    pub first: bool,
    pub second: bool,
}

#[derive(Variant, Clone)]
pub enum Shape {
    Many(Vec<Level>),
    At((i16, Celsius)),
    Circle(f32),
    Nothing,
}

#[derive(Record, Clone)]
pub struct All {
    pub yes: bool,
    pub a: u8,
    pub b: u16,
    pub c: u32,
    pub d: u64,
    pub e: i8,
    pub f: i16,
    pub g: i32,
    pub h: i64,
    pub i: f32,
    pub j: f64,
    pub k: char,
    pub l: String,
    pub level: Level,
    pub marks: Marks,
    pub shapes: Vec<Shape>,
    pub deep: Option<Option<Vec<String>>>,
    pub outcome: Result<u8, Shape>,
    pub empty: Result<(), ()>,
    pub temperature: Celsius,
    pub share: f32,
}

#[derive(Debug)]
pub struct Differing;

#[linchpin_guest::export(world = "differing")]
impl Differing {
    pub fn echo(all: All, again: Vec<Celsius>) -> (All, Vec<Celsius>) {
        (all, again)
    }

    /// Infinities of both signs give a NaN, of whatever sign.
    pub fn sum(values: Vec<f64>) -> f64 {
        values.into_iter().sum()
    }

    /// A panic where there is no third.
    #[expect(clippy::indexing_slicing, reason = "it is to panic")]
    pub fn third(values: Vec<u32>) -> u32 {
        values[2]
    }

    /// Shows natively, and only there, what lies outside the ranges of the contract.
    pub fn in_range(few: u8, temperature: Option<f64>) -> bool {
        let is_in = (4..=9).contains(&few) && temperature.is_none_or(|it| (-20.5..=120.0).contains(&it));
        is_in || cfg!(target_family = "wasm")
    }

    /// Differs at the greatest temperature alone.
    pub fn at_the_end(temperature: Celsius) -> bool {
        cfg!(target_family = "wasm") && temperature.get() == 120.0
    }

    /// Differs whatever it is given.
    pub fn told(all: All) -> bool {
        let _ = all;
        cfg!(target_family = "wasm")
    }

    pub fn adds_one(value: u16) -> u16 {
        if cfg!(target_family = "wasm") && value > 1000 { value ^ 1 } else { value }
    }

    /// Whether it is counted in 32 bits: half of all numbers are not.
    pub fn counts(value: u32) -> bool {
        (value as usize).checked_mul(2).is_some()
    }

    pub fn stops(value: i32) -> i32 {
        assert!(cfg!(target_family = "wasm") || value < 77, "there are only 77");
        value
    }

    /// Never comes to an end as a component.
    pub fn spins(value: u8) -> u8 {
        while cfg!(target_family = "wasm") && core::hint::black_box(value) > 200 {}
        value
    }

    /// Native tests look for it, components wrap.
    #[expect(clippy::arithmetic_side_effects, reason = "it is to overflow")]
    pub fn overflows(a: u8, b: u8) -> u8 {
        a + b
    }
}

linchpin_guest::runtime!();
