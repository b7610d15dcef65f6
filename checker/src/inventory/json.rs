//! The inventory as JSON. Every value keeps its place, so that every error has its line.

use std::collections::BTreeMap;
use std::fmt;

use linchpin_contract::Place;
use semver::Version;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::lines::{Lines, text};
use super::{Group, Inventory};
use crate::config::did_you_mean;
use crate::error::Error;

const FORMAT: u64 = 1;

/// Reads an inventory in its JSON form; `file` is what places are to say.
///
/// # Errors
/// [`Error::Syntax`] with the line of what is not JSON; otherwise every key and value that cannot be used, at once.
///
/// ```
/// let text = br#"{ "format": 1, "devices": [
///   { "class": "heater-3", "firmware": "3.0.0", "modules": { "setpoint": "1.3.0" }, "count": 1200 }
/// ] }"#;
/// let inventory = linchpin_checker::inventory::parse_json("fleet.json", text)?;
/// assert_eq!(inventory.devices(), 1200);
/// # Ok::<(), linchpin_checker::Error>(())
/// ```
pub fn parse_json(file: &str, bytes: &[u8]) -> Result<Inventory, Error> {
    let text = text(file, bytes)?;
    let lines = Lines::new(file, text);
    let root: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&lines, &error))?;
    let mut reading = Reading { lines, errors: Vec::new() };
    let inventory = reading.root(root);
    reading.errors.sort_by_key(|error| error.place().map(|place| (place.line, place.column)));
    Error::all_of(reading.errors).map_or(Ok(inventory), Err)
}

fn syntax(lines: &Lines<'_>, error: &serde_json::Error) -> Error {
    let start: usize =
        lines.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let place = lines.place(start + error.column().saturating_sub(1), 1);
    let message = error.to_string();
    // The place is in the message as well.
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let message = in_words(message);
    Error::Syntax { place: Box::new(place), message: format!("this is not JSON: {message}") }
}

/// The parser's messages about an end that comes too early, in words for people.
fn in_words(message: &str) -> String {
    match message.strip_prefix("EOF while parsing ") {
        Some("a value") => "the file ends where a value is expected".to_owned(),
        Some(part) => format!("the file ends within {part}"),
        None => message.to_owned(),
    }
}

/// An object with its members in order, equal keys kept.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

struct Reading<'t> {
    lines: Lines<'t>,
    errors: Vec<Error>,
}

impl<'t> Reading<'t> {
    fn root(&mut self, root: &'t RawValue) -> Inventory {
        let Some(members) = self.object(root, "", "an object with `format` and `devices`") else {
            return Inventory::default();
        };
        self.only("", &members, &["format", "devices"]);
        if let Some(format) = self.required(root, "", &members, "format", "`\"format\": 1`")
            && serde_json::from_str::<u64>(format.get()).ok() != Some(FORMAT)
        {
            self.bad(format, "format", "is not 1, the only format that is known", "write `\"format\": 1`");
        }
        let help = "`\"devices\": [..]` with one entry for each group of equal devices";
        let Some(devices) = self.required(root, "", &members, "devices", help) else {
            return Inventory::default();
        };
        let Ok(entries) = serde_json::from_str::<Vec<&RawValue>>(devices.get()) else {
            self.bad(devices, "devices", "is no list", &format!("write {help}"));
            return Inventory::default();
        };
        let groups = entries.iter().enumerate();
        Inventory {
            groups: groups
                .filter_map(|(index, entry)| self.group(entry, &format!("devices[{index}]")))
                .collect(),
        }
    }

