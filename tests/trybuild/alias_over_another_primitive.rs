use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f32);

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
        let coldest = Celsius::new(10.0).unwrap_or(value);
        Fahrenheit::new(f64::from(value.get().max(coldest.get())))
    }
}

fn used() -> Option<Celsius> {
    const LEAST: Celsius = Celsius::MIN;
    let most = Celsius::new(Celsius::MAX.get()).ok()?;
    let unit: &str = Celsius::UNIT;
    if unit.is_empty() { Some(most) } else { Some(LEAST) }
}

fn main() {
    let reading = Reading { inside: Celsius::new(85.0).unwrap(), outside: Fahrenheit::new(-40.0), volts: 1.5 };
    let _ = (reading.inside, reading.outside, reading.volts, Celsius::UNIT);
}
