//! `docs/SYSTEM.md`: the files that it shows are a system, and the commands that it shows give what it shows.
//!
//! `REGENERATE=1 cargo test --workspace --test system` writes the answers of commands anew.

use std::fs;
use std::path::{Path, PathBuf};

use linchpin_checker::inventory::{parse_csv, parse_json};
use linchpin_tests::component::bounded_module;
use tempfile::TempDir;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::program::linchpin;

pub(crate) fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/SYSTEM.md")
}

/// A block of code: the line before it, its language and its text.
struct Block {
    above: String,
    language: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut above = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            blocks.push(Block { above: std::mem::take(&mut above), language: language.to_owned(), text });
        } else if !line.is_empty() {
            above = line.to_owned();
        }
    }
    blocks
}

/// A component for a world, with a memory that is bounded as `linchpin build` bounds it.
fn component(wit: &Path, world: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], Some(world)).unwrap();
    let mut module = bounded_module(&resolve, world, 0).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().module(&module).unwrap().encode().unwrap()
}

/// The system of the page, with the components that its modules name.
pub(crate) fn system(page: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    for block in blocks(page) {
        let name = block.above.strip_prefix('`').and_then(|name| name.strip_suffix("`:"));
        if let Some(name) = name {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, block.text).unwrap();
            files += 1;
        }
    }
    assert_eq!(files, 6, "files of the page");
    let released = folder.path().join("wit/released/heating/1.0.0.wit");
    let current = folder.path().join("wit/heating");
    for (file, wit, world) in [
        ("forecaster.wasm", &current, "forecaster"),
        ("planner.wasm", &current, "reporting-planner"),
        ("planner-1.3.0.wasm", &released, "planner"),
    ] {
        fs::write(folder.path().join(file), component(wit, world)).unwrap();
    }
    folder
}

#[test]
fn the_commands_of_the_page_give_what_it_shows() {
    let page = fs::read_to_string(guide()).unwrap();
    let folder = system(&page);
    let mut expected = page.clone();
    let mut commands = 0;
    for block in blocks(&page).iter().filter(|block| block.language == "console") {
        let command = block.text.lines().next().and_then(|line| line.strip_prefix("$ linchpin ")).unwrap();
        let run = linchpin(folder.path(), command.split(' '));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{command}: {run:?}");
        let answer = format!("```console\n$ linchpin {command}\n{}```", run.stdout);
        expected = expected.replace(&format!("```console\n{}```", block.text), &answer);
        commands += 1;
    }
    assert_eq!(commands, 3);
    if std::env::var_os("REGENERATE").is_some() {
        fs::write(guide(), &expected).unwrap();
    }
    assert_eq!(fs::read_to_string(guide()).unwrap(), expected, "write it anew with `REGENERATE=1`");
}

#[test]
fn both_forms_of_the_inventory_say_the_same() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let csv = parse_csv("fleet.csv", &read("fleet.csv")).unwrap();
    let json = parse_json("fleet.json", &read("fleet.json")).unwrap();
    assert_eq!(csv.devices(), 12_300);
    let plain = |inventory: linchpin_checker::inventory::Inventory| -> Vec<_> {
        inventory.groups.into_iter().map(|it| (it.class, it.firmware, it.modules, it.count)).collect()
    };
    assert_eq!(plain(csv), plain(json));
}

#[test]
fn the_waiver_of_the_page_waives_the_edge_of_the_page() {
    let page = fs::read_to_string(guide()).unwrap();
    let folder = system(&page);
    let waiver = blocks(&page).into_iter().find(|block| block.text.starts_with("[[waivers]]")).unwrap();
    let manifest = folder.path().join("linchpin.toml");
    let text = fs::read_to_string(&manifest).unwrap() + "\n" + &waiver.text;
    fs::write(&manifest, text).unwrap();
    let wit = folder.path().join("wit/heating/heating.wit");
    let contract = fs::read_to_string(&wit).unwrap();
    fs::write(&wit, contract.replacen("eur-per-mwh", "eur-per-kwh", 1)).unwrap();
    let verdict = crate::verdict(folder.path());
    let edge: Vec<_> =
        verdict.findings.iter().filter(|finding| finding.rule == "edge-unit-mismatch").collect();
    assert!(
        !edge.is_empty() && edge.iter().all(|finding| finding.waived.is_some()),
        "{:?}",
        verdict.findings
    );
    assert!(verdict.edges.iter().all(|edge| edge.level == linchpin_checker::verdict::PairLevel::Ok));
}