    fn group(&mut self, entry: &'t RawValue, key: &str) -> Option<Group> {
        let members = self.object(entry, key, "an object with `class`, `firmware`, `modules` and `count`")?;
        self.only(key, &members, &["class", "firmware", "modules", "count"]);
        let class = self.required(entry, key, &members, "class", "the class of device");
        let class = class.and_then(|value| self.string(value, &format!("{key}.class")));
        let firmware = self.required(entry, key, &members, "firmware", "the firmware's version");
        let firmware = firmware.and_then(|value| self.version(value, &format!("{key}.firmware")));
        let help = "the installed modules, as in `\"modules\": { \"setpoint\": \"1.3.0\" }`";
        let modules = self.required(entry, key, &members, "modules", help);
        let modules = modules.and_then(|value| self.modules(value, &format!("{key}.modules")));
        let count = self.required(entry, key, &members, "count", "how many devices, as in `\"count\": 1200`");
        let count = count.and_then(|value| self.count(value, &format!("{key}.count")));
        let place = self.lines.place_of(entry.get());
        Some(Group { class: class?, firmware: firmware?, modules: modules?, count: count?, place })
    }

    fn modules(&mut self, value: &'t RawValue, key: &str) -> Option<BTreeMap<String, Version>> {
        let members = self.object(value, key, "an object of module names and versions")?;
        let mut modules = BTreeMap::new();
        let mut whole = true;
        for (name, version) in members.0 {
            let key = format!("{key}.{name}");
            if name.trim().is_empty() {
                self.bad(version, &key, "has no name before its version", "write the module's name");
                whole = false;
                continue;
            }
            match self.version(version, &key) {
                Some(found) => {
                    if modules.insert(name, found).is_some() {
                        self.bad(version, &key, "stands twice", "keep one of the two");
                        whole = false;
                    }
                }
                None => whole = false,
            }
        }
        whole.then_some(modules)
    }

    fn object(&mut self, value: &'t RawValue, key: &str, wanted: &str) -> Option<Members<'t>> {
        match serde_json::from_str(value.get()) {
            Ok(members) => Some(members),
            Err(_) => {
                let key = if key.is_empty() { "the inventory" } else { key };
                self.bad(value, key, "is no object", &format!("write {wanted}")).map(|()| Members(Vec::new()))
            }
        }
    }

    fn only(&mut self, key: &str, members: &Members<'t>, known: &[&str]) {
        for (index, (name, value)) in members.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let place = Box::new(self.lines.place_of(value.get()));
                let key = full(key, name);
                self.errors.push(Error::UnknownKey { place, key, help: did_you_mean(name, known) });
            } else if members.0.iter().take(index).any(|(other, _)| other == name) {
                self.bad(value, &full(key, name), "stands twice", "keep one of the two");
            }
        }
    }

    fn required(
        &mut self,
        owner: &'t RawValue,
        key: &str,
        members: &Members<'t>,
        name: &str,
        help: &str,
    ) -> Option<&'t RawValue> {
        let found = members.0.iter().find(|(member, _)| member == name);
        if found.is_none() {
            self.errors.push(Error::MissingKey {
                place: Box::new(self.lines.place_of(owner.get())),
                table: if key.is_empty() { "the inventory".to_owned() } else { key.to_owned() },
                key: name.to_owned(),
                help: format!("give {help}"),
            });
        }
        found.map(|(_, value)| *value)
    }

    fn string(&mut self, value: &'t RawValue, key: &str) -> Option<String> {
        match serde_json::from_str::<String>(value.get()) {
            Ok(text) if !text.trim().is_empty() => Some(text),
            Ok(_) => self.bad(value, key, "is empty", "write a name").map(|()| String::new()),
            Err(_) => self.bad(value, key, "is no string", "write a name in quotes").map(|()| String::new()),
        }
    }

    fn version(&mut self, value: &'t RawValue, key: &str) -> Option<Version> {
        let text = self.string(value, key)?;
        let version = Version::parse(&text).ok();
        if version.is_none() {
            let reason = format!("is `{text}`, which is no version");
            self.bad(value, key, &reason, "write three numbers, as in `\"1.4.0\"`");
        }
        version
    }

    fn count(&mut self, value: &'t RawValue, key: &str) -> Option<u64> {
        let count = serde_json::from_str(value.get()).ok();
        if count.is_none() {
            self.bad(value, key, "is no whole number from 0 on", "write how many devices there are");
        }
        count
    }

    fn bad(&mut self, value: &'t RawValue, key: &str, reason: &str, help: &str) -> Option<()> {
        let place: Box<Place> = Box::new(self.lines.place_of(value.get()));
        let (key, reason, help) = (key.to_owned(), reason.to_owned(), help.to_owned());
        self.errors.push(Error::BadValue { place, key, reason, help });
        None
    }
}

