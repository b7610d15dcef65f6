//! Steps between versions, by the rules that WIT's tools go by: a track is a major version, or a minor one of `0.y`;
//! each `0.0.z` and each pre-release is a track of its own.

use semver::{BuildMetadata, Prerelease, Version};
use serde::{Deserialize, Serialize};

use crate::matching::track;
use crate::verdict::Bump;

/// The step that two versions declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// To a lower version.
    Backward,
    /// None: the versions are equal, build metadata aside.
    Same,
    /// Neither side has a version, so nothing is declared.
    Unversioned,
    /// Within a track, to a version that may hold nothing new.
    Patch,
    /// Within a track, to a version that may hold something new.
    Minor,
    /// To another track: nobody takes the one for the other.
    Major,
}

impl Step {
    /// Whether a change that requires `bump` is covered by this step.
    pub fn covers(self, bump: Option<Bump>) -> bool {
        match self {
            Self::Backward => false,
            Self::Same => bump.is_none(),
            Self::Unversioned | Self::Patch => bump <= Some(Bump::Patch),
            Self::Minor => bump <= Some(Bump::Minor),
            Self::Major => true,
        }
    }
}

/// Whether the one version stands for the other when things are linked.
pub(crate) fn stands_for(before: Option<&Version>, after: Option<&Version>) -> bool {
    match (before, after) {
        (None, None) => true,
        // What is a track of its own has no other key than its full name, build metadata included.
        (Some(before), Some(after)) => {
            before == after || (track(before).is_some() && track(before) == track(after))
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The step from one version to another.
///
/// ```
/// use linchpin_checker::{Step, step};
/// let version = |text: &str| Some(text.parse().unwrap());
/// assert_eq!(step(version("1.4.0").as_ref(), version("1.5.0").as_ref()), Step::Minor);
/// assert_eq!(step(version("0.2.0").as_ref(), version("0.3.0").as_ref()), Step::Major);
/// ```
pub fn step(before: Option<&Version>, after: Option<&Version>) -> Step {
    let (before, after) = match (before, after) {
        (None, None) => return Step::Unversioned,
        (Some(before), Some(after)) => (before, after),
        (Some(_), None) | (None, Some(_)) => return Step::Major,
    };
    match before.cmp_precedence(after) {
        std::cmp::Ordering::Equal => Step::Same,
        std::cmp::Ordering::Greater => Step::Backward,
        std::cmp::Ordering::Less if track(before).is_none() || track(before) != track(after) => Step::Major,
        std::cmp::Ordering::Less if before.major == 0 || before.minor != after.minor => Step::Minor,
        std::cmp::Ordering::Less => Step::Patch,
    }
}

/// The least version after this one that covers `bump`. After a pre-release that is the next pre-release of the
/// same version, where its last part is a number, else the release.
pub fn next_version(before: &Version, bump: Bump) -> Version {
    if !before.pre.is_empty() {
        return next_prerelease(before);
    }
    let (major, minor, patch) = match (bump, before.major, before.minor) {
        (_, 0, 0) => (0, 0, before.patch + 1),
        (Bump::Major, 0, minor) => (0, minor + 1, 0),
        (Bump::Patch | Bump::Minor, 0, minor) => (0, minor, before.patch + 1),
        (Bump::Major, major, _) => (major + 1, 0, 0),
        (Bump::Minor, major, minor) => (major, minor + 1, 0),
        (Bump::Patch, major, minor) => (major, minor, before.patch + 1),
    };
    Version::new(major, minor, patch)
}

fn next_prerelease(before: &Version) -> Version {
    let release = || Version { pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY, ..before.clone() };
    let parts = before.pre.rsplit_once('.');
    let Some((head, Ok(number))) = parts.map(|(head, last)| (head, last.parse::<u64>())) else {
        return release();
    };
    let next = number.checked_add(1).and_then(|next| Prerelease::new(&format!("{head}.{next}")).ok());
    next.map_or_else(release, |pre| Version { pre, build: BuildMetadata::EMPTY, ..before.clone() })
}

#[cfg(test)]
mod tests {
    use super::{Step, next_version, step};
    use crate::verdict::Bump;

    #[test]
    fn steps_go_by_tracks() {
        let cases = [
            ("1.0.0", "1.0.0", Step::Same),
            ("1.0.0+a", "1.0.0+b", Step::Same),
            ("1.0.0", "1.0.1", Step::Patch),
            ("1.0.1", "1.1.0", Step::Minor),
            ("1.9.0", "2.0.0", Step::Major),
            ("0.2.0", "0.2.1", Step::Minor),
            ("0.2.9", "0.3.0", Step::Major),
            ("0.0.1", "0.0.2", Step::Major),
            ("1.0.0-rc.1", "1.0.0-rc.2", Step::Major),
            ("1.0.0-rc.1", "1.0.0", Step::Major),
            ("1.0.0", "1.1.0-rc.1", Step::Major),
            ("1.1.0", "1.0.0", Step::Backward),
            ("", "", Step::Unversioned),
            ("", "1.0.0", Step::Major),
        ];
        for (before, after, expected) in cases {
            let version = |text: &str| text.parse().ok();
            let found = step(version(before).as_ref(), version(after).as_ref());
            assert_eq!(found, expected, "{before} -> {after}");
        }
    }

    #[test]
    fn the_next_version_is_the_least_that_covers_the_change() {
        let cases = [
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.0.3", Bump::Patch, "0.0.4"),
            ("1.0.0-rc.1", Bump::Major, "1.0.0-rc.2"),
            ("1.0.0-beta", Bump::Minor, "1.0.0"),
        ];
        for (before, bump, expected) in cases {
            let before = before.parse().unwrap();
            let next = next_version(&before, bump);
            assert_eq!(next.to_string(), expected);
            assert!(step(Some(&before), Some(&next)).covers(Some(bump)), "{before} -> {next}");
        }
    }
}
