//! A type that is to stand for two WIT types.

use linchpin_guest::Enum;

#[derive(Enum)]
#[wit("mode")]
#[wit("control/mode")]
pub enum Mode {
    Off,
    Eco,
    Boost,
}

fn main() {}
