//! Where the paths of findings begin, seen from where the reader stands.

use crate::verdict::{Finding, Side, Spot};

/// Where the paths of findings begin. They are relative to the folder of `linchpin.toml`; programs that read reports
/// want them relative to the root of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The folder of `linchpin.toml`, with `/` between parts and at the end; empty for the root itself.
    pub folder: String,
    /// The name of that file.
    pub manifest: String,
}

impl Default for Origin {
    fn default() -> Self {
        Self { folder: String::new(), manifest: "linchpin.toml".to_owned() }
    }
}

/// Where a finding is shown, and the other places that belong to it.
pub(super) struct Located<'f> {
    /// The first side with a place; absent if none has one.
    pub(super) first: Option<(&'f Side, &'f Spot)>,
    /// The other sides with places.
    pub(super) others: Vec<(&'f Side, &'f Spot)>,
}

impl Origin {
    /// The path of a file, from the root.
    pub(super) fn path(&self, file: &str) -> String {
        format!("{}{file}", self.folder)
    }

    /// The file that a finding is shown in: that of its first place, or `linchpin.toml`.
    pub(super) fn file(&self, located: &Located<'_>) -> String {
        self.path(located.first.map_or(&*self.manifest, |(_, spot)| &*spot.file))
    }
}

/// The places of a finding.
pub(super) fn located(finding: &Finding) -> Located<'_> {
    let mut places = finding.sides.iter().filter_map(|side| Some((side, side.place.as_ref()?)));
    Located { first: places.next(), others: places.collect() }
}
