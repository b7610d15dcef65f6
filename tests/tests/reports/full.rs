//! A verdict with every field that a verdict can have. A new field breaks this file, so that its reports are thought of.

use std::collections::BTreeMap;

use linchpin_checker::Verdict;
use linchpin_checker::verdict::{
    Bump, Carrier, DataVerdict, EarlierPair, EdgeEnd, EdgeVerdict, Finding, FirmwareVerdict, FleetVerdict,
    Hit, HitFirmware, Level, ModuleVerdict, Pair, PairLevel, Party, Plane, PolicyLevel, Retired, RetiredItem,
    Role, RolloutAction, RolloutStep, SCHEMA_VERSION, Side, Spot, SystemId, Waiver,
};
use linchpin_contract::Digest;

/// Every field and every kind of value, in a verdict that no system gives.
pub(crate) fn verdict() -> Verdict {
    let digest = Digest::of(b"");
    Verdict {
        schema_version: SCHEMA_VERSION,
        checker: "0.1.0".into(),
        system: SystemId { name: "acme".into(), digest },
        clean: false,
        modules: vec![ModuleVerdict {
            name: "plan".into(),
            version: "1.4.0".into(),
            sha256: digest,
            size_bytes: 956,
            functions: BTreeMap::from([("acme:f/api@1.0.0.plan".to_owned(), digest)]),
        }],
        firmwares: ["3.0.0", "3.1.0", "3.2.0", "3.10.0"].map(|version| firmware(version, digest)).into(),
        pairs: pairs(),
        edges: edges(digest),
        data: vec![DataVerdict {
            name: "winter".into(),
            sha256: digest,
            feeds: "plan/plan".into(),
            rows: 8760,
            level: PairLevel::Ok,
        }],
        earlier: vec![EarlierPair {
            module: "plan".into(),
            version: "1.3.0".into(),
            target: "heater".into(),
            firmware: "3.0.0".into(),
            level: PairLevel::Ok,
            devices: Some(1204),
        }],
        fleet: Some(FleetVerdict { sha256: digest, devices: 1204, unknown: 3, left_behind: 12 }),
        rollout: rollout(),
        retire: retire(),
        findings: vec![denied(), warned(), waived()],
    }
}

fn firmware(version: &str, digest: Digest) -> FirmwareVerdict {
    FirmwareVerdict {
        target: "heater".into(),
        version: version.into(),
        descriptor_sha256: digest,
        functions: BTreeMap::from([("acme:f/api@1.0.0.plan".to_owned(), digest)]),
    }
}

fn pairs() -> Vec<Pair> {
    let levels = [
        ("3.0.0", PairLevel::LinkFail, PolicyLevel::Breaks),
        ("3.1.0", PairLevel::Ok, PolicyLevel::Hazard),
        ("3.2.0", PairLevel::Unknown, PolicyLevel::Unknown),
        ("3.10.0", PairLevel::Ok, PolicyLevel::Ok),
    ];
    let pair = |(firmware, link, policy): (&str, PairLevel, PolicyLevel)| Pair {
        module: "plan".into(),
        target: "heater".into(),
        firmware: firmware.into(),
        link,
        policy,
        level: policy.with(link),
    };
    levels.map(pair).into()
}

fn edges(digest: Digest) -> Vec<EdgeVerdict> {
    let end = |module: &str, path: &str, sha256| EdgeEnd {
        module: module.into(),
        version: Some("1.0.0".into()),
        sha256,
        path: path.into(),
    };
    let edge = |how, level, steps: &[&str]| EdgeVerdict {
        from: end("forecast", "day-ahead -> ok.prices", None),
        to: end("plan", "plan(inputs.prices)", Some(digest)),
        how,
        level,
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
    };
    vec![
        edge(Carrier::Typed, PairLevel::Ok, &["drop field `source`"]),
        edge(Carrier::Dynamic, PairLevel::Conditional, &[]),
    ]
}

