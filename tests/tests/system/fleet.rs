//! The field: which devices there are, in which order they move, and which firmware calls what.

use std::fs;

use linchpin_checker::verdict::{PairLevel, RetiredItem, RolloutAction};

use crate::fixture::{Fixture, root};
use crate::{fired, verdict};

fn write(fixture: &Fixture, file: &str, text: &str) {
    fs::write(fixture.path().join(file), text).unwrap();
}

#[test]
fn the_producer_that_gives_less_moves_after_the_consumer_that_takes_more() {
    let fixture = Fixture::new(&root().join("rollout-order/near-miss"));
    let verdict = verdict(fixture.path());
    assert!(verdict.clean);
    let steps: Vec<_> = verdict
        .rollout
        .iter()
        .map(|step| match &step.action {
            RolloutAction::Install { module, version } => format!("{module} {version} {:?}", step.devices),
            RolloutAction::Upgrade { firmware } => format!("firmware {firmware} {:?}", step.devices),
        })
        .collect();
    assert_eq!(steps, ["guest 1.4.0 Some(1200)", "forecast 2.0.0 Some(1238)"]);
    assert_eq!(
        verdict.rollout[0].reason,
        "`forecast` 2.0.0 can follow only then: `forecast` 2.0.0 does not fit `guest` 1.3.0"
    );
    assert_eq!(verdict.rollout[1].states.len(), 2);
    let fleet = verdict.fleet.unwrap();
    assert_eq!((fleet.devices, fleet.unknown, fleet.left_behind), (1238, 0, 0));
    let earlier: Vec<_> = verdict.earlier.iter().map(|pair| (pair.module.as_str(), pair.devices)).collect();
    assert_eq!(earlier, [("forecast", Some(1238)), ("guest", Some(1200))]);
}

#[test]
fn devices_that_no_order_helps_are_counted_with_what_to_give_up() {
    let fixture = Fixture::new(&root().join("rollout-order/fails"));
    let verdict = verdict(fixture.path());
    assert_eq!(fired(&verdict), ["rollout-order"]);
    assert_eq!(verdict.findings[0].devices, Some(1200));
    assert_eq!(verdict.fleet.as_ref().unwrap().left_behind, 1200);
    let [retired] = verdict.retire.as_slice() else { panic!("{:?}", verdict.retire) };
    // Eight more devices have the consumer and not the producer: giving the producer up costs less.
    let module = RetiredItem::Module { module: "forecast".to_owned(), version: "1.9.0".to_owned() };
    assert_eq!((&retired.what, retired.devices), (&module, Some(1200)));
}

#[test]
fn without_an_inventory_every_combination_that_fits_is_brought_to_the_end() {
    let fixture = Fixture::new(&root().join("rollout-order/near-miss"));
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("inventory = \"fleet.csv\"\n", "")).unwrap();
    let verdict = verdict(fixture.path());
    assert!(verdict.clean && verdict.fleet.is_none());
    assert_eq!(verdict.rollout.len(), 2);
    assert!(verdict.rollout.iter().all(|step| step.devices.is_none()));
}

const FIRMWARE: &str = "package acme:f@1.0.0;
interface api { plan: func(price: f64) -> f64; }
interface status { ping: func() -> u32; }
world device { export api; }
world device-with-status { export api; export status; }
";

const SYSTEM: &str = "\
[system]
name = \"fixture\"
contracts = \"contracts\"

