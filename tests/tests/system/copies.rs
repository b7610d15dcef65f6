//! Copies of contracts: what lies in `deps/`, in `released/`, and under whose name.

use std::fs;

use crate::fired;
use crate::fixture::Fixture;
use crate::program::linchpin;

const PLAN: &str = "package acme:f@1.0.0;\n\ninterface api {\n    plan: func(price: f64) -> f64;\n}\n\nworld w {\n    export api;\n}\n";
const UNITS: &str = "package acme:units@1.0.0;\n\ninterface types {\n    record reading {\n        value: u32,\n    }\n\n    count: func(all: list<reading>) -> u32;\n}\n";
const USER: &str = "package acme:user@1.0.0;\n\ninterface api {\n    use acme:units/types@1.0.0.{reading};\n    plan: func(now: reading) -> f64;\n}\n";

/// A system with these files below its contracts folder, and nothing else in it.
fn system(files: &[(&str, &str)]) -> Fixture {
    let fixture = Fixture::of_wit(PLAN, PLAN);
    fs::remove_dir_all(fixture.path().join("contracts")).unwrap();
    for (file, text) in [("f/f.wit", PLAN)].iter().chain(files) {
        write(&fixture, file, text);
    }
    fixture
}

fn write(fixture: &Fixture, file: &str, text: &str) {
    let path = fixture.path().join("contracts").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What differs follows from one type, so there is one finding, with both copies, and neither side is released.
#[test]
fn two_copies_of_one_version_are_found_and_neither_is_released() {
    let other = UNITS.replace("u32,", "u16,");
    let fixture =
        system(&[("units/units.wit", UNITS), ("user/user.wit", USER), ("user/deps/units/units.wit", &other)]);
    let verdict = crate::verdict(fixture.path());
    assert_eq!(fired(&verdict), ["contract-drift"], "{:?}", verdict.findings);
    let finding = &verdict.findings[0];
    assert_eq!(
        finding.message,
        "there are two `acme:units@1.0.0`, and they say two things: `types.reading` differs"
    );
    let places: Vec<_> = finding.sides.iter().map(|side| side.place.as_ref().unwrap()).collect();
    let places: Vec<_> = places.iter().map(|place| (place.file.as_str(), place.line)).collect();
    let (copy, other) = ("contracts/user/deps/units/units.wit", "contracts/units/units.wit");
    assert_eq!(places, [(copy, 1), (other, 1), (copy, 4), (other, 4)]);
    for package in ["acme:units", "acme:user"] {
        let run = linchpin(fixture.path(), ["release-contract", package]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.contains("error[contract-drift]: there are two `acme:units@1.0.0`"), "{run:?}");
        assert!(run.stdout.contains("--> contracts/user/deps/units/units.wit:1"), "{run:?}");
        assert!(run.stdout.contains("`contracts/units/units.wit:1`"), "{run:?}");
    }
    assert_eq!(linchpin(fixture.path(), ["release-contract", "acme:f"]).code, 0);
}

/// A release is what copies are held to, and two copies that agree with nobody are told one by one.
#[test]
fn a_copy_is_held_to_the_release_of_its_version() {
    let unit = UNITS.replace("        value", "        /// @unit celsius\n        value");
    let fixture = system(&[
        ("released/units/1.0.0.wit", UNITS),
        ("user/user.wit", USER),
        ("user/deps/units/units.wit", &unit),
        ("released/user/1.0.0/user.wit", USER),
        ("released/user/1.0.0/deps/units/units.wit", UNITS),
    ]);
    let verdict = crate::verdict(fixture.path());
    assert_eq!(fired(&verdict), ["contract-drift", "version-not-bumped"], "{:?}", verdict.findings);
    assert_eq!(
        verdict.findings[0].sides[1].place.as_ref().unwrap().file,
        "contracts/released/units/1.0.0.wit"
    );
}

/// What a binary was built from meets others in pairs; its dependencies do not.
#[test]
fn what_a_module_was_built_with_is_held_to_the_current_contracts() {
    let fixture = system(&[("units/units.wit", UNITS)]);
    let wit = fixture.path().join("own");
    fs::create_dir_all(wit.join("deps/units")).unwrap();
    let world =
        PLAN.replace("interface", "interface other { use acme:units/types@1.0.0.{reading}; }\n\ninterface");
    fs::write(wit.join("f.wit"), world).unwrap();
    fs::write(wit.join("deps/units/units.wit"), UNITS.replace("u32,", "u8,")).unwrap();
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap().replace("\"module.wit\"", "\"own\"");
    fs::write(path, text).unwrap();
    assert_eq!(fired(&crate::verdict(fixture.path())), ["contract-drift"]);
}

/// Copies that say the same in other words, or hold a part, are one package.
#[test]
fn a_copy_may_hold_a_part_in_another_order() {
    let part = "/// Docs.\npackage acme:units@1.0.0; interface types { count: func(all: list<reading>) -> u32; record reading { value: u32 } }";
    let less = "package acme:units@1.0.0; interface types { record reading { value: u32 } }";
    let other_user = USER.replace("acme:user", "acme:second");
    let fixture = system(&[
        ("units/units.wit", UNITS),
        ("user/user.wit", USER),
        ("user/deps/units/units.wit", part),
        ("second/user.wit", &other_user),
        ("second/deps/units/units.wit", less),
    ]);
    let verdict = crate::verdict(fixture.path());
    assert!(verdict.clean && verdict.findings.is_empty(), "{:?}", verdict.findings);
}

#[test]
fn a_release_among_those_of_another_package_is_told() {
    let other = PLAN.replace("acme:f", "acme:g");
    let water = PLAN.replace("acme:f", "acme:water");
    let foreign = PLAN.replace("acme:f", "other:f");
    let cases: [(&[(&str, &str)], &[&str]); 6] = [
        // Alone in a folder that bears the name of the current contract.
        (&[("released/f/1.0.0.wit", &other)], &["acme:g@1.0.0"]),
        // Among others of the folder's name, or of the folder's current contract.
        (
            &[("released/f/0.9.0.wit", &PLAN.replace("1.0.0", "0.9.0")), ("released/f/1.0.0.wit", &other)],
            &["acme:g@1.0.0"],
        ),
        (&[("heater/heater.wit", &water), ("released/heater/1.0.0.wit", &other)], &["acme:g@1.0.0"]),
        (
            &[("released/f/0.9.0.wit", &PLAN.replace("1.0.0", "0.9.0")), ("released/f/1.0.0.wit", &foreign)],
            &["other:f@1.0.0"],
        ),
        // A folder may have a name of its own, and a package another name than it had.
        (&[("heater/heater.wit", &water), ("released/heater/1.0.0.wit", &water)], &[]),
        (&[("heater/heater.wit", &water), ("released/g/1.0.0.wit", &other)], &[]),
    ];
    for (files, told) in cases {
        let verdict = crate::verdict(system(files).path());
        let found: Vec<_> =
            verdict.findings.iter().filter(|finding| finding.rule == "released-version-mismatch").collect();
        let paths: Vec<_> = found.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, told, "{files:?}: {:?}", verdict.findings);
        assert!(
            found.iter().all(|finding| finding.message.contains("is filed among the releases of `acme:"))
        );
    }
}

