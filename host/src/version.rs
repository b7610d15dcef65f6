//! Which of a component's interfaces stands for the one that the firmware names.
//!
//! The rule is that of component run-times: the very name first; else another version on the same track, and
//! among several the greatest, even if it lacks a function. A track is a major version (`@1`), or a minor one
//! before 1.0 (`@0.2`). Versions `0.0.z`, pre-releases and names without a version only match themselves.

use semver::Version;

/// The name among `exported` that stands for `wanted`.
pub(crate) fn stand_in<'e>(exported: impl Iterator<Item = &'e str> + Clone, wanted: &str) -> Option<&'e str> {
    if let Some(same) = exported.clone().find(|name| *name == wanted) {
        return Some(same);
    }
    let (base, version) = split(wanted)?;
    let track = Track::of(&version)?;
    exported
        .filter_map(|name| {
            let (other_base, other) = split(name)?;
            (other_base == base && Track::of(&other)? == track).then_some((other, name))
        })
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, name)| name)
}

/// The names among `exported` that differ from `wanted` in the version alone.
pub(crate) fn other_versions<'e>(exported: impl Iterator<Item = &'e str>, wanted: &str) -> Vec<&'e str> {
    let base = |name: &str| name.split('@').next().unwrap_or_default().to_owned();
    exported.filter(|name| base(name) == base(wanted)).collect()
}

#[derive(PartialEq, Eq)]
enum Track {
    Major(u64),
    ZeroMinor(u64),
}

impl Track {
    fn of(version: &Version) -> Option<Self> {
        match (version.major, version.minor) {
            _ if !version.pre.is_empty() => None,
            (0, 0) => None,
            (0, minor) => Some(Self::ZeroMinor(minor)),
            (major, _) => Some(Self::Major(major)),
        }
    }
}

fn split(name: &str) -> Option<(&str, Version)> {
    let (base, version) = name.split_once('@')?;
    Some((base, Version::parse(version).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tracks() {
        let cases: &[(&str, &[&str], Option<&str>)] = &[
            ("a:b/c@1.0.0", &["a:b/c@1.0.0"], Some("a:b/c@1.0.0")),
            ("a:b/c@1.0.0", &["a:b/c@1.4.2"], Some("a:b/c@1.4.2")),
            ("a:b/c@1.4.2", &["a:b/c@1.0.0"], Some("a:b/c@1.0.0")),
            ("a:b/c@1.1.0", &["a:b/c@1.0.0", "a:b/c@1.10.0", "a:b/c@1.9.0"], Some("a:b/c@1.10.0")),
            ("a:b/c@1.0.0", &["a:b/c@1.9.0", "a:b/c@1.0.0"], Some("a:b/c@1.0.0")),
            ("a:b/c@1.0.0", &["a:b/c@2.0.0"], None),
            ("a:b/c@0.2.0", &["a:b/c@0.2.7"], Some("a:b/c@0.2.7")),
            ("a:b/c@0.2.0", &["a:b/c@0.3.0"], None),
            ("a:b/c@0.2.0", &["a:b/c@1.2.0"], None),
            ("a:b/c@0.0.1", &["a:b/c@0.0.2"], None),
            ("a:b/c@0.0.1", &["a:b/c@0.0.1"], Some("a:b/c@0.0.1")),
            ("a:b/c@1.0.0-rc.1", &["a:b/c@1.0.0"], None),
            ("a:b/c@1.0.0", &["a:b/c@1.0.1-rc.1"], None),
            ("a:b/c@1.0.0-rc.1", &["a:b/c@1.0.0-rc.1"], Some("a:b/c@1.0.0-rc.1")),
            ("a:b/c", &["a:b/c"], Some("a:b/c")),
            ("a:b/c", &["a:b/c@1.0.0"], None),
            ("a:b/c@1.0.0", &["a:b/c"], None),
            ("a:b/c@1.0.0", &["a:b/d@1.0.0", "a:x/c@1.0.0"], None),
            ("a:b/c@1.0.0", &[], None),
        ];
        for (wanted, exported, expected) in cases {
            assert_eq!(stand_in(exported.iter().copied(), wanted), *expected, "{wanted} among {exported:?}");
        }
    }
}
