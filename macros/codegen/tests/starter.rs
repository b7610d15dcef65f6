//! What `linchpin new-types` prints is what the derives and `export` accept.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use linchpin_codegen::derive::{self, Kind};
use linchpin_codegen::export::{self, Arguments};
use linchpin_codegen::report::Report;
use linchpin_codegen::starter::starter;
use linchpin_contract::{Contract, load_wit};
use quote::ToTokens as _;

fn contract(path: &str) -> Contract {
    load_wit(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What the macros have to say to a source.
fn complaints(contract: &Contract, source: &str) -> Vec<String> {
    let mut report = Report::default();
    for item in syn::parse_file(source).unwrap().items {
        let attributes = match &item {
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Enum(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            _ => continue,
        };
        let text = attributes.iter().map(|it| it.to_token_stream().to_string()).collect::<String>();
        let kinds = [
            ("Record", Kind::Record),
            ("Enum", Kind::Enum),
            ("Variant", Kind::Variant),
            ("Flags", Kind::Flags),
            ("Alias", Kind::Alias),
        ];
        if let Some((_, kind)) = kinds.iter().find(|(name, _)| text.contains(&format!("derive ({name}"))) {
            let input = syn::parse2(item.to_token_stream()).unwrap();
            derive::expand(*kind, contract, &input, &mut report);
        }
        if let syn::Item::Impl(block) = &item {
            let list = block.attrs.iter().find_map(|it| it.meta.require_list().ok()).unwrap();
            let arguments = Arguments::parse(list.tokens.clone(), &mut report);
            assert!(export::expand(contract, &arguments, block, &mut report).is_some());
        }
    }
    report.messages()
}

#[test]
fn the_macros_accept_what_is_printed() {
    let heater = PathBuf::from("../../wit/water-heater");
    for path in [
        heater.to_str().unwrap(),
        "tests/host/everything.wit",
        "tests/host/names.wit",
        "tests/host/tags.wit",
        "tests/host/stability.wit",
        "tests/guest/types",
        "tests/guest/names",
        "tests/guest/interfaces",
        "tests/guest/newtypes",
        "tests/versions",
        "../../tests/newtypes/wit",
    ] {
        let contract = contract(path);
        for world in contract.packages.first().unwrap().worlds.iter() {
            let source = starter(&contract, world).unwrap();
            assert_eq!(complaints(&contract, &source), Vec::<String>::new(), "{path}:\n{source}");
        }
    }
}

#[test]
fn a_guest_begins_with_this() {
    let contract = contract("../../wit/water-heater");
    let world = contract.select_world(Some("heater")).unwrap();
    insta::assert_snapshot!(starter(&contract, world).unwrap());
}

#[test]
fn aliases_with_tags_become_newtypes() {
    let contract = contract("../../tests/newtypes/wit");
    insta::assert_snapshot!(starter(&contract, contract.select_world(Some("valve")).unwrap()).unwrap());
}

#[test]
fn names_that_clash_lead_back() {
    let contract = contract("tests/host/names.wit");
    insta::assert_snapshot!(starter(&contract, contract.select_world(None).unwrap()).unwrap());
}

/// The whole name stands where a shorter one leads to several, and nowhere else.
#[test]
fn two_versions_of_a_package_lead_back() {
    let contract = contract("tests/versions");
    let source = starter(&contract, contract.select_world(None).unwrap()).unwrap();
    let named: Vec<_> = source.lines().map(str::trim).filter(|line| line.starts_with("#[wit(")).collect();
    insta::assert_snapshot!(named.join("\n"));
}

#[test]
fn what_cannot_cross_is_told() {
    let contract = contract("tests/host/impure.wit");
    let world = contract.packages.first().unwrap().worlds.first().unwrap();
    assert!(starter(&contract, world).unwrap_err().len() > 5);
}
