//! Which export stands for the interface that a firmware asks for: wasmtime's rules of versions.

use linchpin_contract::InterfaceId;
use semver::Version;

/// The interface of these that wasmtime takes for `wanted`: the very one, else the greatest of its track. If the
/// one that is taken lacks a function, no other is tried.
pub(crate) fn taken<'a>(wanted: &InterfaceId, exports: &[&'a InterfaceId]) -> Option<&'a InterfaceId> {
    let exact = exports.iter().copied().find(|export| *export == wanted);
    exact.or_else(|| {
        let track = track(version(wanted)?)?;
        let same = exports.iter().copied().filter(|export| {
            same_name(wanted, export) && version(export).and_then(self::track) == Some(track)
        });
        same.max_by(|a, b| version(a).cmp(&version(b)))
    })
}

/// The interface of these that tells best how old one side is beside `wanted`: another version of it, else another
/// interface of its package; the greatest version of those.
pub(crate) fn nearest<'a>(wanted: &InterfaceId, ids: &[&'a InterfaceId]) -> Option<&'a InterfaceId> {
    let newest = |fits: &dyn Fn(&InterfaceId) -> bool| {
        ids.iter().copied().filter(|id| fits(id)).max_by(|a, b| version(a).cmp(&version(b)))
    };
    newest(&|id| same_name(wanted, id)).or_else(|| newest(&|id| same_package(wanted, id)))
}

fn same_package(one: &InterfaceId, other: &InterfaceId) -> bool {
    match (&one.package, &other.package) {
        (Some(one), Some(other)) => one.name == other.name && one.namespace == other.namespace,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether two interfaces are versions of one.
pub(crate) fn same_name(one: &InterfaceId, other: &InterfaceId) -> bool {
    one.name == other.name && same_package(one, other)
}

/// The package's version.
pub(crate) fn version(id: &InterfaceId) -> Option<&Version> {
    id.package.as_ref()?.version.as_ref()
}

/// What versions must share to stand for one another: the major version, or the minor one of `0.y`. A `0.0.z` and
/// a pre-release stand for themselves alone.
pub(crate) fn track(version: &Version) -> Option<(u64, u64)> {
    match (version.major, version.minor) {
        _ if !version.pre.is_empty() => None,
        (0, 0) => None,
        (0, minor) => Some((0, minor)),
        (major, _) => Some((major, 0)),
    }
}

#[cfg(test)]
mod tests {
    use linchpin_contract::{InterfaceId, PackageId};

    use super::taken;

    fn id(version: &str) -> InterfaceId {
        let version = (!version.is_empty()).then(|| version.parse().unwrap());
        let package = PackageId { namespace: "a".to_owned(), name: "b".to_owned(), version };
        InterfaceId { package: Some(package), name: "c".to_owned() }
    }

    #[test]
    fn versions_stand_for_one_another_as_in_wasmtime() {
        let cases = [
            ("1.0.0", &["1.2.0", "1.1.0"][..], Some("1.2.0")),
            ("1.2.0", &["1.0.0"], Some("1.0.0")),
            ("1.1.0", &["1.1.0", "1.2.0"], Some("1.1.0")),
            ("1.0.0", &["2.0.0"], None),
            ("0.2.0", &["0.2.5"], Some("0.2.5")),
            ("0.2.0", &["0.3.0"], None),
            ("0.0.1", &["0.0.2"], None),
            ("0.0.1", &["0.0.1"], Some("0.0.1")),
            ("1.0.0-rc.1", &["1.0.0"], None),
            ("1.0.0", &["1.0.1-rc.1"], None),
            ("", &["1.0.0"], None),
            ("", &[""], Some("")),
        ];
        for (wanted, exports, expected) in cases {
            let exports: Vec<_> = exports.iter().map(|version| id(version)).collect();
            let found = taken(&id(wanted), &exports.iter().collect::<Vec<_>>()).cloned();
            assert_eq!(found, expected.map(id), "{wanted}");
        }
    }
}
