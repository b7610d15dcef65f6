//! What the checker says of a host and a guest is what the runtimes do with them.

use std::path::Path;

use linchpin_checker::link::link;
use linchpin_checker::system::Runtime;
use linchpin_tests::soundness::build::host_world;
use linchpin_tests::soundness::change;
use linchpin_tests::soundness::examples::EXAMPLES;
use linchpin_tests::soundness::generate::{self, Purity};
use linchpin_tests::soundness::pair::{self, Engines, GuestSide, HostSide, Loader};
use linchpin_tests::soundness::random::Random;
use linchpin_tests::soundness::run::{Plan, run};
use linchpin_tests::soundness::table;
use linchpin_tests::soundness::wit::{self, Wit};

#[test]
fn a_thousand_random_pairs_do_what_the_checker_says() {
    let report = run(Plan { pairs: 1_000, seed: 1, threads: 2 }, &|_| {}).unwrap();
    assert!(report.pairs >= 1_000);
    assert!(report.disagreements.is_empty(), "{}", report.disagreements.join("\n"));
    let failed = report.coverage.lines().iter().filter(|line| line.get("link-fail").is_some()).count();
    let linked = report.coverage.lines().iter().filter(|line| line.get("ok").is_some()).count();
    assert!(failed > 100 && linked > 100, "pairs that fail and pairs that link: {failed} and {linked}");
}

#[test]
fn the_page_of_safe_changes_is_what_the_runtimes_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/COMPATIBILITY.md");
    let page = table::page(&Engines::new().unwrap()).unwrap();
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == page,
        "run `cargo run -p linchpin-tests --bin soundness -- --table docs/COMPATIBILITY.md` and read what changed"
    );
}

