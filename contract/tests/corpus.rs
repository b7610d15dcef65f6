//! Every form of WIT read into the model, over the corpus and over the project's own contracts.
#![expect(clippy::expect_used, reason = "a corpus file that cannot be read fails the test")]

use std::path::{Path, PathBuf};

use linchpin_contract::{
    Function, InterfaceId, World, canonical_text, descriptor, function_digest, impurities, load_component,
    load_encoded_world, load_text, load_wit,
};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{ManglingAndAbi, Resolve};

fn corpus(name: &str) -> PathBuf {
    Path::new("tests/corpus").join(name)
}

/// The corpus and the project's own contracts, with the world that is looked at.
const WORLDS: [(&str, &str); 4] = [
    ("tests/corpus/all-types.wit", "all"),
    ("../wit/released/water-heater/1.0.0.wit", "heater"),
    ("../wit/water-heater", "heater"),
    ("../wit/water-heater", "heater-service"),
];

fn texts(world: &World) -> Vec<String> {
    let text = |function| canonical_text(function).expect("the corpus is small");
    world
        .exported_functions()
        .map(|(interface, function)| {
            let owner = interface.map_or_else(|| "world".to_owned(), ToString::to_string);
            format!("{owner}.{} = {}", function.name, text(function))
        })
        .collect()
}

/// A component of the right type, without any compiler.
fn component(path: &str, world: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(path).expect("the corpus parses");
    let world = resolve.select_world(&[package], Some(world)).expect("the world exists");
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("the world encodes");
    ComponentEncoder::default()
        .module(&module)
        .and_then(|mut encoder| encoder.encode())
        .expect("the module is right")
}

#[test]
fn canonical_text_of_every_type() {
    let contract = load_wit(&corpus("all-types.wit")).expect("the corpus parses");
    insta::assert_snapshot!(texts(contract.select_world(None).expect("one world")).join("\n"));
}

#[test]
fn a_component_and_a_descriptor_say_what_their_text_says() {
    for (path, name) in WORLDS {
        let contract = load_wit(Path::new(path)).expect("the corpus parses");
        let world = contract.select_world(Some(name)).expect("the world exists");
        let binary = load_component(&component(path, name)).expect("the component decodes");
        assert_eq!(texts(&binary), texts(world), "component of {path}");

        let record = descriptor::encode(Path::new(path), Some(name)).expect("the world encodes");
        let twice = [record.as_slice(), &record].concat();
        let decoded = descriptor::decode_all(&twice).expect("the record decodes");
        assert_eq!(decoded.len(), 1, "the same record is kept once");
        assert_eq!(texts(&decoded[0].world), texts(world), "descriptor of {path}");
    }
}

#[test]
fn a_descriptor_keeps_the_tags() {
    let path = Path::new("../wit/released/water-heater/1.0.0.wit");
    let record = descriptor::encode(path, None).expect("the world encodes");
    let decoded = descriptor::decode_all(&record).expect("the record decodes");
    let interface = decoded[0].world.exported_interfaces().next().expect("it exports one");
    let decision = interface.types.iter().find(|def| def.name == "decision").expect("it has a decision");
    let linchpin_contract::TypeKind::Record(fields) = &decision.kind else { panic!("a record") };
    assert_eq!(fields[0].tags.to_string(), "@unit celsius\n@range 5..=80");
}

