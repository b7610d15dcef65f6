//! Components and firmware descriptors on either side: the same questions, without docs, gates and places.

use linchpin_checker::diff::Source;
use linchpin_checker::verdict::{PairLevel, Role};
use linchpin_checker::{Diff, diff, firmware};
use linchpin_contract::{descriptor, load_component, load_text};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{ManglingAndAbi, Resolve};

use crate::fixture::answer;

fn wit(version: &str, ty: &str) -> String {
    format!(
        "package acme:f@{version}; interface api {{ record r {{ a: {ty} }} plan: func(r: r) -> f64; }} world w {{ export api; }}"
    )
}

fn component(name: &str, wit: &str) -> Source {
    let mut resolve = Resolve::default();
    let package = resolve.push_source("f.wit", wit).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    let bytes = ComponentEncoder::default().module(&module).unwrap().encode().unwrap();
    Source::component(name, load_component(&bytes).unwrap())
}

fn device(name: &str, wit: &str) -> Source {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.wit");
    std::fs::write(&path, wit).unwrap();
    let bytes = descriptor::encode(&path, None).unwrap();
    Source::firmware(name, firmware::descriptors(&bytes).unwrap())
}

fn text(name: &str, wit: &str) -> Source {
    Source::contract(name, load_text(name, wit).unwrap())
}

fn rules(diff: &Diff) -> Vec<&str> {
    diff.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn every_kind_of_source_fits_itself_and_every_other_kind_of_the_same_contract() {
    let wit = wit("1.0.0", "f64");
    let sources = [component("component", &wit), device("device", &wit), text("text", &wit)];
    for before in &sources {
        for after in &sources {
            let diff = diff(before, after, None).unwrap();
            assert!(diff.clean && diff.findings.is_empty(), "{:?}: {:?}", diff.sides, rules(&diff));
        }
    }
}

#[test]
fn every_kind_of_source_shows_the_same_change() {
    let (old, new) = (wit("1.0.0", "f64"), wit("1.1.0", "f32"));
    for before in [component("old", &old), device("old", &old), text("old", &old)] {
        for after in [component("new", &new), device("new", &new), text("new", &new)] {
            let diff = diff(&before, &after, None).unwrap();
            assert_eq!(rules(&diff), ["version-under-bumped", "primitive-changed"], "{:?}", diff.sides);
            assert_eq!(answer(&diff, Role::HostUpgrade).level, PairLevel::LinkFail);
            let package = &diff.packages.iter().find(|package| package.package == "acme:f").unwrap();
            assert_eq!(package.least_version.as_deref(), Some("2.0.0"));
        }
    }
}

#[test]
fn tags_are_compared_where_both_sides_can_have_them() {
    let wit = |unit: &str| {
        format!(
            "package a:b@1.0.0; interface i {{\n/// @unit {unit}\ntype t = f64; f: func(t: t); }} world w {{ export i; }}"
        )
    };
    let (old, new) = (wit("celsius"), wit("kelvin"));
    for before in [device("old", &old), text("old", &old)] {
        for after in [device("new", &new), text("new", &new)] {
            let diff = diff(&before, &after, None).unwrap();
            assert!(rules(&diff).contains(&"unit-changed"), "{:?}: {:?}", diff.sides, rules(&diff));
        }
        // A component knows of no unit, which is no change of one.
        for (before, after) in [(&before, &component("new", &new)), (&component("new", &new), &before)] {
            let diff = diff(before, after, None).unwrap();
            assert!(diff.clean && diff.findings.is_empty(), "{:?}: {:?}", diff.sides, rules(&diff));
        }
    }
}

#[test]
fn nothing_is_said_of_the_package_that_a_component_has_not() {
    let (old, new) = (wit("1.0.0", "f64"), wit("2.0.0", "f32"));
    for (before, after) in [
        (component("old", &old), component("new", &new)),
        (text("old", &old), component("new", &new)),
        (component("old", &old), text("new", &new)),
    ] {
        let diff = diff(&before, &after, None).unwrap();
        let packages: Vec<_> = diff.packages.iter().map(|package| package.package.as_str()).collect();
        assert_eq!(packages, ["acme:f"], "{:?}", diff.sides);
    }
}

#[test]
fn an_export_that_a_component_lacks_is_found() {
    let two = "package a:b@1.0.0; interface i { f: func(); } interface j { g: func(); } world w { export i; export j; }";
    let one = two.replace(" export j;", "");
    let diff = diff(&component("old", two), &component("new", &one), None).unwrap();
    assert_eq!(rules(&diff), ["world-export-removed"]);
    assert_eq!(answer(&diff, Role::ModuleUpgrade).level, PairLevel::LinkFail);
    assert_eq!(answer(&diff, Role::HostUpgrade).level, PairLevel::Ok);
}

/// A component names no package of its own; what it lacks is no step to another track for all that.
#[test]
fn a_break_between_text_and_a_component_is_never_clean() {
    let two = "package a:b@1.0.0; interface i { f: func(); } interface j { g: func(); } world w { export i; export j; }";
    let one = two.replace(" export j;", "");
    let called = "package a:b@1.0.0; world w { export f: func(a: u8); }";
    let other = called.replace("u8", "string");
    for (old, new) in [(two, one.as_str()), (called, other.as_str())] {
        for (before, after) in
            [(text("old", old), component("new", new)), (component("old", old), text("new", new))]
        {
            let diff = diff(&before, &after, None).unwrap();
            assert!(!diff.clean, "{:?}", diff.findings);
            assert!(
                diff.findings.iter().all(|finding| !finding.message.contains("`root`")),
                "{:?}",
                diff.findings
            );
            assert!(diff.packages.iter().all(|package| package.package != "root:component"));
        }
        assert!(diff(&text("old", old), &component("new", old), None).unwrap().clean);
    }
}

/// One world of a text is text.
#[test]
fn one_world_of_a_contract_keeps_its_places() {
    let world = |version: &str, ty: &str| text("text", &wit(version, ty)).with_world("w").unwrap();
    let diff = diff(&world("1.0.0", "f64"), &world("1.0.1", "f32"), None).unwrap();
    let sides = || diff.findings.iter().flat_map(|finding| &finding.sides);
    assert!(diff.findings.len() == 2 && sides().all(|side| side.place.is_some()), "{:?}", diff.findings);
}

#[test]
fn other_tracks_of_one_interface_do_not_link() {
    let (old, new) = (wit("1.0.0", "f64"), wit("2.0.0", "f64"));
    let diff = diff(&component("old", &old), &component("new", &new), None).unwrap();
    let host = answer(&diff, Role::HostUpgrade);
    assert_eq!(
        (host.level, host.because.as_slice()),
        (PairLevel::LinkFail, &["version-track".to_owned()][..])
    );
}

#[test]
fn a_contract_of_several_worlds_says_that_one_must_be_named() {
    let two = "package a:b@1.0.0; world v { export f: func(); } world w { export f: func(); }";
    let error = diff(&text("two", two), &component("one", &wit("1.0.0", "f64")), None).unwrap_err();
    assert_eq!(error.code(), "world-not-named");
    let named = text("two", two).with_world("w").unwrap();
    let only = two.replace("world v { export f: func(); }", "");
    assert!(diff(&named, &component("one", &only), None).unwrap().findings.is_empty());
    assert_eq!(text("two", two).with_world("u").unwrap_err().code(), "no-such-world");
}
