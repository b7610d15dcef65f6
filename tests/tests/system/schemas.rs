//! The published schemas of `linchpin.toml` and of the inventory accept what the parsers accept, and nothing else.

use linchpin_checker::check_manifest;
use linchpin_checker::inventory::parse_json;
use serde_json::{Value, json};

use crate::schema::{published, refused};

/// Tables whose keys are names that the user chooses.
const NAMED: [&str; 5] = ["targets", "modules", "data", "columns", "earlier"];

/// Every document that differs from one in a single place: a member is gone, has another name, or is of another kind.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    places(document, "", &mut found);
    let mut mutants = Vec::new();
    for place in found {
        let (parent, name) = place.rsplit_once('/').unwrap();
        let edit = |what: &str, edit: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut copy = document.clone();
            let object = copy.pointer_mut(parent)?.as_object_mut()?;
            edit(object);
            Some((format!("{place} {what}"), copy))
        };
        let chosen = NAMED.contains(&parent.rsplit('/').next().unwrap());
        if !chosen {
            mutants.extend(edit("is gone", &|object| drop(object.remove(name))));
            mutants.extend(edit("has another name", &|object| {
                let value = object.remove(name).unwrap();
                object.insert(format!("{name}x"), value);
            }));
        }
        for (what, other) in
            [("number", json!(7)), ("text", json!("x y")), ("list", json!([])), ("empty", json!(""))]
        {
            let mut copy = document.clone();
            let value = copy.pointer_mut(&place).unwrap();
            if *value != other {
                *value = other;
                mutants.push((format!("{place} is a {what}"), copy));
            }
        }
    }
    mutants
}

fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    if !place.is_empty() {
        found.push(place.to_owned());
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{place}/{name}"), found))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| places(value, &format!("{place}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What only the parser can tell: names that must be known elsewhere, and what a target's own runtime bounds.
const ONLY_THE_PARSER: [&str; 3] = [
    "/modules/setpoint/targets/0 is a text",
    "/modules/setpoint/targets/0 is a empty",
    "/targets/heater/limits/tables is a number",
];

const WHOLE: &str = r#"
[system]
name = "acme"
contracts = "wit"
inventory = "fleet.json"
least-percent = 3

[targets.heater]
runtime = "linchpin"
firmware = [
    { version = "2.0.0", wit = "wit/heating", world = "device" },
    { version = "2.1.0", wit = "wit/heating", worlds = ["device", "other"] },
    { version = "3.0.0", descriptor = "descriptors/3.0.0.bin" },
    { version = "3.1.0-rc.1", binary = "target/heater" },
]
limits = { memory = "1MiB", instructions = 1_000, size = "7 KiB", functions = 3, body = "1KiB", locals = 1, branch-table = 1, tables = 1, table-elements = 1, data = "1B", name = "1B" }

[modules.setpoint]
component = "setpoint.wasm"
version = "1.4.0"
targets = ["heater"]
wit = "wit/setpoint"
earlier = [{ version = "1.3.0", component = "setpoint-1.3.0.wasm", wit = "wit/old" }]

[[edges]]
from = "forecast/day-ahead -> ok.prices"
to = "setpoint/plan(inputs.prices)"
how = "dynamic"

[data.winter]
path = "winter.csv"
feeds = "setpoint/plan"
columns = { price = "Denmark 1[EUR/MWh]" }

[[waivers]]
rule = "range-exceeded"
path = "acme:f/api@1.0.0.plan"
module = "setpoint"
reason = "clamped in firmware"
expires = "2027-01-31"
"#;

#[test]
fn the_schema_of_linchpin_toml_accepts_what_the_parser_accepts() {
    check_manifest("linchpin.toml", WHOLE).unwrap();
    let whole: Value = serde_json::to_value(WHOLE.parse::<toml::Table>().unwrap()).unwrap();
    let mut mutants = mutants(&whole);
    mutants.push(("nothing".to_owned(), whole));
    let documents: Vec<Value> = mutants.iter().map(|(_, document)| document.clone()).collect();
    let refused = refused(&published("linchpin-toml.json"), &documents);
    let mut wrong = Vec::new();
    let (mut good, mut bad) = (0, 0);
    for (index, (what, document)) in mutants.iter().enumerate() {
        let text = toml::to_string(document).unwrap();
        let parsed = check_manifest("linchpin.toml", &text);
        match &parsed {
            Ok(()) => good += 1,
            Err(_) => bad += 1,
        }
        if parsed.is_ok() == refused.contains(&index) && !ONLY_THE_PARSER.contains(&what.as_str()) {
            wrong.push(format!("{what}: the parser says {parsed:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(good > 20 && bad > 150, "{good} good and {bad} bad documents");
}

#[test]
fn the_schema_of_the_inventory_accepts_what_the_parser_accepts() {
    let whole = json!({ "format": 1, "devices": [
        { "class": "heater", "firmware": "3.0.0-rc.1+7", "modules": { "setpoint": "1.3.0" }, "count": 0 },
    ] });
    let mut mutants = mutants(&whole);
    mutants.push(("nothing".to_owned(), whole));
    for name in ["", " ", "a b"] {
        let group = json!({ "class": "a", "firmware": "1.0.0", "modules": { name: "1.0.0" }, "count": 1 });
        mutants.push((format!("a module called `{name}`"), json!({ "format": 1, "devices": [group] })));
    }
    for count in [json!(-1), json!(1.5), json!(u64::MAX), json!("3")] {
        let group = json!({ "class": "a", "firmware": "1.0.0", "modules": {}, "count": count });
        mutants.push((format!("count {count}"), json!({ "format": 1, "devices": [group] })));
    }
    let documents: Vec<Value> = mutants.iter().map(|(_, document)| document.clone()).collect();
    let refused = refused(&published("inventory-1.json"), &documents);
    for (index, (what, document)) in mutants.iter().enumerate() {
        let parsed = parse_json("fleet.json", document.to_string().as_bytes());
        assert_eq!(parsed.is_err(), refused.contains(&index), "{what}: the parser says {parsed:?}");
    }
    assert!(
        refused.len() > 20 && refused.len() < mutants.len() - 3,
        "{} of {}",
        refused.len(),
        mutants.len()
    );
}

/// Findings have one form, whichever command prints them.
#[test]
fn what_schemas_share_is_the_same_in_each() {
    let verdict = published("verdict-2.json");
    for name in ["diff-1.json", "release-1.json"] {
        let schema = published(name);
        let shared: Vec<_> = schema["$defs"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| verdict["$defs"].get(name).is_some())
            .collect();
        assert!(shared.len() >= 6, "{name}");
        for (def, form) in shared {
            assert_eq!(*form, verdict["$defs"][def], "{def} of {name}");
        }
    }
}
