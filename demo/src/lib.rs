//! A week of a water heater, on real prices.
//!
//! [`series`] reads the data, [`household`] makes days of hot water from the test pattern, [`learner`] is
//! the device's memory of them, [`tank`] is the water, its regulator and its safety cut-out, and [`week`]
//! drives them hour by hour. Who plans the hours is up to the caller: [`week::run_week`] takes a closure,
//! so that the same week runs against plain Rust in tests and against components in a device.
#![forbid(unsafe_code)]

pub mod error;
pub mod household;
pub mod learner;
pub mod series;
pub mod tank;
pub mod week;

pub use error::{Error, Place};
