//! Why a peer says something else than what is true. Whatever fits no class is a failure.

use std::collections::BTreeSet;

use linchpin_checker::link::{Fault, FaultKind, Link};
use linchpin_checker::verdict::PairLevel;

/// Another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// `wit_component::targets`, which `wasm-tools component targets` is.
    Targets,
    /// `wit_component::semver_check`, which `wasm-tools component semver-check` is.
    SemverCheck,
    /// `wac_types::validate_target`, which `wac targets` is.
    Wac,
}

impl Peer {
    /// As people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Targets => "targets",
            Self::SemverCheck => "semver-check",
            Self::Wac => "wac",
        }
    }
}

/// What a peer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The two fit.
    Fits,
    /// They do not, in the peer's words.
    Differs(String),
    /// It panics.
    Panics,
}

/// The checker's words.
#[derive(Debug, Clone)]
pub struct Words {
    /// For wasmtime 48, which wasmtime agrees with: what is true.
    pub truth: Link,
    /// For the rules that the peer goes by.
    pub rules: Rules,
}

/// The rules that a peer goes by, applied to a pair.
#[derive(Debug, Clone)]
pub enum Rules {
    /// What they come to.
    Known(Link),
    /// Without versions, two packages of the pair would be one.
    TwoVersions,
    /// They know nothing of a feature that the pair uses.
    FeatureOff,
}

/// How a peer differs from what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It refuses what works.
    FalseAlarm,
    /// It passes what fails, or what changes the meaning of values.
    FalsePass,
}

impl Verdict {
    /// In two words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FalseAlarm => "false alarm",
            Self::FalsePass => "false pass",
        }
    }
}

/// One reason to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Its name.
    pub name: &'static str,
    /// Whose it is.
    pub peer: Peer,
    /// Which way it errs.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: &'static str,
}

const fn alarm(peer: Peer, name: &'static str, reason: &'static str) -> Class {
    Class { name, peer, verdict: Verdict::FalseAlarm, reason }
}

const fn pass(peer: Peer, name: &'static str, reason: &'static str) -> Class {
    Class { name, peer, verdict: Verdict::FalsePass, reason }
}

const EXACT: &str = "an interface must have the very version; wasmtime takes any of its track";
const NAMES: &str = "a type must have its old name; wasmtime compares what types are made of";
const UNUSED: &str = "a type must stay that no function takes or gives; wasmtime looks only at functions";
const VERSIONS: &str = "versions are not looked at; wasmtime links nothing of another track";

const TWO_VERSIONS: &str = "two-versions";
const FEATURE: &str = "feature";
const OFF: &str =
    "the features of components are those on by default; wasmtime has more: maps, fixed lists, `async`";
const ONE: &str = "versions are left out, so that two versions of one package become one";

/// Every class there is.
pub static CLASSES: &[Class] = &[
    alarm(Peer::Targets, "exact-version", EXACT),
    alarm(Peer::Targets, "type-name", NAMES),
    alarm(Peer::Targets, "unused-type", UNUSED),
    alarm(Peer::SemverCheck, "type-name", NAMES),
    alarm(Peer::SemverCheck, "unused-type", UNUSED),
    alarm(Peer::SemverCheck, TWO_VERSIONS, ONE),
    alarm(Peer::SemverCheck, FEATURE, OFF),
    pass(Peer::SemverCheck, "other-track", VERSIONS),
    alarm(Peer::Wac, "type-name", NAMES),
    alarm(Peer::Wac, "unused-type", UNUSED),
];

/// The classes of a disagreement, none where there is no disagreement.
///
/// # Errors
/// What no class explains.
pub fn classes(peer: Peer, words: &Words, answer: &Answer) -> Result<BTreeSet<&'static str>, String> {
    let works = words.truth.level == PairLevel::Ok;
    let (verdict, link) = match (works, answer, &words.rules) {
        (true, Answer::Fits, _) | (false, Answer::Differs(_) | Answer::Panics, _) => {
            return Ok(BTreeSet::new());
        }
        (true, _, Rules::Known(link)) => (Verdict::FalseAlarm, Ok(link)),
        (true, _, Rules::TwoVersions) => (Verdict::FalseAlarm, Err(TWO_VERSIONS)),
        (true, _, Rules::FeatureOff) => (Verdict::FalseAlarm, Err(FEATURE)),
        (false, Answer::Fits, _) => (Verdict::FalsePass, Ok(&words.truth)),
    };
    let counts = |fault: &&Fault| match verdict {
        Verdict::FalseAlarm => fault.level >= PairLevel::LinkFail,
        Verdict::FalsePass => fault.level > PairLevel::Ok,
    };
    let listed =
        |name: &str| CLASSES.iter().find(|it| (it.peer, it.verdict, it.name) == (peer, verdict, name));
    let unlisted = |why: String| format!("a {} of `{}` in no class: {why}", verdict.name(), peer.name());
    let link = match link {
        Ok(link) => link,
        Err(name) => {
            let class = listed(name).ok_or_else(|| unlisted(name.to_owned()))?;
            return Ok(BTreeSet::from([class.name]));
        }
    };
    let faults: Vec<&Fault> = link.faults.iter().filter(counts).collect();
    if faults.is_empty() {
        return Err(unlisted("nothing differs".to_owned()));
    }
    let class = |fault: &&Fault| {
        let listed = listed(name(verdict, &fault.kind));
        listed.map(|class| class.name).ok_or_else(|| unlisted(format!("{:?} {fault}", fault.level)))
    };
    faults.iter().map(class).collect()
}

/// What a class is called that this fault is the reason of.
fn name(verdict: Verdict, kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::VersionTrackMissing { .. } => match verdict {
            Verdict::FalseAlarm => "exact-version",
            Verdict::FalsePass => "other-track",
        },
        FaultKind::TypeMissing => "type-name",
        FaultKind::Ownership { .. } => "ownership",
        FaultKind::Resource { .. } if verdict == Verdict::FalsePass => "other-resource",
        FaultKind::ParamRenamed { .. } | FaultKind::ParamSwapped { .. } => "parameter-name",
        FaultKind::Async { .. } => "async",
        // What differs in a function does not work, so this is in a type that no function uses.
        FaultKind::Type { .. }
        | FaultKind::MemberExtra { .. }
        | FaultKind::MemberRenamed { .. }
        | FaultKind::MembersReordered { .. }
        | FaultKind::PayloadExtra(_)
        | FaultKind::TupleLength { .. }
        | FaultKind::ListLength { .. }
        | FaultKind::Resource { .. } => "unused-type",
        // No class has this name, so a disagreement of another kind fails.
        _ => "unlisted",
    }
}
