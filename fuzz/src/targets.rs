//! What is fuzzed: one function for each kind of input from outside. `cargo fuzz` and the seeded driver of
//! `cargo test` (`tests/tests/robustness.rs`) call the same ones.
//!
//! Each takes any bytes and must return: a value or an error, soon, in bounded memory. Where bytes are read, what was
//! read is used as a check would use it, and what must hold of every value is asserted.

use linchpin_checker::inventory::{parse_csv, parse_json};
use linchpin_checker::profile::Profile;
use linchpin_checker::system::Runtime;
use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::relation::{Relation, relate};
use linchpin_contract::{Function, World, canonical_text, function_digest, impurities, interface_digest};

/// Of one input, so many functions are related to one another.
const RELATED_MAX: usize = 6;

/// WIT text.
pub fn wit(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(contract) = linchpin_contract::load_text("fuzz.wit", text) else { return };
    let mut functions = Vec::new();
    for package in &contract.packages {
        for interface in &package.interfaces {
            functions.extend(&interface.functions);
            drop(interface_digest(interface));
        }
        package.worlds.iter().for_each(world);
    }
    related(&functions);
}

/// The bytes of a component.
pub fn component(input: &[u8]) {
    let profile = Profile::of(input);
    drop(linchpin_contract::component_section::read(input));
    drop(linchpin_contract::load_encoded_package(input));
    if let Ok(loaded) = linchpin_contract::load_component(input) {
        world(&loaded);
        related(&loaded.exported_functions().map(|(_, function)| function).collect::<Vec<_>>());
    }
    if let Ok(profile) = profile {
        assert_eq!(profile.bytes, input.len() as u64);
        for runtime in [Runtime::Linchpin, Runtime::Wasmtime48, Runtime::Composition] {
            let missing = linchpin_checker::profile::missing_features(&profile.features, runtime);
            assert!(missing.iter().all(|feature| profile.features.contains(feature)));
        }
    }
}

/// The link section of a firmware, or a descriptor that was taken from one.
pub fn descriptor(input: &[u8]) {
    if let Ok(descriptors) = linchpin_contract::descriptor::decode_all(input) {
        described(&descriptors);
    }
}

/// A firmware's executable.
pub fn firmware(input: &[u8]) {
    if let Ok(descriptors) = linchpin_checker::firmware::descriptors(input) {
        described(&descriptors);
    }
}

/// `linchpin.toml`.
pub fn manifest(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if let Err(error) = linchpin_checker::check_manifest("linchpin.toml", text) {
        told(&error);
    }
}

/// The inventory of what is in the field, in both of its forms.
pub fn inventory(input: &[u8]) {
    for parsed in [parse_csv("fleet.csv", input), parse_json("fleet.json", input)] {
        let inventory = match parsed {
            Ok(inventory) => inventory,
            Err(error) => {
                told(&error);
                continue;
            }
        };
        for group in &inventory.groups {
            assert!(!group.class.is_empty() && group.modules.keys().all(|name| !name.is_empty()));
            assert!(group.place.line >= 1, "{:?}", group.place);
            assert!(group.count <= inventory.devices());
        }
    }
}

/// Every error has words, and a place that an editor can go to.
fn told(error: &linchpin_checker::Error) {
    assert!(!error.each().is_empty());
    for one in error.each() {
        assert!(!one.to_string().is_empty());
        if let Some(place) = one.place() {
            assert!(place.line >= 1 && place.column >= 1 && place.length >= 1, "{place:?}");
        }
    }
}

fn described(descriptors: &[Descriptor]) {
    for descriptor in descriptors {
        world(&descriptor.world);
        let count = descriptor.world.exported_functions().count();
        assert_eq!(descriptor.functions.len(), count, "each function is described once");
    }
}

fn world(world: &World) {
    drop(impurities(world));
    for (_, function) in world.exported_functions().chain(world.imported_functions()) {
        assert_eq!(canonical_text(function).is_ok(), function_digest(function).is_ok());
    }
}

fn related(functions: &[&Function]) {
    for caller in functions.iter().take(RELATED_MAX) {
        for callee in functions.iter().take(RELATED_MAX) {
            let relation = relate(caller, callee);
            let same = matches!((canonical_text(caller), canonical_text(callee)), (Ok(a), Ok(b)) if a == b);
            assert_eq!(relation == Relation::Same, same);
            if let Relation::Breaks(reasons) = relation {
                assert!(!reasons.is_empty());
            }
        }
    }
}
