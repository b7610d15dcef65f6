use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64);

#[derive(Alias, Clone, Copy)]
pub struct Fahrenheit(f64);

#[derive(Record)]
pub struct Reading {
    pub inside: Celsius,
    pub outside: f32,
    pub volts: f64,
}

pub struct Thermometer;

#[linchpin_guest::export(world = "thermometer")]
impl Thermometer {
    pub fn convert(value: Celsius) -> Fahrenheit {
        let coldest = Celsius::new(10.0).unwrap_or(value);
        Fahrenheit::new(value.get().max(coldest.get()) * 1.8 + 32.0)
    }
}

fn main() {}
