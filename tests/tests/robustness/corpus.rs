//! Real inputs to start from: what this repository's own tests and contracts are made of.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use linchpin_checker::inventory::{Group, Inventory, parse_csv};
use linchpin_contract::descriptor;
use serde_json::json;

use super::fixture::{Fixture, component, folders, root};

/// Contracts of this repository and of every fixture.
pub(crate) fn wit() -> Vec<Vec<u8>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut files = below(&repository.join("wit"), "wit");
    files.extend(below(&root(), "wit"));
    let mut texts = read(&files);
    texts.push(super::many::related().into_bytes());
    texts
}

/// Components of every fixture, less the few that are long because a bound is passed in them.
pub(crate) fn components() -> Vec<Vec<u8>> {
    let cases = folders(&root()).into_iter().flat_map(|rule| folders(&rule));
    let components = cases.map(|case| fs::read(Fixture::new(&case).path().join("module.wasm")).unwrap());
    let mut components: Vec<Vec<u8>> = components.filter(|bytes| bytes.len() < 16 << 10).collect();
    components.sort();
    components.dedup();
    components
}

pub(crate) fn descriptors() -> Vec<Vec<u8>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut descriptors = read(&below(&repository.join("descriptors"), "bin"));
    for case in folders(&root()).iter().step_by(4) {
        let wit = case.join("fails/firmware.wit");
        descriptors.extend(descriptor::encode(&wit, None).ok());
    }
    // Linkers put several into one section.
    descriptors.push(descriptors.concat());
    descriptors
}

/// Descriptors in the executables that they come in, and executables without.
pub(crate) fn firmwares() -> Vec<Vec<u8>> {
    let descriptors = descriptors();
    let mut firmwares: Vec<Vec<u8>> = descriptors.iter().take(4).map(|section| elf(section)).collect();
    firmwares.extend(descriptors.iter().take(4).map(|section| wasm(section)));
    firmwares.extend(descriptors.into_iter().take(2));
    firmwares.push(component(&root().join("enum-case-added/fails/module.wit")));
    firmwares
}

pub(crate) fn manifests() -> Vec<Vec<u8>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut files = below(&root(), "toml");
    files.push(repository.join("linchpin.toml"));
    files.push(repository.join("demo/misbehaving.toml"));
    read(&files)
}

/// Inventories of every fixture, in both forms.
pub(crate) fn inventories() -> Vec<Vec<u8>> {
    let csv = read(&below(&root(), "csv"));
    let json = |inventory: Inventory| {
        let device = |group: &Group| {
            let modules: BTreeMap<_, _> =
                group.modules.iter().map(|(name, version)| (name, version.to_string())).collect();
            json!({ "class": group.class, "firmware": group.firmware.to_string(), "modules": modules, "count": group.count })
        };
        let devices: Vec<_> = inventory.groups.iter().map(device).collect();
        serde_json::to_vec_pretty(&json!({ "format": 1, "devices": devices })).unwrap()
    };
    let read: Vec<_> = csv.iter().filter_map(|bytes| parse_csv("fleet.csv", bytes).ok()).map(json).collect();
    assert!(read.len() > 2, "inventories of fixtures");
    csv.into_iter().chain(read).collect()
}

/// Files below a folder with this ending, sorted.
fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let files =
        entries.into_iter().flat_map(|path| if path.is_dir() { below(&path, ending) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == ending)).collect()
}

fn read(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// A core WebAssembly module with nothing but the section.
fn wasm(section: &[u8]) -> Vec<u8> {
    let mut body = vec![8];
    body.extend_from_slice(b"linchpin");
    body.extend_from_slice(section);
    let mut bytes = b"\0asm\x01\0\0\0\0".to_vec();
    let mut length = body.len();
    while length >= 0x80 {
        bytes.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap());
    [bytes, body].concat()
}

/// A 64-bit ELF executable with nothing but the section.
fn elf(section: &[u8]) -> Vec<u8> {
    const NAMES: &[u8] = b"\0linchpin\0.shstrtab\0";
    const HEADER: u64 = 64;
    let names_at = HEADER + section.len() as u64;
    let headers_at = (names_at + NAMES.len() as u64).next_multiple_of(8);
    let mut bytes = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    // An executable for x86-64, version 1, without entry or segments.
    bytes.extend([2, 0, 62, 0, 1, 0, 0, 0]);
    bytes.extend([0, 0, headers_at].map(u64::to_le_bytes).concat());
    bytes.extend([0, 0, 0, 0]);
    bytes.extend([64, 56, 0, 64, 3, 2_u16].map(u16::to_le_bytes).concat());
    bytes.extend_from_slice(section);
    bytes.extend_from_slice(NAMES);
    bytes.resize(usize::try_from(headers_at).unwrap(), 0);
    let mut header = |name: u32, kind: u32, offset: u64, size: usize| {
        bytes.extend([name, kind].map(u32::to_le_bytes).concat());
        bytes.extend([0, 0, offset, size as u64].map(u64::to_le_bytes).concat());
        bytes.extend([0; 8]);
        bytes.extend([1_u64, 0].map(u64::to_le_bytes).concat());
    };
    header(0, 0, 0, 0);
    header(1, 1, HEADER, section.len());
    header(10, 3, names_at, NAMES.len());
    bytes
}

#[test]
fn the_executables_are_read_as_what_they_are() {
    for firmware in firmwares().iter().take(8) {
        assert!(!linchpin_checker::firmware::descriptors(firmware).unwrap().is_empty());
    }
}