fn retire() -> Vec<Retired> {
    let firmware = RetiredItem::Firmware { target: "heater".into(), firmware: "2.0.0".into() };
    let module = RetiredItem::Module { module: "plan".into(), version: "1.2.0".into() };
    vec![Retired { what: firmware, devices: Some(12) }, Retired { what: module, devices: None }]
}

fn rollout() -> Vec<RolloutStep> {
    let step = |firmware: &str, version: &str, action, reason: &str, devices| RolloutStep {
        target: "heater".into(),
        firmware: firmware.into(),
        states: vec![BTreeMap::from([("plan".to_owned(), version.to_owned())])],
        action,
        reason: reason.into(),
        devices,
    };
    let upgrade = RolloutAction::Upgrade { firmware: "3.1.0".into() };
    let install = RolloutAction::Install { module: "plan".into(), version: "1.4.0".into() };
    vec![
        step("3.0.0", "1.3.0", upgrade, "`plan` 1.3.0 fits both firmwares", Some(1192)),
        step("3.1.0", "1.3.0", install, "", None),
    ]
}

/// An error with both places, hits, devices and an order.
pub(crate) fn denied() -> Finding {
    Finding {
        rule: "record-field-added".into(),
        level: Level::Deny,
        plane: Plane::Link,
        bump: Some(Bump::Major),
        waived: None,
        path: "acme:f/api@1.0.0.plan > param inputs > record inputs > field humidity".into(),
        message: "field `humidity` was added to record `inputs`".into(),
        sides: vec![
            side(Party::Module, "wit/a folder/f.wit", 7, "        humidity: option<f64>,", "humidity"),
            side(Party::Firmware, "wit/released/f/1.0.0.wit", 104, "    record inputs {", "inputs"),
        ],
        role: Some(Role::ModuleUpgrade),
        moves_first: Some(Party::Firmware),
        hits: vec![hit("plan", Some("3.0.0"))],
        devices: Some(1204),
        help: "leave the released contract as it is".into(),
    }
}

/// A warning without a place.
fn warned() -> Finding {
    Finding {
        rule: "param-renamed".into(),
        level: Level::Warn,
        plane: Plane::Policy,
        bump: Some(Bump::Minor),
        path: "module plan".into(),
        message: "a | b, 100 %, <b>*c*</b> @d: parameter `price` of function `plan` was renamed".into(),
        sides: vec![Side {
            party: Party::Fleet,
            place: None,
            text: "price".into(),
            label: "the name was `price`".into(),
            note: Some("an inventory has no lines".into()),
        }],
        role: None,
        moves_first: None,
        hits: vec![hit("plan", None)],
        devices: None,
        help: "keep the old name".into(),
        ..denied()
    }
}

/// A finding that is waived.
pub(crate) fn waived() -> Finding {
    let waiver = Waiver { reason: "nobody reads the field".into(), expires: "2027-01-31".into() };
    Finding {
        rule: "unit-changed".into(),
        level: Level::Allow,
        plane: Plane::System,
        bump: Some(Bump::Patch),
        waived: Some(waiver),
        role: Some(Role::HostUpgrade),
        moves_first: Some(Party::Module),
        ..denied()
    }
}

fn side(party: Party, file: &str, line: u32, line_text: &str, word: &str) -> Side {
    let column = u32::try_from(line_text.find(word).unwrap()).unwrap() + 1;
    let length = u32::try_from(word.len()).unwrap();
    let place = Spot { file: file.into(), line, column, length, line_text: line_text.into() };
    Side { party, place: Some(place), text: word.into(), label: "here".into(), note: None }
}

/// A module by itself, or on a firmware of its class of device.
pub(crate) fn hit(module: &str, firmware: Option<&str>) -> Hit {
    let on = |firmware: &str| HitFirmware { target: "heater".into(), firmware: firmware.into() };
    Hit { module: module.into(), version: "1.4.0".into(), on: firmware.map(on) }
}
