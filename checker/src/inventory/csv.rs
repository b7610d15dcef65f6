//! The inventory as CSV.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};
use semver::Version;

use super::lines::{Lines, text};
use super::{Group, Inventory};
use crate::config::did_you_mean;
use crate::error::Error;

const COLUMNS: [&str; 4] = ["class", "firmware", "modules", "count"];

/// Reads an inventory in its CSV form; `file` is what places are to say.
///
/// # Errors
/// Every column, row and cell that cannot be used, at once, each with its line.
///
/// ```
/// let text = b"class,firmware,modules,count\nheater-3,3.0.0,setpoint=1.3.0;forecast=2.0.0,1200\n";
/// let inventory = linchpin_checker::inventory::parse_csv("fleet.csv", text)?;
/// assert_eq!(inventory.groups[0].modules.len(), 2);
/// # Ok::<(), linchpin_checker::Error>(())
/// ```
pub fn parse_csv(file: &str, bytes: &[u8]) -> Result<Inventory, Error> {
    let text = text(file, bytes)?;
    let mut reading = Reading { lines: Lines::new(file, text), errors: Vec::new() };
    let inventory = reading.rows(text);
    reading.errors.sort_by_key(|error| error.place().map(|place| place.line));
    Error::all_of(reading.errors).map_or(Ok(inventory), Err)
}

struct Reading<'t> {
    lines: Lines<'t>,
    errors: Vec<Error>,
}

