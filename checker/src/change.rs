//! What rules about two editions of a contract look at: items that came or went, versions, what leans on what.

use semver::Version;

use crate::bump::Step;
use crate::rule::Shown;
use crate::verdict::Bump;

/// An item of a contract that came, went, or is there in another way.
pub(crate) struct ItemChange {
    pub(crate) kind: ItemKind,
    pub(crate) change: Change,
    /// As `suggest`, or `wasi:io/streams@0.2.0`; the newer name of a renamed item.
    pub(crate) name: String,
    /// What has it, as "interface `api`".
    pub(crate) owner: String,
    pub(crate) before: Shown,
    pub(crate) after: Shown,
    /// Whether it could be seen coming that the item went.
    pub(crate) notice: Notice,
    /// An item that came and whose `@since` names a version that did not have it, and that version.
    pub(crate) early: Option<(Version, Version)>,
}

/// What kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Package,
    Interface,
    World,
    Function,
    Resource,
    /// A type that functions use.
    Type,
    /// A type that functions use where they used another one of the same parts.
    UsedType,
    /// An alias, or a name that `use` brings in.
    Alias,
    /// A type that no function uses.
    UnusedType,
    /// A type that no function uses, in an interface that has types alone.
    SharedType,
    WorldImport,
    /// An import that has types alone.
    WorldTypes,
    WorldExport,
    /// Doc comments; the name lists the items.
    Docs,
}

impl ItemKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Interface => "interface",
            Self::World => "world",
            Self::Function => "function",
            Self::Resource => "resource",
            Self::Type | Self::UsedType | Self::UnusedType | Self::SharedType => "type",
            Self::Alias => "alias",
            Self::WorldImport | Self::WorldTypes => "import",
            Self::WorldExport => "export",
            Self::Docs => "doc comment",
        }
    }
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Removed,
    /// It had this name before.
    Renamed(String),
    /// It is another thing under the same name.
    Changed,
    /// It stands for the very version of the other side no more: the older and the newer one.
    Moved(String),
    /// It is behind a feature now.
    Gated(String),
}

/// Whether it could be seen coming that an item went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The contract has no gates, so it promises no notice.
    Unused,
    /// It was `@deprecated`.
    Given,
    /// Others are `@since` or `@deprecated`; this one was not deprecated.
    Missing,
}

impl ItemChange {
    pub(crate) fn is(&self, kind: ItemKind, change: &Change) -> bool {
        self.kind == kind && self.change == *change
    }

    /// "function `suggest` of interface `api`".
    pub(crate) fn what(&self) -> String {
        let of = if self.owner.is_empty() { String::new() } else { format!(" of {}", self.owner) };
        format!("{} `{}`{of}", self.kind.word(), self.name)
    }
}

/// The versions of a package on two sides, and what changed between them.
pub(crate) struct Versions {
    /// As `acme:heater`.
    pub(crate) package: String,
    pub(crate) before: Option<Version>,
    pub(crate) after: Option<Version>,
    /// Whether the contract itself declares it.
    pub(crate) own: bool,
    /// The step between the two.
    pub(crate) declared: Step,
    /// The step that the changes need.
    pub(crate) required: Option<Bump>,
    /// The least version that would do.
    pub(crate) next: Option<Version>,
    /// How many changes need that step.
    pub(crate) changes: usize,
    /// What the first of them says.
    pub(crate) first: Option<String>,
    pub(crate) before_at: Shown,
    pub(crate) after_at: Shown,
}

/// Versions that keep the two sides of a package from meeting, whatever else changed.
pub(crate) struct Apart {
    /// As `acme:heater`.
    pub(crate) package: String,
    pub(crate) before: Option<Version>,
    pub(crate) after: Option<Version>,
    pub(crate) by: ApartBy,
    pub(crate) before_at: Shown,
    pub(crate) after_at: Shown,
}

/// What the versions keep from meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApartBy {
    /// Firmware and modules: neither version stands for the other.
    Track,
    /// Composed components alone, which take names with their versions as they are written.
    Name,
}

impl Apart {
    /// "1.0.0" and "2.0.0", or "no version".
    pub(crate) fn versions(&self) -> (String, String) {
        let shown =
            |version: &Option<Version>| version.as_ref().map_or("no version".to_owned(), ToString::to_string);
        (shown(&self.before), shown(&self.after))
    }
}

/// What one item of the newer contract needs of another one, and did not need before.
pub(crate) struct Reliance {
    /// "function `plan` of interface `api`".
    pub(crate) user: String,
    /// "type `old-inputs`", "package `acme:units@2.0.0-rc.1`".
    pub(crate) used: String,
    pub(crate) weakness: Weakness,
    pub(crate) user_at: Shown,
    pub(crate) used_at: Shown,
}

/// Why it is not good to need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// It is deprecated since this version.
    Deprecated(Version),
    /// It is a pre-release, which may still change, and the user is none.
    Prerelease,
}

impl Versions {
    /// "one change needs a minor step: function `suggest` was added", "3 changes need a major step, the first: ..".
    pub(crate) fn reason(&self, step: Bump) -> String {
        let step = step.word();
        match (self.changes, &self.first) {
            (0, _) => format!("what it is built on needs a {step} step"),
            (1, None) => format!("one change needs a {step} step"),
            (1, Some(first)) => format!("one change needs a {step} step: {first}"),
            (more, None) => format!("{more} changes need a {step} step"),
            (more, Some(first)) => format!("{more} changes need a {step} step, the first: {first}"),
        }
    }

    /// What to do about the version.
    pub(crate) fn help(&self) -> String {
        match &self.next {
            Some(next) => format!("the least version that does is {next}"),
            None => "stay on the track of the older version".to_owned(),
        }
    }
}
