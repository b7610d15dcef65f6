//! What `bindings!` expands to, as formatted snapshots over a corpus of contracts.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use linchpin_codegen::host;
use linchpin_contract::load_wit;
use quote::quote;

/// The expansion, formatted. The descriptor's bytes are left out: they say nothing to a reader.
fn expansion(name: &str) -> String {
    let contract = load_wit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host").join(name)).unwrap();
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

/// The errors of one macro call, without the machine's own folder.
fn errors(input: proc_macro2::TokenStream) -> String {
    let file: syn::File = syn::parse2(host::bindings(input)).unwrap();
    let messages = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some(syn::parse2::<syn::LitStr>(item.mac.tokens.clone()).unwrap().value()),
        _ => None,
    });
    let text = messages.collect::<Vec<_>>().join("\n\n");
    text.replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), "")
}

#[test]
fn mistakes_are_told_with_what_to_do() {
    let said = [
        errors(quote!({ world: "tag", path: "tests/host/tags.wit" })),
        errors(quote!({ path: "tests/host/two-worlds.wit" })),
        errors(quote!({ path: "tests/host/impure.wit" })),
        errors(quote!({ path: "tests/host/broken.wit" })),
        errors(quote!({ path: "tests/host/absent.wit" })),
        errors(quote!({ world: "tags", folder: "wit" })),
        errors(quote!({ world: "tags", world: "tags" })),
        errors(quote!("tags", "wit")),
        errors(quote!("tags")),
    ];
    insta::assert_snapshot!(said.join("\n\n----\n\n"));
}

#[test]
fn a_right_call_has_no_errors_and_tracks_its_file() {
    let tokens = host::bindings(quote!({ path: "tests/host/tags.wit" }));
    let file: syn::File = syn::parse2(tokens.clone()).unwrap();
    assert!(!file.items.iter().any(|item| matches!(item, syn::Item::Macro(_))));
    let text = tokens.to_string();
    assert!(text.contains("include_bytes") && text.contains("tests/host/tags.wit"));
}

#[test]
fn two_expansions_are_the_same() {
    assert_eq!(expansion("names.wit"), expansion("names.wit"));
}
