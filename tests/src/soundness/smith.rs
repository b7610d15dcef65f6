//! Worlds of `wit-smith`.

use arbitrary::Unstructured;

use super::random::Random;
use super::wit::{self, Wit};

/// A world of `wit-smith`; absent where it made none, or one that cannot be written as one file.
#[must_use]
pub fn wit(random: &mut Random) -> Option<Wit> {
    let bytes: Vec<u8> = (0..256).flat_map(|_| random.next().to_le_bytes()).collect();
    let config = wit_smith::Config {
        max_packages: 2,
        max_type_size: 12,
        max_interface_items: 5,
        max_world_items: 4,
        max_pkg_items: 4,
        max_type_parts: 4,
        max_files_per_package: 2,
        max_resource_items: 3,
        async_: random.chance(30),
        futures: random.chance(30),
        streams: random.chance(30),
        error_context: random.chance(10),
        fixed_length_lists: random.chance(30),
        world_include: false,
        implements: false,
    };
    let encoded = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
    let contract = linchpin_contract::load_encoded_package(&encoded).ok()?;
    let main = contract.main()?;
    if main.worlds.is_empty() {
        return None;
    }
    wit::read::world(&contract, random.pick(&main.worlds))
}
