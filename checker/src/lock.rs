//! `released.lock`: what holds released contracts frozen.

use std::collections::BTreeMap;

use linchpin_contract::Digest;
use toml::{Table, Value};

use crate::system::{KnownContract, Lock, Origin, System};

const FORMAT: i64 = 1;

impl Lock {
    /// Reads the lock; the error is a reason.
    pub(crate) fn parse(file: &str, bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| format!("`{file}` is not UTF-8 text"))?;
        let table: Table = text.parse().map_err(|error| not_toml(file, text, &error))?;
        if table.get("format").and_then(Value::as_integer) != Some(FORMAT) {
            return Err(format!("`{file}` has no line `format = {FORMAT}`, the only format that is known"));
        }
        let entries = table.get("released").and_then(Value::as_table).cloned().unwrap_or_default();
        let read = |(name, value): (String, Value)| {
            let digest = value.as_str().and_then(|text| text.parse::<Digest>().ok());
            digest
                .map(|digest| (name.clone(), digest))
                .ok_or(format!("`{file}` holds no digest for `{name}`"))
        };
        Ok(Self { file: file.to_owned(), entries: entries.into_iter().map(read).collect::<Result<_, _>>()? })
    }
}

/// Where a text stops being TOML, and why.
fn not_toml(file: &str, text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{file}:{line}:{column}: this is not TOML: {}", error.message().replace('\n', ", "))
}

/// The text of a lock that freezes every released contract as it is now.
pub fn lock_text(system: &System) -> String {
    let released = system.contracts.iter();
    written(&released.filter_map(|known| Some((released_name(known)?.to_owned(), known.sha256))).collect())
}

fn written(entries: &BTreeMap<String, Digest>) -> String {
    let lines: String = entries.iter().map(|(name, digest)| format!("\"{name}\" = \"{digest}\"\n")).collect();
    format!("format = {FORMAT}\n\n[released]\n{lines}")
}

/// The text of a lock with one more entry. What is frozen already stays as it was frozen; without a lock, `released`
/// is frozen as it is.
pub(crate) fn with_entry(
    lock: Option<&Lock>,
    released: &[KnownContract],
    name: &str,
    digest: Digest,
) -> String {
    let frozen =
        || released.iter().filter_map(|known| Some((released_name(known)?.to_owned(), known.sha256)));
    let mut entries: BTreeMap<String, Digest> =
        lock.map_or_else(|| frozen().collect(), |lock| lock.entries.iter().cloned().collect());
    entries.insert(name.to_owned(), digest);
    written(&entries)
}

/// A released contract's name in the lock: its path below `released/`.
pub(crate) fn released_name(known: &KnownContract) -> Option<&str> {
    match known.origin {
        Origin::Released { .. } => {
            let below = known.file.split_once("/released/").map(|(_, name)| name);
            below.or_else(|| known.file.strip_prefix("released/"))
        }
        Origin::Module(_)
        | Origin::Earlier { .. }
        | Origin::Firmware
        | Origin::Current
        | Origin::Baseline => None,
    }
}
