//! The smallest guest: what a call costs, and what a component weighs, when there is nothing in it.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

/// The guest.
#[derive(Debug)]
pub struct Adder;

#[linchpin_guest::export(world = "adder")]
impl Adder {
    /// The sum, modulo 2³².
    #[must_use]
    pub fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }
}

linchpin_guest::runtime!();
