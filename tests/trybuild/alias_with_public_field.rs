use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(pub f64);

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
        Fahrenheit::new(value.get().max(coldest.get()) * 1.8 + 32.0)
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
    let _ = (f64::from(Celsius::MAX), Celsius::try_from(20.0).is_ok());
}
