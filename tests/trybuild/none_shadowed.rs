//! Types of the guest's own that are called as what Rust brings along.

use linchpin_guest::{Alias, Enum, Flags, Record, Variant};

#[derive(Enum)]
#[wit("control/mode")]
pub enum Option {
    Off,
    Eco,
}

#[derive(Flags)]
#[wit("sensors")]
pub struct Send {
    pub tank_top: bool,
    pub tank_bottom: bool,
}

#[derive(Record)]
#[wit("tank")]
pub struct Result {
    pub volume: f64,
}

#[derive(Record)]
#[wit("inputs")]
pub struct Sized {
    pub tank_temp: f64,
    pub prices: std::vec::Vec<f64>,
    pub mode: Option,
    pub tank: core::option::Option<Result>,
}

#[derive(Variant)]
#[wit("fault")]
pub enum Vec {
    NoPrices,
    Stale(u32),
    Silent(Send),
}

#[derive(Alias, Clone, Copy)]
#[wit("celsius")]
pub struct Some(f64);

#[derive(Alias)]
#[wit("fahrenheit")]
pub struct Ok(f64);

pub trait From {}
pub trait TryFrom {}
pub trait Fn {}
pub struct Err();
pub struct None();
pub struct String;

pub struct Default;

#[linchpin_guest::export(world = "heater")]
impl Default {
    pub fn plan(inputs: Sized, hours: u8) -> core::result::Result<f64, Vec> {
        let _ = hours;
        inputs.prices.first().copied().ok_or(Vec::NoPrices)
    }
}

fn main() {
    let least = Some::new(Some::MIN.get()).is_ok();
    assert!(least && Ok::new(1.0).get() == 1.0);
}
