//! `linchpin where`: everything of a name, who uses it, and where it runs.

use std::fs;
use std::path::Path;

use linchpin_checker::locate::{Item, Kind, Located, Way, locate};
use linchpin_checker::{check, load};
use serde_json::Value;

use crate::fixture::{Fixture, today};
use crate::guide::{guide, system};
use crate::program::linchpin;
use crate::schema::{closed, refused};

fn located(folder: &Path, query: &str) -> Located {
    let system = load(&folder.join("linchpin.toml")).unwrap();
    locate(&system, &check(&system, &today()), query)
}

fn names(located: &Located) -> Vec<(Kind, &str)> {
    located.items.iter().map(|item| (item.kind, item.name.as_str())).collect()
}

fn modules(item: &Item) -> Vec<String> {
    item.modules.iter().map(|module| format!("{} {}", module.module, module.version)).collect()
}

fn firmwares(item: &Item) -> Vec<String> {
    item.firmwares.iter().map(|firmware| format!("{} {}", firmware.target, firmware.version)).collect()
}

#[test]
fn a_field_is_used_by_whoever_takes_or_gives_it() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let found = located(folder.path(), "curve.prices");
    let expected = ["acme:heating/forecast@1.0.0.curve.prices", "acme:heating/forecast@1.1.0.curve.prices"];
    assert_eq!(names(&found), expected.map(|name| (Kind::Field, name)));
    let [old, new] = found.items.as_slice() else { panic!("{found:?}") };
    assert_eq!((modules(old), firmwares(old)), (Vec::new(), vec!["heater-3 3.0.0".to_owned()]));
    assert_eq!(modules(new), ["forecast 2.0.0"]);
    assert_eq!(firmwares(new), ["heater-3 3.1.0"]);
    let place = &new.declared[0];
    let line = fs::read_to_string(folder.path().join(&place.file)).unwrap();
    let line = line.lines().nth(usize::try_from(place.line).unwrap() - 1).unwrap().to_owned();
    assert_eq!(line.trim(), "prices: list<f64>,");
    let module = &new.modules[0];
    assert_eq!(module.functions[0].function, "acme:heating/forecast@1.1.0.day-ahead");
    assert_eq!(module.functions[0].way, Way::Export);
    let runs: Vec<_> = module.runs.iter().map(|run| (run.firmware.as_str(), run.devices)).collect();
    assert_eq!(runs, [("3.0.0", Some(12_000)), ("3.1.0", Some(300))]);
    assert_eq!(new.edges, ["forecast/day-ahead -> ok.prices to setpoint/plan(inputs.prices)"]);
    assert_eq!(located(folder.path(), "prices").items.len(), 4);
}

#[test]
fn an_interface_is_used_where_its_types_are() {
    let wit = "package acme:f@1.0.0;\ninterface t { type temp = f64; record r { temp: temp } }\n\
        interface api { use t.{r}; plan: func(r: r) -> f64; }\nworld w { export api; }\n";
    let fixture = Fixture::of_wit(wit, wit);
    let found = located(fixture.path(), "acme:f/t@1.0.0");
    let [interface] = found.items.as_slice() else { panic!("{found:?}") };
    assert_eq!((interface.kind, modules(interface)), (Kind::Interface, vec!["guest 1.4.0".to_owned()]));
    assert_eq!(firmwares(interface), ["device 3.0.0"]);
    let of_type = located(fixture.path(), "acme:f/t@1.0.0.temp");
    assert_eq!(modules(&of_type.items[0]), modules(interface));
    assert_eq!(interface.modules[0].functions[0].function, "acme:f/api@1.0.0.plan");
}

#[test]
fn a_module_tells_its_versions_and_a_version_all_that_have_it() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let all = located(folder.path(), "setpoint");
    // The interface has the same name.
    let kinds: Vec<_> = all.items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Kind::Module, Kind::Interface, Kind::Interface]);
    assert_eq!(modules(&all.items[0]), ["setpoint 1.3.0", "setpoint 1.4.0"]);
    assert_eq!(all.items[0].data, ["winter-2024"]);
    let [earlier, current] = all.items[0].modules.as_slice() else { panic!() };
    assert_eq!((earlier.current, current.current), (false, true));
    let devices: Vec<_> = earlier.runs.iter().map(|run| run.devices).collect();
    assert_eq!(devices, [Some(12_000), Some(0)]);
    let one = located(folder.path(), "setpoint@1.3.0");
    assert_eq!(
        (names(&one), modules(&one.items[0])),
        (vec![(Kind::Module, "setpoint@1.3.0")], vec!["setpoint 1.3.0".to_owned()])
    );
    let version = located(folder.path(), "1.1.0");
    assert_eq!(names(&version), [(Kind::Package, "acme:heating@1.1.0")]);
    assert_eq!(modules(&version.items[0]), ["forecast 2.0.0", "setpoint 1.4.0"]);
    assert_eq!(names(&located(folder.path(), "3.1.0")), [(Kind::Firmware, "heater-3@3.1.0")]);
}

