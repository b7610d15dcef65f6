use linchpin_guest::prelude::*;

#[derive(Enum)]
#[wit("control/mode")]
pub enum Mode {
    Off,
    Eco,
}

#[derive(Flags)]
pub struct Sensors {
    pub tank_top: bool,
    pub tank_bottom: bool,
}

#[derive(Record)]
pub struct Tank {
    pub volume: f64,
}

#[derive(Record)]
pub struct Inputs {
    pub tank_temp: f64,
    pub prices: Vec<f64>,
    pub mode: Mode,
    pub tank: Option<Tank>,
}

#[derive(Variant)]
pub enum Fault {
    NoPrices,
    Stale(u32),
    Silent(Sensors),
}

pub struct Heater;

#[linchpin_guest::export(world = "heater")]
impl Heater {
    #[wit(control/plan)]
    pub fn decide(inputs: Inputs, hours: u8) -> Result<f64, Fault> {
        let _ = hours;
        inputs.prices.first().copied().ok_or(Fault::NoPrices)
    }
}

fn main() {}
