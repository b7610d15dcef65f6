use linchpin_guest::prelude::*;

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64);

#[derive(Alias, Clone, Copy)]
pub struct Kelvin(f64);

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

fn cold() -> Result<Kelvin, String> {
    let kelvin = Kelvin::new(250.0).map_err(|error| error.to_string())?;
    if f64::from(kelvin) > Kelvin::MIN.get() { Ok(kelvin) } else { Ok(Kelvin::MAX) }
}

fn main() {
    let reading = Reading { inside: Celsius::MAX, outside: Fahrenheit::new(-40.0), volts: 1.5 };
    let _ = (reading.inside, reading.outside, reading.volts, Celsius::UNIT, Celsius::MIN);
}
