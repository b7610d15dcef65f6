//! What signing says of itself.

use std::path::PathBuf;

use linchpin_checker::Verdict;
use linchpin_checker::render::words::counted;
use linchpin_checker::system::Module;
use linchpin_checker::verdict::Level;
use linchpin_trust::{Refusal, SigningKey};
use serde::Serialize;

use crate::console::{BAD, BOLD, GOOD, styled};

/// What was signed, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignReport {
    /// Why nothing was signed.
    pub refusal: Option<SignRefusal>,
    /// The modules that were attested.
    pub modules: Vec<String>,
    /// Their attestations, in the same order.
    pub files: Vec<PathBuf>,
    /// The attestation's counter.
    pub counter: Option<u64>,
    /// The ids of the keys that signed.
    pub key_ids: Vec<String>,
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignRefusal {
    /// A stable name.
    pub code: &'static str,
    /// The reason, with what to do.
    pub message: String,
}

impl SignReport {
    pub(super) fn refused(refusal: SignRefusal) -> Self {
        Self { refusal: Some(refusal), modules: vec![], files: vec![], counter: None, key_ids: vec![] }
    }

    pub(super) fn signed(
        modules: &[&Module],
        files: Vec<PathBuf>,
        counter: u64,
        keys: &[SigningKey],
    ) -> Self {
        Self {
            refusal: None,
            modules: modules.iter().map(|module| module.name.clone()).collect(),
            files,
            counter: Some(counter),
            key_ids: keys.iter().map(|key| key.public().id().to_string()).collect(),
        }
    }

    /// The report for people.
    pub fn to_text(&self) -> String {
        if let Some(refusal) = &self.refusal {
            return format!(
                "{} {}\n  {}\n",
                styled(BAD, "refused"),
                styled(BOLD, refusal.code),
                refusal.message
            );
        }
        let counter = self.counter.unwrap_or_default();
        let mut out = format!("{} {}, counter {counter}\n", styled(GOOD, "signed"), self.modules.join(", "));
        self.files.iter().for_each(|file| out.push_str(&format!("  {}\n", file.display())));
        self.key_ids.iter().for_each(|id| out.push_str(&format!("  by {id}\n")));
        out
    }
}

impl SignRefusal {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(super) fn trust(refusal: &Refusal) -> Self {
        Self::new(refusal.code(), refusal.to_string())
    }

    pub(super) fn component_changed(module: &str) -> Self {
        let message = format!(
            "the component of `{module}` is not the one that was checked; run `linchpin check` again"
        );
        Self::new("component-changed", message)
    }

    pub(super) fn system_changed() -> Self {
        let message =
            "`linchpin.toml`, a firmware or a contract changed after the check; run `linchpin check` again";
        Self::new("system-changed", message)
    }

    pub(super) fn verdict_not_clean(verdict: &Verdict) -> Self {
        let denied: Vec<_> = verdict.findings.iter().filter(|finding| finding.level == Level::Deny).collect();
        let first = denied
            .first()
            .map_or(String::new(), |finding| format!(", first `{}` at {}", finding.rule, finding.path));
        let message = format!(
            "the verdict has {}{first}; mend what `linchpin check` shows, and check again",
            counted(denied.len(), "finding")
        );
        Self::new("verdict-not-clean", message)
    }

    pub(super) fn verdict_differs(now: &Verdict) -> Self {
        let now = if now.clean { "clean" } else { "not clean" };
        let message = format!(
            "the verdict's file is not what checking gives, which is {now}: it was altered, or made by another version; \
             run `linchpin check` again"
        );
        Self::new("verdict-differs", message)
    }
}
