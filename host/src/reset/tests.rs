//! After every call everything is as instantiated, in both modes, for guests that do their worst.

mod exact;
mod guests;
mod held;
#[cfg(target_os = "linux")]
mod pages;
mod random;
mod refusals;
#[cfg(target_os = "linux")]
mod signals;
