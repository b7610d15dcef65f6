use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64, u8);

#[derive(Alias, Clone, Copy)]
pub struct Fahrenheit(f64);

#[derive(Record)]
pub struct Reading {
    pub inside: Celsius,
    pub outside: Fahrenheit,
    pub volts: f64,
}

pub struct Thermometer;

#[linchpin_guest::export(world = "thermometer")]
impl Thermometer {
    pub fn convert(value: Celsius) -> Fahrenheit {
        let _ = value;
        Fahrenheit::new(32.0)
    }
}

fn used() -> Option<Celsius> {
    const LEAST: Celsius = Celsius::MIN;
    let most = Celsius::new(Celsius::MAX.get()).ok()?;
    let unit: &str = Celsius::UNIT;
    if unit.is_empty() { Some(most) } else { Some(LEAST) }
}

fn main() {}
