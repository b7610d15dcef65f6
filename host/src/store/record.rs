//! One generation: which module runs, which one ran before, and what must not be forgotten at a restart.
//!
//! A record is a few lines of text that end with the SHA-256 of all lines before, so that any damage shows.

use linchpin_trust::{Accepted, Sha256Digest};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const FIRST_LINE: &str = "linchpin generation record 1";

/// What a store holds at one generation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Record {
    /// Grows by one with each record that is written.
    pub(crate) generation: u64,
    pub(crate) active: Option<Entry>,
    /// The last known good module.
    pub(crate) previous: Option<Entry>,
    /// Components that failed too often.
    pub(crate) quarantined: BTreeSet<Sha256Digest>,
    /// The statement with the highest counter that was installed here.
    pub(crate) newest: Option<Accepted>,
    /// Older statements that may still be started.
    pub(crate) startable: BTreeSet<Accepted>,
}

/// A module by the digests of its two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) component: Sha256Digest,
    pub(crate) attestation: Sha256Digest,
}

impl Record {
    /// The modules that the record names.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.active.iter().chain(&self.previous)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{FIRST_LINE}\ngeneration {}\n", self.generation);
        let mut line = |arguments: std::fmt::Arguments<'_>| {
            // Writing to a string cannot fail.
            let _ = text.write_fmt(arguments);
        };
        if let Some(entry) = &self.active {
            line(format_args!("active {} {}\n", entry.component, entry.attestation));
        }
        if let Some(entry) = &self.previous {
            line(format_args!("previous {} {}\n", entry.component, entry.attestation));
        }
        for digest in &self.quarantined {
            line(format_args!("quarantined {digest}\n"));
        }
        if let Some(accepted) = &self.newest {
            line(format_args!("newest {} {}\n", accepted.counter, accepted.statement_sha256));
        }
        for accepted in &self.startable {
            line(format_args!("startable {} {}\n", accepted.counter, accepted.statement_sha256));
        }
        let checksum = Sha256Digest::of(text.as_bytes());
        text.push_str(&format!("sha256 {checksum}\n"));
        text.into_bytes()
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is no text")?;
        let last_line = text.rfind("sha256 ").ok_or("it ends before its checksum")?;
        let (body, last_line) = text.split_at(last_line);
        if last_line != format!("sha256 {}\n", Sha256Digest::of(body.as_bytes())) {
            return Err("its checksum does not match");
        }
        let mut lines = body.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Err("it is of another format");
        }
        let mut record = Self::default();
        for line in lines {
            record.line(line).ok_or("it has a line that this version does not know")?;
        }
        Ok(record)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let kind = words.next()?;
        match kind {
            "generation" => self.generation = words.next()?.parse().ok()?,
            "active" => self.active = Some(entry(&mut words)?),
            "previous" => self.previous = Some(entry(&mut words)?),
            "quarantined" => {
                self.quarantined.insert(words.next()?.parse().ok()?);
            }
            "newest" => self.newest = Some(accepted(&mut words)?),
            "startable" => {
                self.startable.insert(accepted(&mut words)?);
            }
            _ => return None,
        }
        words.next().is_none().then_some(())
    }
}

fn entry<'t>(words: &mut impl Iterator<Item = &'t str>) -> Option<Entry> {
    let component = words.next()?.parse().ok()?;
    Some(Entry { component, attestation: words.next()?.parse().ok()? })
}

fn accepted<'t>(words: &mut impl Iterator<Item = &'t str>) -> Option<Accepted> {
    let counter = words.next()?.parse().ok()?;
    Some(Accepted { counter, statement_sha256: words.next()?.parse().ok()? })
}
