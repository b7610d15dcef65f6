//! What a load looked at, so that a later run can tell that nothing of it changed without decoding anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use linchpin_contract::Digest;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::files;

/// Every file and folder that a load looked at, with a digest of what it saw there.
///
/// A verdict that was kept with its inputs still holds as long as [`first_change`](Self::first_change) finds none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    seen: BTreeMap<PathBuf, Seen>,
}

/// What lay at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Seen {
    /// A file with these bytes.
    File(Digest),
    /// A folder with these names in it.
    Folder(Digest),
    /// Neither, or nothing that could be read.
    Nothing,
}

impl Inputs {
    /// The first path where something else lies now than when it was looked at.
    pub fn first_change(&self) -> Option<&Path> {
        let changed = |(path, seen): &(&PathBuf, &Seen)| Seen::of(path) != **seen;
        self.seen.par_iter().find_first(changed).map(|(path, _)| path.as_path())
    }

    /// How many files and folders were looked at.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether nothing was looked at.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Notes the bytes of a file that was read.
    pub(crate) fn read(&mut self, path: &Path, bytes: &[u8]) {
        self.held(path, Digest::of(bytes));
    }

    /// Notes the digest of a file that was read.
    pub(crate) fn held(&mut self, path: &Path, sha256: Digest) {
        self.seen.insert(path.to_owned(), Seen::File(sha256));
    }

    /// Notes whatever lies at a path now.
    pub(crate) fn looked_at(&mut self, path: &Path) {
        self.seen.insert(path.to_owned(), Seen::of(path));
    }

    /// Takes over what another load looked at.
    pub(crate) fn extend(&mut self, other: Self) {
        self.seen.extend(other.seen);
    }
}

impl Seen {
    fn of(path: &Path) -> Self {
        match files::found(path) {
            files::Found::Nothing => Self::Nothing,
            files::Found::Folder => files::entries(path).map_or(Self::Nothing, |entries| {
                let names = entries.iter().filter_map(|entry| entry.file_name());
                let names: Vec<u8> =
                    names.flat_map(|name| [name.as_encoded_bytes(), b"\0"].concat()).collect();
                Self::Folder(Digest::of(&names))
            }),
            files::Found::File => {
                files::read(path, u64::MAX - 1).map_or(Self::Nothing, |bytes| Self::File(Digest::of(&bytes)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Inputs;

    #[test]
    fn an_edit_a_new_file_and_a_removal_are_seen() {
        let folder = std::env::temp_dir().join(format!("linchpin-inputs-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, absent) = (folder.join("a.wit"), folder.join("b.wit"));
        let begin = || {
            std::fs::write(&file, "one").unwrap();
            drop(std::fs::remove_file(&absent));
            let mut inputs = Inputs::default();
            inputs.read(&file, b"one");
            inputs.looked_at(&folder);
            inputs.looked_at(&absent);
            assert_eq!(inputs.first_change(), None);
            inputs
        };
        let inputs = begin();
        std::fs::write(&file, "two").unwrap();
        assert_eq!(inputs.first_change(), Some(file.as_path()));
        let inputs = begin();
        std::fs::write(&absent, "").unwrap();
        assert_eq!(inputs.first_change(), Some(folder.as_path()));
        let inputs = begin();
        std::fs::remove_file(&file).unwrap();
        assert!(inputs.first_change().is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
