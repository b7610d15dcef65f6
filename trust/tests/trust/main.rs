//! What a signer may sign and what a device may accept, case by case.
#![cfg(test)]

mod attesting;
mod envelopes;
mod fixture;
mod keys;
mod refusals;
mod statements;
mod tampering;
mod verifying;
