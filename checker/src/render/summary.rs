//! A verdict in numbers.

use serde::Serialize;

use super::words::{counted, thousands};
use crate::verdict::{Finding, Level, PairLevel, Verdict};

/// A verdict in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Whether every pair is ok and no finding is denied.
    pub clean: bool,
    /// Pairs by their level.
    pub pairs: PairCounts,
    /// Edges by their level.
    pub edges: PairCounts,
    /// Files of recorded data by their level.
    pub data: PairCounts,
    /// Findings by their level.
    pub findings: FindingCounts,
}

/// How many pairs, edges or files have which level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PairCounts {
    /// All of them.
    pub all: usize,
    /// Those that load, and every value means the same on both sides.
    pub ok: usize,
    /// Those that load, but some value may mean another thing.
    pub hazard: usize,
    /// Those that load, and work for some values only.
    pub conditional: usize,
    /// Those that load, and fail when they are called.
    pub call_fail: usize,
    /// Those that are not loaded.
    pub link_fail: usize,
    /// Those that cannot be decided.
    pub unknown: usize,
}

/// How many findings have which level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    /// Those that keep the verdict from being clean.
    pub errors: usize,
    /// Those that are worth knowing.
    pub warnings: usize,
    /// Facts without consequence, and not waived.
    pub notes: usize,
    /// Those that `linchpin.toml` waives.
    pub waived: usize,
}

impl Summary {
    /// Counts.
    pub fn of(verdict: &Verdict) -> Self {
        Self {
            clean: verdict.clean,
            pairs: PairCounts::of(verdict.pairs.iter().map(|pair| pair.level)),
            edges: PairCounts::of(verdict.edges.iter().map(|edge| edge.level)),
            data: PairCounts::of(verdict.data.iter().map(|data| data.level)),
            findings: FindingCounts::of(&verdict.findings),
        }
    }

    /// `12 pairs: 8 ok, ..; 5 errors, 2 warnings, 1 waived`; edges and data where there are any.
    pub(super) fn sentence(&self) -> String {
        let mut parts = vec![self.pairs.sentence("pair", Zeros::Told)];
        for (counts, word) in [(&self.edges, "edge"), (&self.data, "data file")] {
            if counts.all > 0 {
                parts.push(counts.sentence(word, Zeros::LeftOut));
            }
        }
        parts.push(self.findings.sentence());
        parts.join("; ")
    }

    /// As `clean` or `not clean`.
    pub fn state(&self) -> &'static str {
        if self.clean { "clean" } else { "not clean" }
    }
}

impl PairCounts {
    /// Counts.
    pub fn of(levels: impl IntoIterator<Item = PairLevel>) -> Self {
        let mut counts = Self::default();
        for level in levels {
            counts.all += 1;
            let count = match level {
                PairLevel::Ok => &mut counts.ok,
                PairLevel::Hazard => &mut counts.hazard,
                PairLevel::Conditional => &mut counts.conditional,
                PairLevel::CallFail => &mut counts.call_fail,
                PairLevel::LinkFail => &mut counts.link_fail,
                PairLevel::Unknown => &mut counts.unknown,
            };
            *count += 1;
        }
        counts
    }

    /// `12 pairs: 8 ok, 2 fail to link, 1 hazard, 1 unknown`.
    fn sentence(&self, word: &str, zeros: Zeros) -> String {
        let kinds = [
            (self.link_fail, said(self.link_fail, "fails to link", "fail to link"), true),
            (self.call_fail, said(self.call_fail, "fails when called", "fail when called"), false),
            (
                self.conditional,
                said(self.conditional, "works for some values", "work for some values"),
                false,
            ),
            (self.hazard, counted(self.hazard, "hazard"), true),
            (self.unknown, format!("{} unknown", thousands(self.unknown)), true),
        ];
        let told =
            |(count, _, always): &(usize, String, bool)| *count > 0 || (*always && zeros == Zeros::Told);
        let kinds = kinds.into_iter().filter(told).map(|(_, kind, _)| kind);
        let parts: Vec<String> = std::iter::once(format!("{} ok", thousands(self.ok))).chain(kinds).collect();
        format!("{}: {}", counted(self.all, word), parts.join(", "))
    }
}

/// Whether a kind of which there is none is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zeros {
    Told,
    LeftOut,
}

impl FindingCounts {
    /// Counts.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let count = match (finding.level, &finding.waived) {
                (_, Some(_)) => &mut counts.waived,
                (Level::Deny, None) => &mut counts.errors,
                (Level::Warn, None) => &mut counts.warnings,
                (Level::Allow, None) => &mut counts.notes,
            };
            *count += 1;
        }
        counts
    }

    /// `5 errors, 2 warnings, 1 waived`.
    fn sentence(&self) -> String {
        let errors = counted(self.errors, "error");
        let warnings = counted(self.warnings, "warning");
        format!("{errors}, {warnings}, {} waived", thousands(self.waived))
    }
}

fn said(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}
