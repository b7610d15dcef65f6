//! What was recorded: the inventory of the field, and values that functions must accept.

use linchpin_contract::Digest;

use super::Loader;
use crate::config::{DataConfig, Named};
use crate::inventory;
use crate::system::{Data, Fleet};

const MAX_INVENTORY_BYTES: u64 = 256 << 20;
const MAX_DATA_BYTES: u64 = 1 << 30;
/// Where `linchpin.toml` does not say which share of the fleet is small.
const LEAST_PERCENT: u64 = 5;

impl Loader {
    pub(super) fn data(&mut self, config: DataConfig) -> Option<Data> {
        let bytes = self.read(&config.file, MAX_DATA_BYTES)?;
        Some(Data {
            name: config.name,
            file: config.file.path,
            format: config.format,
            sha256: Digest::of(&bytes),
            bytes: bytes.into(),
            feeds: config.feeds,
            columns: config.columns,
        })
    }

    pub(super) fn fleet(&mut self, file: &Named, least_percent: Option<u64>) -> Option<Fleet> {
        let bytes = self.read(file, MAX_INVENTORY_BYTES)?;
        let parsed = match file
            .path
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .as_deref()
        {
            Some("json") => inventory::parse_json(&file.path, &bytes),
            Some("csv") => inventory::parse_csv(&file.path, &bytes),
            Some(_) | None => {
                let reason = "its ending tells no format".to_owned();
                return self.note(file.named_by(), "inventory", reason, "name a `.json` or a `.csv` file");
            }
        };
        match parsed {
            Ok(inventory) => Some(Fleet {
                file: file.path.clone(),
                sha256: Digest::of(&bytes),
                inventory,
                least_percent: least_percent.unwrap_or(LEAST_PERCENT),
            }),
            Err(error) => {
                self.errors.extend_from_slice(error.each());
                None
            }
        }
    }
}
