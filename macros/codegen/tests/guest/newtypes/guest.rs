//! Newtypes for aliases beside primitives that stand for the same.

#[derive(Alias, Clone, Copy)]
pub struct Celsius(f64);

#[derive(Alias)]
#[wit("units/percent")]
pub(crate) struct Share(u8);

#[derive(Alias)]
struct Label(String);

#[derive(Alias)]
pub struct Setpoint(f64);

#[derive(Record)]
pub struct Inputs {
    pub past: Vec<Celsius>,
    pub now: Celsius,
    pub share: Option<Share>,
    pub label: String,
    pub plain: f64,
}

pub struct Guest;

#[export(world = "newtypes")]
impl Guest {
    pub fn plan(inputs: Inputs, trims: Vec<(Share, f64)>) -> Result<Setpoint, Label> {
        todo!()
    }
}
