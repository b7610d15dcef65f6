//! A multilayer perceptron of 48, 32, 16 and 1, once with one number at a time and once with four.
//!
//! Both add in the same order, so that they give the same bits, natively too.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

mod scalar;
#[cfg(target_family = "wasm")]
mod simd;
mod weights;

use linchpin_guest::prelude::*;

/// How many numbers go in.
pub const INPUTS: usize = 48;
const FIRST: usize = 32;
const SECOND: usize = 16;

/// The guest.
#[derive(Debug)]
pub struct Network;

#[linchpin_guest::export(world = "inferrer")]
impl Network {
    /// One number at a time; NaN for another count of inputs than [`INPUTS`].
    #[must_use]
    pub fn infer(inputs: Vec<f32>) -> f32 {
        inputs.first_chunk().map_or(f32::NAN, scalar::infer)
    }

    /// Four numbers at a time, natively as the compiler likes.
    #[must_use]
    pub fn infer_simd(inputs: Vec<f32>) -> f32 {
        #[cfg(target_family = "wasm")]
        use simd::infer;

        #[cfg(not(target_family = "wasm"))]
        use scalar::infer;

        match inputs.first_chunk() {
            Some(inputs) => infer(inputs),
            None => f32::NAN,
        }
    }
}

/// As [`Network::infer`], for a native caller that keeps its inputs.
#[must_use]
pub fn infer(inputs: &[f32; INPUTS]) -> f32 {
    scalar::infer(inputs)
}

linchpin_guest::runtime!();