[targets.device]
runtime = \"linchpin\"
firmware = [
    { version = \"3.0.0\", wit = \"firmwares.wit\", world = \"device\" },
    { version = \"3.1.0\", wit = \"firmwares.wit\", world = \"device-with-status\" },
]

[modules.guest]
component = \"module.wasm\"
version = \"1.4.0\"
targets = [\"device\"]
wit = \"module.wit\"
earlier = [{ version = \"1.3.0\", component = \"module-old.wasm\", wit = \"module-old.wit\" }]
";

fn two_firmwares() -> Fixture {
    let old =
        "package acme:f@1.0.0;\ninterface api { plan: func(price: f64) -> f64; }\nworld w { export api; }\n";
    let new = "package acme:f@1.0.0;\ninterface api { plan: func(price: f64) -> f64; }\ninterface status { ping: func() -> u32; }\nworld w { export api; export status; }\n";
    let fixture = Fixture::of_wit(old, new);
    write(&fixture, "firmwares.wit", FIRMWARE);
    write(&fixture, "module-old.wit", old);
    fs::write(
        fixture.path().join("module-old.wasm"),
        crate::fixture::component(&fixture.path().join("module-old.wit")),
    )
    .unwrap();
    write(&fixture, "linchpin.toml", SYSTEM);
    fixture
}

#[test]
fn a_firmware_is_known_by_the_world_that_it_calls() {
    let fixture = two_firmwares();
    let verdict = verdict(fixture.path());
    assert!(verdict.clean, "{}", crate::fixture::rendered(&verdict));
    assert_eq!(verdict.pairs.len(), 2);
    assert_eq!(verdict.firmwares[1].functions.len(), 2);
    let earlier: Vec<_> = verdict.earlier.iter().map(|pair| (pair.firmware.as_str(), pair.level)).collect();
    assert_eq!(earlier, [("3.0.0", PairLevel::Ok), ("3.1.0", PairLevel::LinkFail)]);
    // The module moves first, since the newer firmware calls what only the newer module has.
    let actions: Vec<_> = verdict.rollout.iter().map(|step| step.action.clone()).collect();
    assert_eq!(
        actions,
        [
            RolloutAction::Install { module: "guest".to_owned(), version: "1.4.0".to_owned() },
            RolloutAction::Upgrade { firmware: "3.1.0".to_owned() }
        ]
    );
    assert_eq!(
        verdict.rollout[0].reason,
        "firmware 3.1.0 can follow only then: `guest` 1.3.0 does not fit firmware 3.1.0"
    );
}

const SHARED: &str = "package acme:f@1.0.0;
interface api { plan: func(price: f64) -> f64; }
interface status { ping: func() -> u32; }
world small { export api; }
world large { export api; export status; }
";

/// A firmware calls `small` and `large`, and has a module for each of them.
fn two_worlds(large: &str) -> Fixture {
    let small =
        "package acme:f@1.0.0;\ninterface api { plan: func(price: f64) -> f64; }\nworld w { export api; }\n";
    let fixture = Fixture::of_wit(small, small);
    write(&fixture, "worlds.wit", SHARED);
    write(&fixture, "module-large.wit", large);
    let component = crate::fixture::component(&fixture.path().join("module-large.wit"));
    fs::write(fixture.path().join("module-large.wasm"), component).unwrap();
    let system = SYSTEM.split("earlier").next().unwrap().replace("firmwares.wit", "worlds.wit");
    let system = system.replace("world = \"device\" }", "worlds = [\"small\", \"large\"] }");
    let system = system
        .replace("    { version = \"3.1.0\", wit = \"worlds.wit\", world = \"device-with-status\" },\n", "");
    let more = "\n[modules.large]\ncomponent = \"module-large.wasm\"\nversion = \"1.0.0\"\ntargets = [\"device\"]\nwit = \"module-large.wit\"\n";
    write(&fixture, "linchpin.toml", &(system + more));
    fixture
}

/// What a module serves in full is its own; a world that it shares with another module is that one's, as long as there
/// is one that serves it.
#[test]
fn worlds_that_share_an_interface_are_each_their_own_modules() {
    let whole = SHARED.replace("world small { export api; }\n", "");
    let fixture = two_worlds(&whole);
    let verdict = verdict(fixture.path());
    assert!(verdict.clean && verdict.findings.is_empty(), "{}", crate::fixture::rendered(&verdict));
    assert_eq!(verdict.pairs.len(), 2);

    let lacking = whole.replace("export api; export status;", "export api;");
    let verdict = crate::verdict(two_worlds(&lacking).path());
    assert!(!verdict.clean, "nobody serves `large`");
    assert_eq!(fired(&verdict), ["interface-removed"; 2]);
}

/// Hosts of plug-ins may offer functions and call none; a device that calls nothing is no device.
#[test]
fn a_host_that_only_offers_functions_is_held_to_them() {
    let host =
        "package acme:f@1.0.0;\ninterface log { say: func(text: string); }\nworld host { import log; }\n";
    let module = |ty: &str| {
        format!(
            "package acme:f@1.0.0;\ninterface log {{ say: func(text: {ty}); }}\nworld w {{ import log; export run: func(); }}\n"
        )
    };
    for (ty, level) in [("string", PairLevel::Ok), ("u32", PairLevel::LinkFail)] {
        let fixture = Fixture::of_wit(host, &module(ty));
        assert_eq!(fixture.errors()[0].0, "no-descriptor");
        let path = fixture.path().join("linchpin.toml");
        let text = fs::read_to_string(&path).unwrap().replace("\"linchpin\"", "\"wasmtime-48\"");
        fs::write(&path, text).unwrap();
        assert_eq!(verdict(fixture.path()).pairs[0].link, level, "{ty}");
    }
}

#[test]
fn a_firmwares_wit_that_cannot_be_used_is_refused_by_its_key() {
    for (from, to, wanted) in [
        (", world = \"device\"", "", "names no world"),
        ("world = \"device\" }", "world = \"devise\" }", "devise"),
        ("firmwares.wit\", world = \"device\"", "nowhere.wit\", world = \"device\"", "nowhere.wit"),
    ] {
        let fixture = two_firmwares();
        write(&fixture, "linchpin.toml", &SYSTEM.replacen(from, to, 1));
        let errors = fixture.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        let known = errors[0].1.contains("`targets.device.firmware[0].wit` names");
        assert!(known && (errors[0].1.contains(wanted) || wanted == "names no world"), "{errors:?}");
    }
}

#[test]
fn an_earlier_version_is_older_and_known_once() {
    let fixture = two_firmwares();
    let entry = "{ version = \"1.3.0\", component = \"module-old.wasm\", wit = \"module-old.wit\" }";
    for (to, wanted) in [
        (
            format!("{entry}, {entry}"),
            "`modules.guest.earlier[1].version` is `1.3.0` a second time; give each version once",
        ),
        (
            entry.replace("1.3.0", "1.4.0"),
            "`modules.guest.earlier[0].version` is `1.4.0`, which is not before `1.4.0`; ",
        ),
        (entry.replace("1.3.0", "2"), "`modules.guest.earlier[0].version` is `2`, which is no version"),
        (entry.replace("component", "componnet"), "did you mean `component`?"),
    ] {
        write(&fixture, "linchpin.toml", &SYSTEM.replace(entry, &to));
        let errors = fixture.errors();
        assert!(errors.iter().any(|(_, message)| message.contains(wanted)), "{errors:?}");
    }
}

#[test]
fn a_firmware_of_one_class_is_known_once() {
    let fixture = two_firmwares();
    write(&fixture, "linchpin.toml", &SYSTEM.replace("3.1.0", "3.0.0"));
    let errors = fixture.errors();
    let wanted = "linchpin.toml:9:17: `targets.device.firmware[1].version` is `3.0.0` a second time; give each \
                  firmware once; worlds that one firmware calls stand together in `worlds`";
    assert_eq!(errors.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>(), [wanted]);
}

/// Devices that do not work as they are need the step that mends them, not a reason why there is none.
#[test]
fn what_is_broken_in_the_field_is_mended_first() {
    let fixture = two_firmwares();
    let contracts = "contracts = \"contracts\"\n";
    let system = SYSTEM.replace(contracts, &format!("{contracts}inventory = \"fleet.csv\"\n"));
    write(&fixture, "linchpin.toml", &system);
    write(&fixture, "fleet.csv", "class,firmware,modules,count\ndevice,3.1.0,guest=1.3.0,7\n");
    let verdict = verdict(fixture.path());
    assert!(verdict.clean, "{}", crate::fixture::rendered(&verdict));
    let [step] = verdict.rollout.as_slice() else { panic!("{:?}", verdict.rollout) };
    assert_eq!(
        step.action,
        RolloutAction::Install { module: "guest".to_owned(), version: "1.4.0".to_owned() }
    );
    assert_eq!(step.reason, "until then `guest` 1.3.0 does not fit firmware 3.1.0");
    assert_eq!((step.devices, verdict.fleet.as_ref().unwrap().left_behind), (Some(7), 0));
    assert_eq!(fired(&verdict), ["device-broken"]);
}

#[test]
fn an_inventory_that_cannot_be_read_is_an_error_with_its_line() {
    let fixture = Fixture::new(&root().join("fleet-version-unknown/near-miss"));
    write(&fixture, "fleet.csv", "class,firmware,modules,count\ndevice,3,,1\ndevice,3.0.0,guest,1\n");
    let errors = fixture.errors();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[0].1.starts_with("fleet.csv:2:1: `firmware` holds `3`, which is no version"),
        "{errors:?}"
    );
    write(&fixture, "fleet.json", "{ \"format\": 1, \"devices\": [ ] }");
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("fleet.csv", "fleet.json")).unwrap();
    assert_eq!(verdict(fixture.path()).fleet.unwrap().devices, 0);
    fs::write(&path, text.replace("fleet.csv", "fleet.xml")).unwrap();
    write(&fixture, "fleet.xml", "");
    assert_eq!(fixture.errors()[0].0, "inventory");
}

/// Devices of which something is unknown: a finding about it, none that follows, and no device lost from a count.
#[test]
fn what_is_unknown_of_a_device_neither_hides_it_nor_makes_a_module_rare() {
    let broken =
        "package acme:f@1.0.0;\ninterface api { plan: func(price: f64) -> f64; }\nworld w { export api; }\n";
    let system = |rows: &str, module: &str| {
        let fixture = Fixture::of_wit(broken, module);
        let path = fixture.path().join("linchpin.toml");
        let text = fs::read_to_string(&path).unwrap();
        write(
            &fixture,
            "linchpin.toml",
            &text.replace("\n\n", "\ninventory = \"fleet.csv\"\n\n").replacen(
                "\ninventory = \"fleet.csv\"\n\n[mod",
                "\n\n[mod",
                1,
            ),
        );
        write(&fixture, "fleet.csv", &format!("class,firmware,modules,count\n{rows}"));
        verdict(fixture.path())
    };
    for row in [
        "device,3.0.0,guest=1.0.0,10",
        "device,3.0.0,gest=1.4.0,10",
        "device,2.0.0,guest=1.4.0,10",
        "devise,3.0.0,guest=1.4.0,10",
    ] {
        let seen = system(row, broken);
        assert_eq!(fired(&seen), ["fleet-version-unknown"], "{row}: {:?}", seen.findings);
    }
    let rare = system("device,2.0.0,guest=1.4.0,1\nother,3.0.0,,99", broken);
    assert_eq!(fired(&rare), ["fleet-version-unknown"; 2]);
    let fails = broken.replace("price: f64", "price: u8");
    for (row, devices) in [
        ("device,3.0.0,guest=1.4.0;other=1.0.0,3", 3),
        ("device,3.0.0,guest=1.4.0,2\ndevice,3.0.0,other=1.0.0,3", 5),
        ("device,2.0.0,guest=1.4.0,3", 3),
        ("devise,3.0.0,guest=1.4.0,3", 3),
        ("devise,3.0.0,guest=1.3.0,3", 0),
    ] {
        let seen = system(row, &fails);
        let finding = seen.findings.iter().find(|finding| finding.rule == "primitive-changed").unwrap();
        assert_eq!(finding.devices, Some(devices), "{row}");
    }
}