#[test]
fn a_cut_or_altered_descriptor_is_refused() {
    let record = descriptor::encode(&corpus("all-types.wit"), None).expect("the world encodes");
    let whole = descriptor::decode_all(&record).expect("the record decodes");
    let payload = 8 + u32::from_le_bytes(record[4..8].try_into().expect("four bytes")) as usize;
    for length in 1..payload {
        assert!(descriptor::decode_all(&record[..length]).is_err(), "cut to {length} of {payload} bytes");
    }
    let mut refused = 0;
    for index in 0..payload {
        let mut altered = record.clone();
        altered[index] ^= 1;
        match descriptor::decode_all(&altered) {
            Ok(decoded) => {
                assert_eq!(
                    decoded[0].functions, whole[0].functions,
                    "byte {index} changes the functions, unseen"
                );
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused > payload / 2, "only {refused} of {payload} altered bytes are refused");
}

#[test]
fn impurities_are_named_with_their_place() {
    let contract = load_wit(&corpus("impure.wit")).expect("the corpus parses");
    let found = impurities(contract.select_world(None).expect("one world"));
    let lines: Vec<_> = found
        .iter()
        .map(|impurity| {
            let place = impurity.place.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{} | {} | {place}", impurity.kind.code(), impurity.path)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    for (path, world) in WORLDS {
        let contract = load_wit(Path::new(path)).expect("the corpus parses");
        assert_eq!(impurities(contract.select_world(Some(world)).expect("it exists")), [], "{path} is pure");
    }
}

#[test]
fn tags_are_read_and_slips_reported() {
    let contract = load_wit(&corpus("mistagged.wit")).expect("the corpus parses");
    let notes: Vec<_> = contract
        .tag_notes
        .iter()
        .map(|note| {
            let place = note.place.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{place}: {}: {}; {}", note.item, note.message, note.help)
        })
        .collect();
    insta::assert_snapshot!(notes.join("\n"));
}

#[test]
fn bad_text_is_refused_at_its_place() {
    let cases = [
        ("unknown type", "package a:b; interface i { f: func() -> celsius; }"),
        ("near a type", "package a:b; interface i { f: func() -> u33; }"),
        ("near a type of its own", "package a:b; interface i { enum mode { a } f: func() -> moode; }"),
        ("near an interface", "package a:b; interface control { } world w { export contrl; }"),
        ("old spelling", "package a:b; interface i { f: func() -> float32; }"),
        ("many results", "package a:b; interface i { f: func() -> (a: u8, b: u8); }"),
        ("cut short", "package a:b; interface i {\n  f: func("),
        ("missing package", "package a:b; interface i { use c:d/e.{t}; }"),
        ("twice", "package a:b; interface i { f: func(); f: func(); }"),
        ("field twice", "package a:b; interface i { record r {\n  a: u8,\n  A: u8 } }"),
        ("case twice", "package a:b; interface i { enum e { a, b, a } }"),
        ("no package", "interface i { f: func(); }"),
        ("empty", ""),
        ("control", "package a:b;\u{0}"),
    ];
    let lines: Vec<_> = cases
        .iter()
        .map(|(name, text)| match load_text("f.wit", text) {
            Ok(_) => format!("{name}: accepted"),
            Err(error) => format!("{name}: [{}] {error}", error.code()),
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n---\n"));
}

/// Every form that WIT had once is named, with what to write now; upstream only says which token it wanted.
#[test]
fn old_syntax_is_named() {
    let cases = [
        ("f: func() -> (a: u32, b: u32);", "named results were removed"),
        ("f: func() -> (a: u32);", "named results were removed"),
        ("f: func() -> ();", "an empty list of results was removed"),
        ("f: func() -> float32;", "write `f32`"),
        ("f: func(x: float64);", "write `f64`"),
        ("f: func(x: i32);", "write `s32`"),
        ("f: func() -> unit;", "`unit` was removed"),
        ("f: func() -> expected<u32, string>;", "write `result<..>`"),
        ("f: func(h: handle r);", "`handle` was removed"),
        ("f: function() -> u32;", "write `func`"),
        ("union u { u32, string }", "`union` was removed"),
        ("use self.types.{t};", "`self.` was removed"),
        ("use pkg.types.{t};", "`pkg.` was removed"),
        ("use { t } from types;", "`use .. from` was removed"),
        ("record: { a: u8 }", "found ':'"),
        ("record r: { a: u8 }", "leave the `:` out"),
        ("f: func()\n g: func();", "`;` is missing after"),
        ("record r { default u32 }", "expected ':'"),
    ];
    for (item, expected) in cases {
        let text = format!("package a:b; interface i {{ {item} }}");
        let error = load_text("f.wit", &text).expect_err(item).to_string();
        assert!(error.starts_with("f.wit:") && error.contains(expected), "{item}: {error}");
    }
    let packages = [
        ("package a:b; default interface i { }", "`default` was removed"),
        ("package a:b; default world w { }", "`default` was removed"),
        ("package a:b; world w { export default self.i }", "`default` was removed"),
        ("package a:b; world w { import a: self.i }", "`self.` was removed"),
        ("package a:b; interface i: { f: func(); }", "leave the `:` out"),
        ("package a.b; interface i { }", "`namespace:name`"),
        ("package a:b\ninterface i { }", "`;` is missing after `package a:b`"),
        (
            "package a:b@1.0.0; @since(version = 2.0.0) interface i { }",
            "names version 2.0.0, and package `a:b@1.0.0` is at 1.0.0",
        ),
    ];
    for (text, expected) in packages {
        let error = load_text("f.wit", text).expect_err(text).to_string();
        assert!(error.starts_with("f.wit:") && error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn types_that_explode_or_nest_without_end_are_refused() {
    let deep =
        format!("package a:b; interface i {{ f: func(x: {}u8{}); }}", "list<".repeat(5000), ">".repeat(5000));
    assert_eq!(load_text("f.wit", &deep).expect_err("too deep").code(), "type-too-deep");

    let mut chain = "package a:b; interface i { type t0 = list<u8>;".to_owned();
    (1..5000).for_each(|n| chain.push_str(&format!("type t{n} = list<t{}>;", n - 1)));
    chain.push('}');
    assert_eq!(load_text("f.wit", &chain).expect_err("too deep").code(), "type-too-deep");

    let mut wide = "package a:b; interface i { type t0 = tuple<u8, u8>;".to_owned();
    (1..60).for_each(|n| wide.push_str(&format!("type t{n} = tuple<t{0}, t{0}>;", n - 1)));
    wide.push_str("f: func(x: t59); }");
    let contract = load_text("f.wit", &wide).expect("it is short");
    let function = &contract.packages[0].interfaces[0].functions[0];
    assert_eq!(function_digest(function).expect_err("too large").code(), "type-too-large");
}

#[test]
fn what_is_not_wit_or_wasm_is_refused() {
    let core = b"\0asm\x01\0\0\0";
    for (name, bytes) in
        [("text", &b"hello"[..]), ("empty", b""), ("core module", core), ("zeros", &[0; 4096])]
    {
        let error = load_component(bytes).expect_err(name);
        assert_eq!(error.code(), "not-a-component", "{name}");
        load_encoded_world(bytes).expect_err(name);
    }
    let whole = component("tests/corpus/all-types.wit", "all");
    let all = texts(&load_component(&whole).expect("the component decodes"));
    for length in (8..whole.len()).step_by(7) {
        // Cut between two sections, the rest is a component again: it must claim nothing that the whole does not.
        if let Ok(world) = load_component(&whole[..length]) {
            assert!(texts(&world).iter().all(|text| all.contains(text)), "cut to {length}");
        }
    }
    assert_eq!(load_wit(Path::new("tests/no-such")).expect_err("absent").code(), "read");
    assert_eq!(load_wit(Path::new("src")).expect_err("no wit there").code(), "no-wit-files");
}

#[test]
fn an_interface_that_is_imported_and_exported_is_read_from_each_side() {
    let component = wat::parse_str(
        r#"(component
            (import "t:t/i@1.0.0" (instance (export "f" (func (param "a" u32)))))
            (core module $m (func (export "f") (result i32) i32.const 1) (func (export "g")))
            (core instance $m (instantiate $m))
            (func $f (result u32) (canon lift (core func $m "f")))
            (func $g (canon lift (core func $m "g")))
            (instance $i (export "f" (func $f)) (export "g" (func $g)))
            (export "t:t/i@1.0.0" (instance $i)))"#,
    );
    let world = load_component(&component.expect("it is right")).expect("the component decodes");
    let shown = |(id, function): (Option<&InterfaceId>, &Function)| {
        let id = id.expect("it is of an interface");
        format!("{id}.{}: {}", function.name, canonical_text(function).expect("it is small"))
    };
    let imported: Vec<_> = world.imported_functions().map(shown).collect();
    assert_eq!(imported, ["t:t/i@1.0.0.f: func(a: u32)"]);
    let exported: Vec<_> = world.exported_functions().map(shown).collect();
    assert_eq!(exported, ["t:t/i@1.0.0.f: func() -> u32", "t:t/i@1.0.0.g: func()"]);
}

/// Tags that look as if they guarded something, and do not, and what is noted of each.
const GUARD_NOTHING: [(&str, &str); 14] = [
    ("/// @unit celsius\ninterface i {}", "3:11 tag `@unit` says nothing of interface `i`"),
    ("/// @was v\nworld w {}", "3:7 tag `@was` says nothing of world `w`"),
    (
        "interface i {\n/// @unit celsius\nrecord r { t: f64 } }",
        "4:8 tag `@unit` speaks of a number, and type `r` has no value",
    ),
    (
        "interface i { record r {\n/// @range 0..=1\nname: string } }",
        "4:1 tag `@range` speaks of a number, and field `name` is `string`",
    ),
    (
        "interface i { record r { t: f64 } record s {\n/// @step 1\nr: r } }",
        "4:1 tag `@step` speaks of a number, and field `r` is `r`",
    ),
    (
        "interface i { enum e {\n/// @unit celsius\na } }",
        "4:1 tag `@unit` speaks of a number, and case `a` has no value",
    ),
    (
        "interface i { variant v {\n/// @unit celsius\na } }",
        "4:1 tag `@unit` speaks of a number, and case `a` has no value",
    ),
    (
        "interface i {\n/// @unit celsius\nf: func(t: f64); }",
        "4:1 tag `@unit` speaks of a number, and function `f` has no value",
    ),
    (
        "interface i {\nf: func(\n/// @unit celsius\nt: f64); } world w { import i; export i; }",
        "4:1 tag `@unit` stands at a parameter, and WIT keeps no documentation of those",
    ),
    (
        "interface i { record r {\n/// @range 0..=300\nn: u8 } }",
        "4:1 range 0..=300 goes beyond what field `n` can hold, 0..=255",
    ),
    (
        "interface i { record r {\n/// @range -1..=3\nn: list<u64> } }",
        "4:1 range -1..=3 goes beyond what field `n` can hold, 0..=18446744073709551615",
    ),
    (
        "interface i {\n/// @unit celsius\ntype t = f64; record r {\n/// @unit kelvin\nn: option<t> } }",
        "6:1 unit `kelvin` contradicts type `t`, whose unit is `celsius`",
    ),
    (
        "interface i {\n/// @range 0..=100\ntype t = f64; type u = t;\n/// @range 0..=101\nf: func() -> u; }",
        "6:1 range 0..=101 goes beyond that of type `t`, 0..=100",
    ),
    (
        "interface i {\n/// @range 0..=100\ntype t = f64;\n/// @range -1..=10\ntype u = t; }",
        "6:6 range -1..=10 goes beyond that of type `t`, 0..=100",
    ),
];

/// The notes about tags of a package with this text, each with its place.
fn notes(body: &str) -> Vec<String> {
    let contract = load_text("w.wit", &format!("package a:b@1.0.0;\n{body}")).expect("the corpus parses");
    let note = |note: &linchpin_contract::TagNote| {
        let place = note.place.as_ref().expect("text has places");
        format!("{}:{} {}", place.line, place.column, note.message)
    };
    contract.tag_notes.iter().map(note).collect()
}

#[test]
fn tags_that_guard_nothing_are_noted_where_they_stand() {
    for (body, wanted) in GUARD_NOTHING {
        assert_eq!(notes(body), [wanted], "{body}");
    }
    for (docs, wanted) in [
        ("/// @unit=celsius\n", "tag `@unit` has no usable value"),
        ("/// the temperature, @unit celsius\n", "tag `@unit` stands amid other words"),
        ("/// (@range 0..=1)\n", "tag `@range` stands amid other words"),
    ] {
        let text = format!("interface i {{ record r {{ {docs}t: f64 }} }}");
        let found = notes(&text);
        assert!(found.len() == 1 && found[0].ends_with(wanted), "{docs}: {found:?}");
    }
    for body in [
        "interface i { record r { /// see `@unit celsius`, me@unit.org, @unitary\nt: f64 } }",
        "interface i { /// @unit celsius\ntype t = f64; record r { /// @range 0..=1\na: option<list<t>>, /// @was b\nc: string } }",
        "interface i { variant v { /// @unit celsius\na(f32) } /// @unit watt\nf: func() -> result<f64, string>; }",
        "interface i { record r { /// @range -5..=300\na: tuple<u8, s32>, /// @range 0..=4000\nb: f64 } }",
        "/// @since me\ninterface i { f: func(/// the unit\na: f64); }",
    ] {
        assert_eq!(notes(body), [""; 0], "{body}");
    }
}

/// Block comments put a star before each of their lines, and lists a mark.
#[test]
fn tags_are_read_in_every_form_of_comment() {
    for docs in [
        "/// @unit celsius\n",
        "/** @unit celsius */",
        "/**\n * @unit celsius\n */",
        "/**\n     * The temperature.\n     *\n     * @unit celsius\n     */",
        "/**\n @unit celsius\n*/",
        "/// - @unit celsius\n",
        "/// * @unit celsius\n",
    ] {
        let text = format!("package a:b; interface i {{ record r {{ {docs} t: f64 }} }}");
        let contract = load_text("w.wit", &text).unwrap();
        let linchpin_contract::TypeKind::Record(fields) = &contract.packages[0].interfaces[0].types[0].kind
        else {
            panic!()
        };
        assert_eq!(fields[0].tags.unit.as_deref(), Some("celsius"), "{docs}");
        assert!(contract.tag_notes.is_empty(), "{docs}: {:?}", contract.tag_notes);
    }
}

/// An encoded world has the functions of resources before all others.
#[test]
fn a_descriptor_does_not_mind_the_order_of_functions() {
    let text = "package a:b@1.0.0;\nworld w {\nexport i: interface { f: func(); resource r { m: func(); } g: func(); resource q { constructor(); } }\n}";
    let folder = std::env::temp_dir().join(format!("linchpin-order-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("w.wit");
    std::fs::write(&file, text).unwrap();
    let encoded = linchpin_contract::descriptor::encode(&file, None).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let [descriptor] = linchpin_contract::descriptor::decode_all(&encoded).unwrap().try_into().unwrap();
    assert_eq!(descriptor.functions.len(), 4);
}

/// What a firmware is built for keeps its tags, wherever in the world they stand.
#[test]
fn a_descriptor_keeps_the_tags_of_a_world_and_of_its_inline_interfaces() {
    let text = "package a:b@1.0.0;\nworld w {\n/// @unit kelvin\ntype c = f64;\n/// @range 0..=5\n\
                export f: func(a: c) -> f64;\nexport k: interface {\n/// @unit watt\ng: func() -> f64;\n} }";
    let folder = std::env::temp_dir().join(format!("linchpin-corpus-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("w.wit");
    std::fs::write(&file, text).unwrap();
    let encoded = linchpin_contract::descriptor::encode(&file, None).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let [descriptor] = linchpin_contract::descriptor::decode_all(&encoded).unwrap().try_into().unwrap();
    let tags = |name: &str| {
        let mut functions = descriptor.world.exported_functions();
        let (_, function) = functions.find(|(_, function)| function.name == name).unwrap();
        (function.tags.to_string(), function.params.first().map(|param| param.ty.clone()))
    };
    let (range, ty) = tags("f");
    assert_eq!(range, "@range 0..=5");
    let Some(linchpin_contract::Type::Named(def)) = ty else { panic!("{ty:?}") };
    assert_eq!(def.tags.to_string(), "@unit kelvin");
    assert_eq!(tags("g").0, "@unit watt");
}
