//! Names of things, and the ways in which people write them.

use std::fmt;

use linchpin_contract::{InterfaceId, PackageId};

/// The full name of something that contracts name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// As `acme:heating`, and its version.
    pub(super) package: Option<(String, Option<String>)>,
    pub(super) interface: Option<String>,
    /// Function or type, then parameter, field, case or flag.
    pub(super) parts: Vec<String>,
}

impl Name {
    pub(super) fn package(id: &PackageId) -> Self {
        let name = format!("{}:{}", id.namespace, id.name);
        let version = id.version.as_ref().map(ToString::to_string);
        Self { package: Some((name, version)), interface: None, parts: Vec::new() }
    }

    pub(super) fn interface(id: &InterfaceId) -> Self {
        let package = id.package.as_ref().and_then(|id| Self::package(id).package);
        Self { package, interface: Some(id.name.clone()), parts: Vec::new() }
    }

    /// A function of a world, which has no interface around it.
    pub(super) fn bare(name: &str) -> Self {
        Self { package: None, interface: None, parts: vec![name.to_owned()] }
    }

    pub(super) fn then(&self, part: &str) -> Self {
        let mut parts = self.parts.clone();
        parts.push(part.to_owned());
        Self { parts, ..self.clone() }
    }

    /// Whether somebody who writes this may mean it.
    pub(super) fn is_called(&self, query: &str) -> bool {
        let heads = self.heads();
        if self.parts.is_empty() {
            return heads.iter().any(|head| head == query);
        }
        let whole = self.parts.join(".");
        let in_full = |head: &String| {
            let rest = query.strip_prefix(head.as_str()).and_then(|rest| rest.strip_prefix('.'));
            rest.is_some_and(|rest| rest == whole || rest == plain(&whole))
        };
        let ends = (0..self.parts.len()).filter_map(|from| self.parts.get(from..));
        let mut ends = ends.map(|parts| parts.join("."));
        ends.any(|end| end == query || plain(&end) == query) || heads.iter().any(in_full)
    }

    /// Its shortest spelling.
    pub(super) fn short(&self) -> String {
        let last = self.parts.last().map(|part| plain(part).to_owned());
        let package = self.package.as_ref().map(|(package, _)| package.clone());
        last.or_else(|| self.interface.clone()).or(package).unwrap_or_default()
    }

    /// Everything that may stand before the parts: with and without package and version.
    fn heads(&self) -> Vec<String> {
        let mut heads = Vec::new();
        let stems = match (&self.package, &self.interface) {
            (None, None) => Vec::new(),
            (None, Some(interface)) => vec![interface.clone()],
            (Some((package, _)), None) => vec![package.clone(), last(package).to_owned()],
            (Some((package, _)), Some(interface)) => {
                vec![format!("{package}/{interface}"), interface.clone()]
            }
        };
        let version = self.package.as_ref().and_then(|(_, version)| version.as_ref());
        for stem in stems {
            heads.extend(version.map(|version| format!("{stem}@{version}")));
            heads.push(stem);
        }
        heads
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.heads().into_iter().next();
        let all: Vec<String> = head.into_iter().chain(self.parts.iter().cloned()).collect();
        f.write_str(&all.join("."))
    }
}

/// A method without the mark that binaries give it: `[method]tank.level` is `tank.level`.
fn plain(name: &str) -> &str {
    match name.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, plain)) => plain,
        None => name,
    }
}

fn last(package: &str) -> &str {
    package.rsplit_once(':').map_or(package, |(_, name)| name)
}
