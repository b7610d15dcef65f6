use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64);

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
    pub fn convert(value: Fahrenheit) -> Fahrenheit {
        value
    }
}

fn main() {}
