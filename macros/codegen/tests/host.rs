//! What `bindings!` expands to, as formatted snapshots over a corpus of contracts.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use linchpin_codegen::host;
use linchpin_contract::load_wit;
use quote::{ToTokens as _, quote};

/// The expansion, formatted. The descriptor's bytes are left out: they say nothing to a reader.
fn expansion(name: &str) -> String {
    let contract = load_wit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host").join(name)).unwrap();
    let world = contract.select_world(None).unwrap();
    let tokens = host::expand(world, &host::OwnTypes::default(), b"descriptor").unwrap();
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

/// What is deprecated says so to Rust, and what is unstable is not there.
#[test]
fn stability() {
    let text = expansion("stability.wit");
    assert_eq!(text.matches("#[deprecated(since = \"2.0.0\")]").count(), 4, "{text}");
    assert!(!text.contains("soon"));
    insta::assert_snapshot!(text);
}

#[test]
fn ranges_and_steps() {
    insta::assert_snapshot!(expansion("tags.wit"));
}

/// What is generated differently where every type is the firmware's own.
#[test]
fn types_of_the_firmware() {
    insta::assert_snapshot!(own(quote!({ path: "tests/host/tags.wit", types: crate::types })));
}

/// Newtypes of the firmware in generated types, parameters and results.
#[test]
fn newtypes_of_the_firmware() {
    insta::assert_snapshot!(own(quote!({
        path: "tests/guest/newtypes",
        with: { "units/celsius": crate::Celsius, "label": crate::Label },
    })));
}

/// The checks, modules and functions of one macro call, formatted.
fn own(input: proc_macro2::TokenStream) -> String {
    let tokens = host::bindings(input);
    let file: syn::File = syn::parse2(tokens).unwrap();
    let own = file.items.into_iter().filter(|item| match item {
        syn::Item::Mod(_) => true,
        syn::Item::Const(item) => !item.to_token_stream().to_string().contains("include_bytes"),
        _ => false,
    });
    let mut own = syn::File { shebang: None, attrs: vec![], items: own.collect() };
    for item in &mut own.items {
        let syn::Item::Mod(module) = item else { continue };
        let Some((_, items)) = &mut module.content else { continue };
        items.retain(|item| matches!(item, syn::Item::Fn(_) | syn::Item::Mod(_)));
    }
    prettyplease::unparse(&own).replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), "")
}

/// The errors of one macro call, without the machine's own folder.
fn errors(input: proc_macro2::TokenStream) -> String {
    let file: syn::File = syn::parse2(host::bindings(input)).unwrap();
    let inside = |item: &syn::Item| match item {
        syn::Item::Mod(module) => module.content.iter().flat_map(|(_, items)| items.clone()).collect(),
        item => vec![item.clone()],
    };
    let messages = file.items.iter().flat_map(inside).filter_map(|item| match item {
        syn::Item::Macro(item) => Some(syn::parse2::<syn::LitStr>(item.mac.tokens).unwrap().value()),
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
        errors(quote!({ path: "tests/host/tags.wit", with: { "setpont": crate::A } })),
        errors(quote!({ path: "tests/host/tags.wit", types: self::types })),
        errors(quote!({ path: "tests/host/tags.wit", types: a, types: b })),
        errors(quote!({ path: "tests/versions", with: { "control/inputs": crate::A } })),
        errors(quote!({ world: "everything", path: "tests/host/everything.wit", with: {
            "aggregates/outer": crate::Outer, "cases/shape": crate::A, "shape": crate::B,
        } })),
        errors(quote!({ path: "tests/host/everything.wit", with: { "history": crate::History } })),
    ];
    insta::assert_snapshot!(said.join("\n\n----\n\n"));
}

#[test]
fn a_type_of_two_versions_is_named_in_full() {
    let version = quote!({ path: "tests/versions", with: { "acme:heat/control@2.0.0/inputs": crate::New } });
    assert_eq!(errors(version.clone()), "");
    assert!(own(version).contains("given::acme_heat_control_2_0_0_Inputs"));
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
