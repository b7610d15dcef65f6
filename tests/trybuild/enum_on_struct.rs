//! A struct where the WIT has an enum.

use linchpin_guest::Enum;

#[derive(Enum)]
#[wit("control/mode")]
pub struct Mode {
    pub off: bool,
}

fn main() {}