#[test]
fn every_change_has_an_example_and_a_name_of_its_own() {
    let mut names: Vec<_> = change::all().iter().map(|change| change.name).collect();
    for name in &names {
        assert!(EXAMPLES.iter().any(|example| example.change == *name), "no example of `{name}`");
    }
    assert!(EXAMPLES.iter().all(|example| change::named(example.change).is_some()));
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

fn read(text: &str) -> Wit {
    let contract = linchpin_contract::load_text("w.wit", text).unwrap();
    wit::read::world(&contract, contract.select_world(Some("w")).unwrap()).unwrap()
}

/// A checker that said the wrong thing would be found: its word for one pair is held against another pair.
#[test]
fn a_wrong_word_is_found() {
    let engines = Engines::new().unwrap();
    let api = |ty: &str| format!("package acme:demo@1.0.0; interface api {{ f: func(a: {ty}); }}");
    for keyword in ["import", "export"] {
        let wit = |ty: &str| read(&format!("{} world w {{ {keyword} api; }}", api(ty)));
        let (narrow, wide) = (wit("u32"), wit("u64"));
        let host = HostSide::new(&narrow).unwrap();
        let fits = GuestSide::new(&engines, &narrow).unwrap();
        let differs = GuestSide::new(&engines, &wide).unwrap();
        let world = |wit: &Wit| host_world(&wit.to_string()).unwrap();
        let said = |guest: &Wit| link(Runtime::Wasmtime48, &world(&narrow), &world(guest));
        let found =
            |guest: &GuestSide, said| pair::differences(&said, &guest.on(&engines, &host).unwrap()).len();
        assert_eq!((found(&fits, said(&narrow)), found(&differs, said(&wide))), (0, 0));
        assert_eq!((found(&fits, said(&wide)), found(&differs, said(&narrow))), (1, 1));
    }
}

#[test]
fn what_is_printed_is_read_again_as_it_was() {
    for stream in 0..50 {
        let wit = generate::wit(&mut Random::new(7, stream), Purity::Pure);
        let Ok(side) = HostSide::new(&wit) else { continue };
        assert_eq!(read(&side.text).world.exports.len(), wit.world.exports.len(), "{}", side.text);
    }
}

/// The very version first, else the greatest of the track; no other if that one lacks what is needed.
#[test]
fn several_versions_on_one_track_meet_as_in_wasmtime() {
    let engines = Engines::new().unwrap();
    let package = |version: &str, functions: &str| {
        format!("package acme:demo@{version} {{ interface api {{ {functions} }} }}\n")
    };
    let world = |packages: &[String], keyword: &str, versions: &[&str]| {
        let items = versions.iter().map(|version| format!("{keyword} acme:demo/api@{version};"));
        read(&format!("package test:pair; {} world w {{ {} }}", packages.concat(), items.collect::<String>()))
    };
    let both = [package("1.0.0", "f: func(); g: func();"), package("1.2.0", "f: func();")];
    for (wanted, functions, links) in [
        ("1.0.0", "f: func(); g: func();", true),
        ("1.2.0", "f: func();", true),
        ("1.1.0", "f: func();", true),
        ("1.1.0", "f: func(); g: func();", false),
        ("1.3.0", "g: func();", false),
        ("2.0.0", "f: func();", false),
    ] {
        let one = [package(wanted, functions)];
        for keyword in ["import", "export"] {
            let several = world(&both, keyword, &["1.0.0", "1.2.0"]);
            let single = world(&one, keyword, &[wanted]);
            let (host, guest) = if keyword == "import" { (several, single) } else { (single, several) };
            let (host, guest) = (HostSide::new(&host).unwrap(), GuestSide::new(&engines, &guest).unwrap());
            let judged = pair::judge(&engines, &host, &guest, Loader::Skipped).unwrap();
            assert!(judged.disagreements.is_empty(), "{}", judged.disagreements[0]);
            assert_eq!(judged.links[0].1.links(), links, "{keyword} {wanted} {functions}");
        }
    }
}

#[test]
fn every_fault_of_a_pair_is_reported() {
    let engines = Engines::new().unwrap();
    let host = "package acme:demo@1.0.0;
        interface api {
            resource tank { level: func() -> f64; }
            record reading { humidity: f32, temp: f32 }
            enum mode { off, eco }
            f: func(a: list<reading>, m: option<mode>) -> result<u32, string>;
            g: func(t: borrow<tank>);
        }
        world w { import api; export run: func(price: f64, limit: f64); }";
    let guest = "package acme:demo@1.1.0;
        interface api {
            resource tank { level: func() -> f32; drain: func(); }
            record reading { humidity: f64, temp: f32, pressure: f32 }
            enum mode { eco, off }
            f: async func(a: list<reading>, m: option<mode>) -> result<u64, string>;
            g: func(t: tank);
        }
        world w { import api; export run: func(limit: f64, price: f64); }";
    let (host, guest) =
        (HostSide::new(&read(host)).unwrap(), GuestSide::new(&engines, &read(guest)).unwrap());
    let judged = pair::judge(&engines, &host, &guest, Loader::Skipped).unwrap();
    assert!(judged.disagreements.is_empty(), "{}", judged.disagreements[0]);
    let (_, said) = &judged.links[0];
    let faults: Vec<_> = said.faults.iter().map(|fault| format!("{:?} {fault}", fault.level)).collect();
    insta::assert_snapshot!("every_fault", faults.join("\n"));
}

/// Interfaces that are imported and exported, and resources that cross between them: each pair was once judged wrong.
#[test]
fn interfaces_on_both_edges_meet_as_in_every_runtime() {
    let engines = Engines::new().unwrap();
    let of = |api: &str, rest: &str, world: &str| {
        let text = format!("package acme:demo@1.0.0; interface api {{ {api} }} {rest} world w {{ {world} }}");
        read(&text)
    };
    let user = "interface user { use api.{t}; g: func(t: borrow<t>); }";
    let pairs = [
        // The host's exports take the resource from its imports, as `wit_component` encodes a world.
        (
            (RESOURCE, user, "import user; export api; export user;"),
            (RESOURCE, user, "export api; export user;"),
            false,
        ),
        (
            (RESOURCE, user, "use api.{t}; export api; export user;"),
            (RESOURCE, user, "export api; export user;"),
            false,
        ),
        ((RESOURCE, user, "export api; export user;"), (RESOURCE, user, "export api; export user;"), true),
        // The guest's import needs only what it calls, whatever it exports under the same name.
        (
            (RESOURCE, "", "import api;"),
            ("resource t; record more { a: u32 }", "", "import api; export api;"),
            true,
        ),
    ];
    for (host, guest, composes) in pairs {
        let host = HostSide::new(&of(host.0, host.1, host.2)).unwrap();
        let guest = GuestSide::new(&engines, &of(guest.0, guest.1, guest.2)).unwrap();
        let judged = pair::judge(&engines, &host, &guest, Loader::Skipped).unwrap();
        assert!(judged.disagreements.is_empty(), "{}", judged.disagreements[0]);
        let composed = judged.links.iter().find(|(runtime, _)| *runtime == Runtime::Composition).unwrap();
        assert_eq!(composed.1.links(), composes, "{}\n{}", host.text, guest.text);
    }
}

const RESOURCE: &str = "resource t;";