#[test]
fn a_class_of_device_tells_what_runs_on_it() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let found = located(folder.path(), "heater-3@3.1.0");
    let [item] = found.items.as_slice() else { panic!("{found:?}") };
    assert_eq!(modules(item), ["forecast 2.0.0", "setpoint 1.3.0", "setpoint 1.4.0"]);
    assert!(item.modules.iter().flat_map(|module| &module.runs).all(|run| run.firmware == "3.1.0"));
    assert_eq!(item.firmwares[0].devices, Some(300));
    assert_eq!(item.firmwares[0].functions.len(), 3);
    let class = located(folder.path(), "heater-3");
    assert_eq!(firmwares(&class.items[0]), ["heater-3 3.0.0", "heater-3 3.1.0"]);
}

/// Every way in which people write a name leads to the same thing.
#[test]
fn a_name_may_be_given_in_full_or_by_its_end() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let full = (Kind::Function, "acme:heating/status@1.1.0.ping");
    for query in [
        "acme:heating/status@1.1.0.ping",
        "acme:heating/status.ping",
        "status@1.1.0.ping",
        "status.ping",
        "ping",
    ] {
        assert_eq!(names(&located(folder.path(), query)), [full], "{query}");
    }
    for query in ["acme:heating/status@1.0.0.ping", "heating/status.ping", "tatus.ping", "pin", "", "."] {
        assert!(located(folder.path(), query).items.is_empty(), "{query}");
    }
    assert_eq!(located(folder.path(), "pign").nearest.as_deref(), Some("ping"));
    assert_eq!(located(folder.path(), "something-else").nearest, None);
}

#[test]
fn lines_are_broken_where_the_terminal_ends_and_names_are_not() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let wide = linchpin(folder.path(), ["where", "prices"]);
    let narrow = linchpin(folder.path(), ["where", "prices", "--width", "60"]);
    assert_eq!((wide.code, narrow.code), (0, 0));
    assert!(wide.stdout.lines().any(|line| line.len() > 80), "{wide:?}");
    let long = |line: &&str| line.len() > 60 && line.trim().contains(' ');
    assert_eq!(narrow.stdout.lines().find(long), None);
    let words =
        |run: &crate::program::Run| run.stdout.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&wide), words(&narrow));
}

/// A name that is misspelt is no name that nobody uses.
#[test]
fn what_nobody_uses_is_told_from_what_is_not_there() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let wit = folder.path().join("wit/heating/heating.wit");
    let text = fs::read_to_string(&wit).unwrap();
    fs::write(&wit, text.replace("interface status {", "interface status {\n    enum mood { calm }"))
        .unwrap();
    let run = linchpin(folder.path(), ["where", "calm"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    assert!(run.stdout.contains("case acme:heating/status@1.1.0.mood.calm\n"), "{run:?}");
    assert!(run.stdout.contains("  declared  wit/heating/heating.wit:23\n"), "{run:?}");
    assert!(run.stdout.ends_with("  used by no module and no firmware\n"), "{run:?}");
    let run = linchpin(folder.path(), ["where", "clam"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr, "error: nothing in the system is called `clam`\n  fix: did you mean `calm`?\n");
    let run = linchpin(folder.path(), ["where", "clam", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &document["error"]["code"]), (2, &Value::from("nowhere")));
}

#[test]
fn json_follows_its_schema() {
    let folder = system(&fs::read_to_string(guide()).unwrap());
    let mut documents = Vec::new();
    for name in ["prices", "setpoint", "heater-3", "1.4.0", "3.0.0", "heating", "inputs", "inputs.now"] {
        let run = linchpin(folder.path(), ["where", name, "--format", "json"]);
        assert_eq!(run.code, 0, "{name}: {run:?}");
        let document: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(document["query"], name);
        assert_eq!(
            serde_json::to_value(serde_json::from_value::<Located>(document.clone()).unwrap()).unwrap(),
            document
        );
        documents.push(document);
    }
    let good = documents.len();
    for (place, wrong) in [("/schema_version", Value::from(2)), ("/items/0/kind", Value::from("thing"))] {
        let mut bad = documents[0].clone();
        *bad.pointer_mut(place).unwrap() = wrong;
        documents.push(bad);
    }
    assert_eq!(
        refused(&closed("where-1.json"), &documents).into_iter().collect::<Vec<_>>(),
        [good, good + 1]
    );
}
