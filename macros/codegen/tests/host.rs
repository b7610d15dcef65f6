//! What `bindings!` expands to, as formatted snapshots over a corpus of contracts.

use std::path::{Path, PathBuf};

use linchpin_codegen::host;
use linchpin_contract::{Contract, load_wit};

fn contract(name: &str) -> (PathBuf, Contract) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host").join(name);
    let contract = load_wit(&path).unwrap();
    (path, contract)
}

/// The expansion, formatted. The descriptor's bytes are left out: they say nothing to a reader.
fn expansion(name: &str) -> String {
    let (_, contract) = contract(name);
    let world = contract.select_world(None).unwrap();
    let tokens = host::expand(world, b"descriptor").unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

#[test]
fn every_value_type() {
    insta::assert_snapshot!(expansion("everything.wit"));
}

#[test]
fn names_that_clash() {
    insta::assert_snapshot!(expansion("names.wit"));
}

#[test]
fn ranges_and_steps() {
    insta::assert_snapshot!(expansion("tags.wit"));
}
