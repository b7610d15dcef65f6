//! What the derives and `export` expand to, as formatted snapshots over a corpus of contracts and guests.
//!
//! Each folder of `tests/guest` holds a contract and a `guest.rs` that fits it.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::path::Path;

use linchpin_codegen::derive::{self, Kind};
use linchpin_codegen::export::{self, Arguments, Bindings};
use linchpin_codegen::report::Report;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Attribute, DeriveInput, Item};

/// The derive that the attributes name.
fn kind(attributes: &[Attribute]) -> Option<Kind> {
    let list = attributes.iter().find(|attribute| attribute.path().is_ident("derive"))?;
    let kinds = [
        ("Record", Kind::Record),
        ("Enum", Kind::Enum),
        ("Variant", Kind::Variant),
        ("Flags", Kind::Flags),
        ("Alias", Kind::Alias),
    ];
    let text = list.to_token_stream().to_string();
    kinds.into_iter().find(|(name, _)| text.contains(name)).map(|(_, kind)| kind)
}

/// The arguments of the `export` among the attributes.
fn exported(attributes: &[Attribute], report: &mut Report) -> Option<Arguments> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("export"))?;
    let list = attribute.meta.require_list().unwrap();
    Some(Arguments::parse(list.tokens.clone(), report))
}

/// Everything that the macros add to `guest.rs`, formatted; upstream's own code left out.
fn expansion(case: &str) -> String {
    let folder = Path::new("tests/guest").join(case);
    let contract = linchpin_contract::load_wit(&folder).unwrap();
    let guest = syn::parse_file(&std::fs::read_to_string(folder.join("guest.rs")).unwrap()).unwrap();
    let mut report = Report::default();
    let mut out = TokenStream::new();
    for item in &guest.items {
        let input: Option<DeriveInput> = syn::parse2(item.to_token_stream()).ok();
        if let Some((input, kind)) = input.and_then(|input| kind(&input.attrs).map(|kind| (input, kind))) {
            out.extend(derive::expand(kind, &contract, &input, &mut report));
        }
        if let Item::Impl(block) = item
            && let Some(arguments) = exported(&block.attrs, &mut report)
        {
            let plan = export::expand(&contract, &arguments, block, &mut report).unwrap();
            let bindings = Bindings::without_code(&folder, plan.world()).unwrap();
            let (checks, glue) = (&plan.checks, plan.glue(&bindings));
            let testing = plan.testing(&folder);
            out.extend(quote!(#checks #testing #glue));
        }
    }
    assert_eq!(report.messages(), Vec::<String>::new());
    prettyplease::unparse(&syn::parse2(out).unwrap())
}

#[test]
fn every_value_type() {
    insta::assert_snapshot!(expansion("types"));
}

#[test]
fn names_that_clash() {
    insta::assert_snapshot!(expansion("names"));
}

#[test]
fn newtypes_for_aliases() {
    insta::assert_snapshot!(expansion("newtypes"));
}

#[test]
fn types_used_across_interfaces() {
    insta::assert_snapshot!(expansion("interfaces"));
}

/// Upstream's macros of exports are written out: none is left, and the component is named in each place.
#[test]
fn bindings_export_without_macros() {
    let folder = Path::new("tests/guest");
    for (case, world, exports) in
        [("types", "everything", 9), ("names", "crate", 5), ("interfaces", "planner", 5)]
    {
        let bindings = Bindings::generate(&folder.join(case), world).unwrap();
        let code = prettyplease::unparse(&syn::parse2(bindings.code).unwrap());
        assert!(!code.contains("macro_rules"), "{case}");
        assert!(!code.contains("$ty") && !code.contains("path_to_types"), "{case}");
        let exported =
            code.lines().filter(|line| line.contains("export_name") && !line.contains("cabi_post_"));
        assert_eq!(exported.count(), exports, "{case}");
    }
}