/// A release never goes where those of another package are.
#[test]
fn a_renamed_package_is_released_into_a_folder_of_its_own() {
    let fixture = system(&[("released/f/1.0.0.wit", PLAN)]);
    write(&fixture, "f/f.wit", &PLAN.replace("acme:f", "acme:g"));
    assert_eq!(linchpin(fixture.path(), ["release-contract"]).code, 0);
    assert!(fixture.path().join("contracts/released/g/1.0.0.wit").is_file());
    let verdict = crate::verdict(fixture.path());
    assert!(verdict.clean, "{:?}", verdict.findings);
}

/// What `release-contract` refuses is no surprise after a clean check.
#[test]
fn a_contract_that_a_release_is_taken_for_must_be_held_by_it() {
    let fixture =
        system(&[("released/f/1.1.0.wit", &PLAN.replace("1.0.0", "1.1.0").replace("f64)", "u32)"))]);
    let verdict = crate::verdict(fixture.path());
    assert_eq!(fired(&verdict), ["version-overtaken"], "{:?}", verdict.findings);
    assert!(!verdict.clean);
    let run = linchpin(fixture.path(), ["release-contract"]);
    assert!(run.code == 1 && run.stdout.contains(&verdict.findings[0].message), "{run:?}");
    write(&fixture, "released/f/1.1.0.wit", &PLAN.replace("1.0.0", "1.1.0"));
    assert!(crate::verdict(fixture.path()).findings.is_empty());
    let run = linchpin(fixture.path(), ["release-contract"]);
    assert!(
        run.code == 0 && run.stdout.contains("acme:f 1.0.0 released, the first release below 1.1.0"),
        "{run:?}"
    );
}
