pub struct Twins;

#[linchpin_guest::export(world = "twins")]
impl Twins {
    pub fn stored_energy(volume: f64, temp: f64) -> f64 {
        volume * temp
    }

    pub fn reset() {}
}

fn main() {}
