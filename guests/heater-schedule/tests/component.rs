//! The schedule as a device runs it gives the bits of its native tests.

use heater_schedule::Heater;
use linchpin_testing::{Options, assert_same};

#[test]
fn the_component_gives_the_same_bits() {
    assert_same::<Heater>(&Options { cases: 1000, ..Options::default() });
}
