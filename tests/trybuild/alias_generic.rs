use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius<T>(T);

#[derive(Alias, Clone, Copy)]
pub struct Fahrenheit(f64);

#[derive(Record)]
pub struct Reading {
    pub inside: Celsius<f64>,
    pub outside: Fahrenheit,
    pub volts: f64,
}

pub struct Thermometer;

#[linchpin_guest::export(world = "thermometer")]
impl Thermometer {
    pub fn convert(value: Celsius<f64>) -> Fahrenheit {
        let _ = value;
        Fahrenheit::new(32.0)
    }
}

fn used() -> Option<Celsius<f64>> {
    const LEAST: Celsius<f64> = Celsius::<f64>::MIN;
    let most = Celsius::<f64>::new(Celsius::<f64>::MAX.get()).ok()?;
    let unit: &str = Celsius::<f64>::UNIT;
    if unit.is_empty() { Some(most) } else { Some(LEAST) }
}

fn main() {}
