//! Where a slot keeps its modules: content-addressed files, and two records of which of them count.
//!
//! ```text
//! blobs/<sha256>.wasm    a component, named by its own digest
//! blobs/<sha256>.att     an attestation, named by its own digest
//! generation-a           one checksummed record ..
//! generation-b           .. and the other; the valid one with the higher generation counts
//! ```
//!
//! An install writes the blobs, then the record that does not count, then removes blobs that neither record
//! names. Each file is written, flushed to the disk, renamed into place, and its directory flushed. So a power
//! cut between any two steps leaves the former record with all of its blobs, or the new one with all of its.

mod files;
pub(crate) mod record;

use crate::error::Error;
use files::Files;
use linchpin_trust::Sha256Digest;
use record::{Entry, Record};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const RECORDS: [&str; 2] = ["generation-a", "generation-b"];
const BLOBS: &str = "blobs";

/// A slot's storage. Give each slot one of its own.
#[derive(Debug, Clone)]
pub struct Store {
    files: Files,
}

/// What the records say.
pub(crate) struct Records {
    /// The valid records, the one that counts first.
    pub(crate) valid: Vec<Record>,
    /// Why others are not valid.
    pub(crate) problems: Vec<Error>,
}

impl Store {
    /// A store in a directory, which is made if it is not there.
    ///
    /// # Errors
    /// `store` if the directory cannot be made.
    pub fn directory(path: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self { files: Files::directory(path.as_ref(), BLOBS)? })
    }

    /// A store in memory, for tests and demonstrations. Clones share what is in it, as if it were one directory.
    #[must_use]
    pub fn memory() -> Self {
        Self { files: Files::memory() }
    }

    pub(crate) fn records(&self) -> Records {
        let mut records = Records { valid: Vec::new(), problems: Vec::new() };
        for name in RECORDS {
            match self.record(name) {
                Ok(Some(record)) => records.valid.push(record),
                Ok(None) => {}
                Err(problem) => records.problems.push(problem),
            }
        }
        records.valid.sort_by_key(|record| std::cmp::Reverse(record.generation));
        records
    }

    fn record(&self, name: &str) -> Result<Option<Record>, Error> {
        let Some(bytes) = self.files.read(name)? else { return Ok(None) };
        match Record::parse(&bytes) {
            Ok(record) => Ok(Some(record)),
            Err(reason) => Err(damaged(name, reason)),
        }
    }

    /// The component and the attestation of `entry`.
    pub(crate) fn blobs(&self, entry: &Entry) -> Result<(Vec<u8>, Vec<u8>), Error> {
        Ok((self.blob(entry.component, "wasm")?, self.blob(entry.attestation, "att")?))
    }

    fn blob(&self, digest: Sha256Digest, extension: &str) -> Result<Vec<u8>, Error> {
        let name = blob_name(digest, extension);
        match self.files.read(&name)? {
            None => Err(damaged(&name, "the file is missing")),
            Some(bytes) if Sha256Digest::of(&bytes) != digest => {
                Err(damaged(&name, "its bytes have another SHA-256 than its name"))
            }
            Some(bytes) => Ok(bytes),
        }
    }

    /// Makes `record` the one that counts, with the component and attestation that it adds, if any. Its
    /// generation is set here.
    pub(crate) fn commit(&self, mut record: Record, added: Option<(&[u8], &[u8])>) -> Result<(), Error> {
        record.generation = self.records().valid.first().map_or(0, |newest| newest.generation) + 1;
        if let Some((component, attestation)) = added {
            self.add_blob(component, "wasm")?;
            self.add_blob(attestation, "att")?;
        }
        let name = self.record_to_replace();
        self.files.write(name, &record.to_bytes())?;
        self.remove_unnamed();
        Ok(())
    }

    fn add_blob(&self, bytes: &[u8], extension: &str) -> Result<(), Error> {
        let digest = Sha256Digest::of(bytes);
        if self.blob(digest, extension).is_ok() {
            return Ok(());
        }
        self.files.write(&blob_name(digest, extension), bytes)
    }

    /// The record that does not count: missing, damaged, or the older one.
    fn record_to_replace(&self) -> &'static str {
        let [a, b] = RECORDS;
        let generation = |name| self.record(name).ok().flatten().map(|record| record.generation);
        if generation(a) <= generation(b) { a } else { b }
    }

    /// Removes blobs that neither record names. One that stays behind does no harm and goes the next time.
    fn remove_unnamed(&self) {
        let named: BTreeSet<String> = self
            .records()
            .valid
            .iter()
            .flat_map(Record::entries)
            .flat_map(|entry| [blob_name(entry.component, "wasm"), blob_name(entry.attestation, "att")])
            .collect();
        for name in self.files.list(BLOBS) {
            if !named.contains(&name) {
                self.files.remove(&name);
            }
        }
    }
}

fn damaged(name: &str, reason: &str) -> Error {
    Error::Damaged { path: PathBuf::from(name), reason: reason.to_owned() }
}

fn blob_name(digest: Sha256Digest, extension: &str) -> String {
    format!("{BLOBS}/{digest}.{extension}")
}

#[cfg(test)]
mod tests;
