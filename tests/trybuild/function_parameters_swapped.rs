pub struct Service;

#[linchpin_guest::export(world = "service")]
impl Service {
    pub fn stored_energy(temp: f64, volume: f64) -> f64 {
        volume * temp
    }

    pub fn reset() {}
}

fn main() {}