fn full(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::parse_json;

    #[test]
    fn groups_are_read_with_their_lines() {
        let text = "\u{feff}{\n \"format\": 1,\n \"devices\": [\n  {\"class\": \"a\", \"firmware\": \"1.0.0\", \"modules\": {}, \"count\": 0},\n  {\"class\": \"a\", \"firmware\": \"1.1.0\",\n   \"modules\": {\"m\": \"2.0.0\"}, \"count\": 7}\n ]\n}\n";
        let inventory = parse_json("fleet.json", text.as_bytes()).unwrap();
        assert_eq!((inventory.groups.len(), inventory.devices()), (2, 7));
        let [first, second] = inventory.groups.as_slice() else { panic!("two groups") };
        assert_eq!((first.place.line, first.place.column, first.modules.len()), (4, 3, 0));
        assert_eq!((second.place.line, second.modules["m"].to_string().as_str()), (5, "2.0.0"));
    }

    #[test]
    fn every_fault_is_reported_at_once_with_its_line_and_a_fix() {
        let text = "{\n\"format\": 2,\n\"device\": 1,\n\"devices\": [\n3,\n{\"clas\": \"a\", \"firmware\": \"1.0\", \"modules\": {\"m\": 1, \"n\": \"x\"}, \"count\": -1},\n{\"class\": \"\", \"firmware\": \"1.0.0\", \"modules\": {\"m\": \"1.0.0\", \"m\": \"2.0.0\"}, \"count\": 1.5, \"count\": 1},\n{\"class\": \"a\", \"firmware\": \"1.0.0\", \"modules\": {\"\": \"1.0.0\"}, \"count\": 1}\n]}";
        let error = parse_json("fleet.json", text.as_bytes()).unwrap_err();
        let found: Vec<String> = error.each().iter().map(ToString::to_string).collect();
        let expected = [
            "fleet.json:2:11: `format` is not 1, the only format that is known; write `\"format\": 1`",
            "fleet.json:3:11: unknown key `device`; did you mean `devices`?",
            "fleet.json:5:1: `devices[0]` is no object; write an object with `class`, `firmware`, `modules` and `count`",
            "fleet.json:6:1: `devices[1]` lacks the key `class`; give the class of device",
            "fleet.json:6:10: unknown key `devices[1].clas`; did you mean `class`?",
            "fleet.json:6:27: `devices[1].firmware` is `1.0`, which is no version; write three numbers, as in `\"1.4.0\"`",
            "fleet.json:6:51: `devices[1].modules.m` is no string; write a name in quotes",
            "fleet.json:6:59: `devices[1].modules.n` is `x`, which is no version; write three numbers, as in `\"1.4.0\"`",
            "fleet.json:6:74: `devices[1].count` is no whole number from 0 on; write how many devices there are",
            "fleet.json:7:11: `devices[2].class` is empty; write a name",
            "fleet.json:7:67: `devices[2].modules.m` stands twice; keep one of the two",
            "fleet.json:7:86: `devices[2].count` is no whole number from 0 on; write how many devices there are",
            "fleet.json:7:100: `devices[2].count` stands twice; keep one of the two",
            "fleet.json:8:53: `devices[3].modules.` has no name before its version; write the module's name",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_inventory_at_all_is_refused() {
        for (text, code) in [
            (&b"{"[..], "syntax"),
            (b"", "syntax"),
            (b"[]", "bad-value"),
            (b"{\"format\": 1}", "missing-key"),
            (b"{\"format\": 1, \"devices\": {}}", "bad-value"),
            (b"\xff", "system-file"),
        ] {
            assert_eq!(parse_json("fleet.json", text).unwrap_err().code(), code);
        }
        let error = parse_json("fleet.json", b"{\n \"format\": 1,\n }").unwrap_err().to_string();
        assert!(error.starts_with("fleet.json:3:2: this is not JSON: "), "{error}");
    }
}
