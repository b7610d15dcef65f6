//! `[data.<name>]`: recorded values that a function must accept.

use std::collections::BTreeMap;

use linchpin_contract::Place;

use super::edges::endpoint;
use super::reader::{Reader, Table};
use super::{Named, Text, did_you_mean};
use crate::edges::endpoint::function;
use crate::system::{DataFormat, Endpoint};

/// One file of recorded data.
pub(crate) struct DataConfig {
    pub(crate) name: String,
    pub(crate) file: Named,
    pub(crate) format: DataFormat,
    pub(crate) feeds: Endpoint,
    /// The header of the column for a value, where it is not the value's own name, and where that is written.
    pub(crate) columns: BTreeMap<String, (String, Place)>,
}

pub(super) fn read<'t>(reader: &mut Reader<'t>, root: &Table<'t>) -> Vec<DataConfig> {
    let Some(all) = root.optional_table(reader, "data") else { return Vec::new() };
    all.tables(reader).into_iter().filter_map(|(name, _, table)| data(reader, name, &table)).collect()
}

fn data<'t>(reader: &mut Reader<'t>, name: String, table: &Table<'t>) -> Option<DataConfig> {
    table.only(reader, &["path", "feeds", "columns"]);
    let path = table.required(reader, "path", "the file, as in `path = \"data/winter.csv\"`");
    let format = path.as_ref().and_then(|text| format(reader, text));
    let feeds = table.required(reader, "feeds", "the function, as in `feeds = \"setpoint/plan\"`");
    let feeds = feeds.and_then(|text| endpoint(reader, &text, function));
    let columns = table.optional_table(reader, "columns").map_or_else(Vec::new, |it| it.texts(reader));
    let columns = columns.into_iter().map(|(key, text)| (key, (text.value, text.place))).collect();
    Some(DataConfig { name, file: Named::new(path?), format: format?, feeds: feeds?, columns })
}

fn format(reader: &mut Reader<'_>, text: &Text) -> Option<DataFormat> {
    match text.value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("csv") => Some(DataFormat::Csv),
        Some("parquet") => Some(DataFormat::Parquet),
        Some(ending) => {
            let help = did_you_mean(ending, &["csv", "parquet"]);
            reader.bad(text, format!("ends in `.{ending}`, which is not read"), &help)
        }
        None => {
            let help = "name a `.csv` or a `.parquet` file";
            reader.bad(text, "has no ending that tells its format".to_owned(), help)
        }
    }
}
