//! Types that no component can have: what the contract says, against upstream's encoder and validator.
#![expect(clippy::expect_used, reason = "WIT of this test that cannot be read fails it")]

use linchpin_contract::{Gates, load_text, load_wit_tree, unencodable};
use wasmparser::{Validator, WasmFeatures};
use wit_parser::Resolve;

/// Whether a component can have what the package declares, as upstream's validator sees it.
fn encodes(text: &str) -> bool {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("w.wit", text).expect("the text parses");
    wit_component::encode(&resolve, package)
        .is_ok_and(|bytes| Validator::new_with_features(WasmFeatures::all()).validate_all(&bytes).is_ok())
}

fn names(count: usize, separator: &str) -> String {
    (0..count).map(|index| format!("x{index}{separator}")).collect()
}

#[test]
fn what_no_component_can_have_is_what_upstream_refuses() {
    let flags = |count| format!("flags f {{ {} }}", names(count, ","));
    let record = |count| format!("record r {{ {} }}", names(count, ": u8,"));
    let bodies = [
        ("record r {}".to_owned(), 1),
        ("flags f {}".to_owned(), 1),
        (flags(1), 0),
        (flags(32), 0),
        (flags(33), 1),
        (record(200), 0),
        ("type t = tuple<>;".to_owned(), 1),
        ("type t = list<u8, 0>;".to_owned(), 1),
        ("type t = list<u8, 1>;".to_owned(), 0),
        ("type t = map<string, u32>;".to_owned(), 0),
        ("f: func(a: option<list<tuple<>>>) -> result<tuple<>, list<string, 0>>;".to_owned(), 3),
        ("record r {} flags f {} variant v { a(tuple<>), b }".to_owned(), 3),
        ("resource r { f: func() -> stream<tuple<>>; }".to_owned(), 1),
        ("enum e { a } variant v { a } f: async func() -> future;".to_owned(), 0),
    ];
    for (body, wrong) in bodies {
        let text = format!("package a:b@1.0.0; interface i {{ {body} }} world w {{ export i; }}");
        let found = unencodable(&load_text("w.wit", &text).expect("the text parses"));
        assert_eq!(found.len(), wrong, "{body}: {found:?}");
        assert!(found.iter().all(|wrong| wrong.place.is_some()), "{body}: {found:?}");
        assert_eq!(found.is_empty(), encodes(&text), "{body}");
    }
}

/// What a contract uses of another package is in its components, and the rest of that package is not.
#[test]
fn types_of_other_packages_count_where_they_are_used() {
    let files = vec![
        ("deps/d.wit".into(), b"package c:d@1.0.0; interface t { record r {} record s {} }".to_vec()),
        ("i.wit".into(), b"package a:b@1.0.0; interface i { use c:d/t@1.0.0.{r}; f: func(a: r); }".to_vec()),
    ];
    let contract = load_wit_tree("wit".as_ref(), files, Gates::Closed).expect("it resolves");
    let found = unencodable(&contract);
    assert!(found.len() == 1 && found[0].item == "record r", "{found:?}");
    assert!(found[0].place.as_ref().is_some_and(|place| place.file.ends_with("d.wit")), "{found:?}");
}

#[test]
fn types_of_worlds_are_looked_at_too() {
    let text = "package a:b@1.0.0; world w { flags f {} export g: func() -> tuple<>; import k: interface { record r {} } }";
    let found = unencodable(&load_text("w.wit", text).expect("the text parses"));
    let items: Vec<_> = found.iter().map(|wrong| wrong.item.as_str()).collect();
    assert_eq!(items, ["record r", "flags f", "function g"]);
}
