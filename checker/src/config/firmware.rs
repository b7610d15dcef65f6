//! One firmware of a target: its version, and what tells of it.

use linchpin_contract::Place;
use semver::Version;

use super::reader::{Reader, Table, Text};
use super::{Named, semantic_version};

/// One firmware of a target.
pub(crate) struct FirmwareConfig {
    pub(crate) version: Version,
    /// As it is written.
    pub(super) version_text: Text,
    pub(crate) kind: FirmwareKind,
    pub(crate) file: Named,
}

impl FirmwareConfig {
    /// Where its version is written.
    pub(crate) fn place(&self) -> &Place {
        &self.version_text.place
    }
}

/// What kind of file tells of a firmware.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum FirmwareKind {
    /// An executable that holds its descriptors.
    Binary,
    /// A descriptor that was taken from one.
    Descriptor,
    /// A WIT folder or file, and the worlds of it that the firmware calls; none where it has only one.
    Wit(Vec<String>),
}

const KEYS: [&str; 3] = ["binary", "descriptor", "wit"];

pub(super) fn read<'t>(reader: &mut Reader<'t>, table: &Table<'t>) -> Option<FirmwareConfig> {
    table.only(reader, &["version", "binary", "descriptor", "wit", "world", "worlds"]);
    let version = table.required(reader, "version", "the firmware's version, as in `version = \"3.0.0\"`");
    let number = version.as_ref().and_then(|text| semantic_version(reader, text));
    let worlds = worlds(reader, table)?;
    let mut named = KEYS.map(|key| (key, table.optional(reader, key)));
    let mut given = named.iter_mut().filter_map(|(key, text)| Some((*key, text.take()?)));
    let first = given.next();
    if let (Some((key, _)), Some((_, second))) = (&first, given.next()) {
        let help = "keep one of the two: they could disagree";
        return reader.bad(&second, format!("stands beside `{key}`"), help);
    }
    let Some((key, file)) = first else {
        let help =
            "the firmware's `binary`, a `descriptor` taken from it, or the `wit` that it was built for";
        return table.lacks(reader, "binary", help);
    };
    if let (Some(world), true) = (worlds.first(), key != "wit") {
        let help = "take it out: the bytes say which world they were built for";
        return reader.bad(world, format!("stands beside `{key}`"), help);
    }
    let kind = match key {
        "binary" => FirmwareKind::Binary,
        "descriptor" => FirmwareKind::Descriptor,
        _ => FirmwareKind::Wit(worlds.into_iter().map(|world| world.value).collect()),
    };
    Some(FirmwareConfig { version: number?, version_text: version?, kind, file: Named::new(file) })
}

/// A firmware of one class is known by its version, in the inventory and in every report.
pub(super) fn once_each(reader: &mut Reader<'_>, firmware: &[FirmwareConfig]) {
    for (index, entry) in firmware.iter().enumerate() {
        if firmware.iter().take(index).any(|before| before.version == entry.version) {
            let reason = format!("is `{}` a second time", entry.version);
            let help = "give each firmware once; worlds that one firmware calls stand together in `worlds`";
            reader.bad::<()>(&entry.version_text, reason, help);
        }
    }
}

/// The worlds that the firmware calls: one for each module, where it calls several.
fn worlds<'t>(reader: &mut Reader<'t>, table: &Table<'t>) -> Option<Vec<Text>> {
    let one = table.optional(reader, "world");
    let Some(several) = table.mention(reader, "worlds") else { return Some(one.into_iter().collect()) };
    if one.is_some() {
        return reader.bad(&several, "stands beside `world`".to_owned(), "keep one of the two");
    }
    let worlds = table.strings(reader, "worlds", "the worlds that the firmware calls, one for each module");
    (!worlds.is_empty()).then_some(worlds)
}