impl Reading<'_> {
    fn rows(&mut self, text: &str) -> Inventory {
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let header = match records.next() {
            Some(Ok(header)) => header,
            Some(Err(_)) | None => {
                let help = "begin with the header `class,firmware,modules,count`";
                self.bad::<()>(0, "the inventory", "is empty", help);
                return Inventory::default();
            }
        };
        let positions = self.header(&header);
        let mut groups = Vec::new();
        for record in records {
            // Text was checked before, and rows may have any length, so nothing is left to go wrong in the reader.
            let Ok(record) = record else { continue };
            if let Some(positions) = &positions {
                groups.extend(self.row(&header, positions, &record));
            }
        }
        Inventory { groups }
    }

    /// Where each column stands.
    fn header(&mut self, header: &StringRecord) -> Option<[usize; 4]> {
        let at = self.offset(header);
        for (index, name) in header.iter().enumerate() {
            if !COLUMNS.contains(&name) {
                let place = Box::new(self.lines.place(at, 1));
                let (key, help) = (name.to_owned(), did_you_mean(name, &COLUMNS));
                self.errors.push(Error::UnknownKey { place, key, help });
            } else if header.iter().take(index).any(|other| other == name) {
                self.bad::<()>(at, name, "is the name of two columns", "keep one of the two");
            }
        }
        let position = |name: &str| header.iter().position(|found| found == name);
        let positions = COLUMNS.map(|name| {
            let found = position(name);
            if found.is_none() {
                self.errors.push(Error::MissingKey {
                    place: Box::new(self.lines.place(at, 1)),
                    table: "the header".to_owned(),
                    key: name.to_owned(),
                    help: "begin with the header `class,firmware,modules,count`".to_owned(),
                });
            }
            found
        });
        let [class, firmware, modules, count] = positions;
        Some([class?, firmware?, modules?, count?])
    }

    fn row(&mut self, header: &StringRecord, positions: &[usize; 4], record: &StringRecord) -> Option<Group> {
        let at = self.offset(record);
        if record.len() != header.len() {
            let reason = format!("has {} cells, and the header {}", record.len(), header.len());
            self.bad::<()>(at, "this row", &reason, "write a cell for each column, empty ones too");
            return None;
        }
        let [class, firmware, modules, count] = positions.map(|index| record.get(index).unwrap_or_default());
        let class = if class.is_empty() {
            self.bad(at, "class", "is empty", "write the class of device")
        } else {
            Some(class.to_owned())
        };
        let firmware = self.version(at, "firmware", firmware);
        let modules = self.modules(at, modules);
        let found = count.parse::<u64>().ok();
        if found.is_none() {
            let reason = format!("is `{count}`, which is no whole number from 0 on");
            self.bad::<()>(at, "count", &reason, "write how many devices there are");
        }
        let line = self.lines.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let place = self.lines.place(at, line.len());
        Some(Group { class: class?, firmware: firmware?, modules: modules?, count: found?, place })
    }

    fn modules(&mut self, at: usize, text: &str) -> Option<BTreeMap<String, Version>> {
        let mut modules = BTreeMap::new();
        let mut whole = true;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((name, version)) = part.split_once('=').filter(|(name, _)| !name.trim().is_empty())
            else {
                let reason = format!("holds `{part}`, which is no `name=version`");
                self.bad::<()>(at, "modules", &reason, "write modules as in `setpoint=1.3.0;forecast=2.0.0`");
                whole = false;
                continue;
            };
            match self.version(at, "modules", version.trim()) {
                Some(version) => {
                    if modules.insert(name.trim().to_owned(), version).is_some() {
                        let reason = format!("names `{}` twice", name.trim());
                        self.bad::<()>(at, "modules", &reason, "keep one of the two");
                        whole = false;
                    }
                }
                None => whole = false,
            }
        }
        whole.then_some(modules)
    }

    fn version(&mut self, at: usize, column: &str, text: &str) -> Option<Version> {
        let version = Version::parse(text).ok();
        if version.is_none() {
            let reason = format!("holds `{text}`, which is no version");
            self.bad::<()>(at, column, &reason, "write three numbers, as in `1.4.0`");
        }
        version
    }

    /// Where a row begins; empty lines before it are skipped.
    fn offset(&self, record: &StringRecord) -> usize {
        let start =
            record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let rest = self.lines.text.get(start..).unwrap_or_default();
        start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len())
    }

    fn bad<T>(&mut self, at: usize, key: &str, reason: &str, help: &str) -> Option<T> {
        let line = self.lines.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let place = Box::new(self.lines.place(at, line.len()));
        let (key, reason, help) = (key.to_owned(), reason.to_owned(), help.to_owned());
        self.errors.push(Error::BadValue { place, key, reason, help });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::parse_csv;

    #[test]
    fn columns_stand_in_any_order_and_cells_may_be_quoted() {
        let text = b"\xef\xbb\xbfcount, class ,modules,firmware\r\n7,\"heater, big\",,1.0.0\r\n\r\n1,a,\"m=1.0.0; n=2.0.0-rc.1\",2.0.0\r\n";
        let inventory = parse_csv("fleet.csv", text).unwrap();
        let [first, second] = inventory.groups.as_slice() else { panic!("two groups") };
        assert_eq!((first.class.as_str(), first.count, first.place.line), ("heater, big", 7, 2));
        assert_eq!(second.modules["n"].to_string(), "2.0.0-rc.1");
        assert_eq!((second.place.line, inventory.devices()), (4, 8));
    }

    #[test]
    fn every_fault_is_reported_at_once_with_its_line_and_a_fix() {
        let text =
            b"class,firmware,modules,count\na,1.0,m,x\n,1.0.0,m=1,1\na,1.0.0\nb,1.0.0,m=1.0.0;m=1.0.0,1\nb,1.0.0,=1.0.0,1\n";
        let error = parse_csv("fleet.csv", text).unwrap_err();
        let found: Vec<String> = error.each().iter().map(ToString::to_string).collect();
        let expected = [
            "fleet.csv:2:1: `firmware` holds `1.0`, which is no version; write three numbers, as in `1.4.0`",
            "fleet.csv:2:1: `modules` holds `m`, which is no `name=version`; write modules as in `setpoint=1.3.0;forecast=2.0.0`",
            "fleet.csv:2:1: `count` is `x`, which is no whole number from 0 on; write how many devices there are",
            "fleet.csv:3:1: `class` is empty; write the class of device",
            "fleet.csv:3:1: `modules` holds `1`, which is no version; write three numbers, as in `1.4.0`",
            "fleet.csv:4:1: `this row` has 2 cells, and the header 4; write a cell for each column, empty ones too",
            "fleet.csv:5:1: `modules` names `m` twice; keep one of the two",
            "fleet.csv:6:1: `modules` holds `=1.0.0`, which is no `name=version`; write modules as in `setpoint=1.3.0;forecast=2.0.0`",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_header_that_is_not_ours_says_what_was_meant() {
        let error =
            parse_csv("fleet.csv", b"klass,firmware,modules,count,count\na,1.0.0,,1,1\n").unwrap_err();
        let found: Vec<String> = error.each().iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "fleet.csv:1:1: unknown key `klass`; did you mean `class`?",
                "fleet.csv:1:1: `count` is the name of two columns; keep one of the two",
                "fleet.csv:1:1: `the header` lacks the key `class`; begin with the header `class,firmware,modules,count`",
            ]
        );
        assert!(parse_csv("fleet.csv", b"").is_err());
        assert!(parse_csv("fleet.csv", b"\xff\xfe").is_err());
        assert_eq!(parse_csv("fleet.csv", b"class,firmware,modules,count\n").unwrap().devices(), 0);
    }
}
