#[linchpin_guest::export(world = "heater")]
pub fn reset() {}

fn main() {}
