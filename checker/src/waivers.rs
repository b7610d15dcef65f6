//! Waivers: findings that `linchpin.toml` allows for a while.
//!
//! A waiver makes a finding an allowed one, and lifts what contracts promise of a pair or an edge. What a runtime does
//! it never lifts, so those findings stay as they are: a module that is not loaded is seen to be none.

use jiff::civil::Date;

use crate::config::did_you_mean;
use crate::edges;
use crate::rule::{Check, Shown};
use crate::rules::RULES;
use crate::system::{DeclaredWaiver, System};
use crate::verdict::{Finding, Level, Pair, PairLevel, Plane, PolicyLevel, Waiver};
use crate::walk;

/// What is wrong with a waiver itself.
pub(crate) struct WaiverFault<'a> {
    pub(crate) waiver: &'a DeclaredWaiver,
    pub(crate) kind: Kind,
    /// Where it shows.
    pub(crate) shown: Shown,
}

/// What kind of thing.
pub(crate) enum Kind {
    /// There is no such rule; the nearest one, if any is near.
    UnknownRule { help: String },
    /// Its last day is over.
    Expired { today: Date },
    /// No finding is meant by it.
    Unused,
    /// It waives what a runtime does all the same.
    WithoutEffect,
}

/// The waivers of a system on one day.
pub(crate) struct Waivers<'s> {
    declared: &'s [DeclaredWaiver],
    today: Date,
    /// By waiver: whether a finding was meant by it, and whether one of them is the truth of a runtime.
    used: Vec<(bool, bool)>,
}

impl<'s> Waivers<'s> {
    pub(crate) fn on(system: &'s System, today: Date) -> Self {
        Self { declared: &system.waivers, today, used: vec![(false, false); system.waivers.len()] }
    }

    /// Allows every finding that a waiver means; of a finding that hits other modules as well, only that part. What a
    /// runtime does stays what it is, and says that it does.
    pub(crate) fn apply(&mut self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut all = findings;
        for (waiver, used) in self.declared.iter().zip(&mut self.used) {
            let mut others = Vec::new();
            for finding in &mut all {
                // What is allowed anyway needs no waiver.
                if finding.level == Level::Allow || !means(waiver, finding) {
                    continue;
                }
                used.0 = true;
                // What ran out is no use any more.
                if waiver.expires >= self.today && finding.plane == Plane::Link {
                    used.1 = true;
                    stays(finding);
                } else if waiver.expires >= self.today {
                    others.extend(split(finding, waiver));
                    finding.level = Level::Allow;
                    let expires = waiver.expires.to_string();
                    finding.waived = Some(Waiver { reason: waiver.reason.clone(), expires });
                }
            }
            all.extend(others);
        }
        all
    }

    /// What is wrong with the waivers themselves, when every finding has been seen.
    pub(crate) fn findings(&self, system: &System) -> Vec<Finding> {
        let mut findings = Vec::new();
        let frame = edges::frame(system, "waivers".to_owned());
        for (waiver, (used, link)) in self.declared.iter().zip(&self.used) {
            for kind in self.faults(waiver, *used, *link) {
                let place = match kind {
                    Kind::Expired { .. } => &waiver.expires_place,
                    Kind::UnknownRule { .. } | Kind::Unused | Kind::WithoutEffect => &waiver.rule_place,
                };
                let shown = Shown::new(Some(place), format!("rule {}", waiver.rule));
                let fault = WaiverFault { waiver, kind, shown };
                walk::run(&frame, &[], &mut findings, |check, sink| {
                    if let Check::Waiver(check) = check {
                        check(&fault, sink);
                    }
                });
            }
        }
        findings
    }

    fn faults(&self, waiver: &DeclaredWaiver, used: bool, link: bool) -> Vec<Kind> {
        let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        if !ids.contains(&waiver.rule.as_str()) {
            return vec![Kind::UnknownRule { help: nearest(&waiver.rule, &ids) }];
        }
        let mut faults = Vec::new();
        if waiver.expires < self.today {
            faults.push(Kind::Expired { today: self.today });
        } else if link {
            faults.push(Kind::WithoutEffect);
        }
        if !used {
            faults.push(Kind::Unused);
        }
        faults
    }
}

/// What was probably meant. The list of all rules would help nobody.
fn nearest(rule: &str, ids: &[&str]) -> String {
    let help = did_you_mean(rule, ids);
    if help.starts_with("did you mean") { help } else { "`linchpin explain` lists every rule".to_owned() }
}

/// Whether a waiver speaks of a finding: its rule, its path up to a whole part, a module that it hits.
fn means(waiver: &DeclaredWaiver, finding: &Finding) -> bool {
    let below = |path: &String| {
        finding
            .path
            .strip_prefix(path.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(" > ") || rest.starts_with('.'))
    };
    waiver.rule == finding.rule
        && waiver.path.as_ref().is_none_or(below)
        && waiver.module.as_ref().is_none_or(|module| finding.hits.iter().any(|hit| hit.module == *module))
}

/// Says once that no waiver allows a finding.
fn stays(finding: &mut Finding) {
    const STAYS: &str = "; no waiver allows it, for a runtime does it all the same";
    if !finding.help.ends_with(STAYS) {
        finding.help.push_str(STAYS);
    }
}

/// Takes the hits of other modules out of a finding, as a finding of their own.
fn split(finding: &mut Finding, waiver: &DeclaredWaiver) -> Option<Finding> {
    let module = waiver.module.as_ref()?;
    let (own, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut finding.hits).into_iter().partition(|hit| hit.module == *module);
    finding.hits = own;
    (!others.is_empty()).then(|| Finding { hits: others, ..finding.clone() })
}

/// A pair of which nothing but waived promises is wrong.
pub(crate) fn lift(pair: &mut Pair, findings: &[Finding]) {
    if pair.policy != PolicyLevel::Hazard {
        return;
    }
    let hits = |finding: &&Finding| {
        finding.plane == Plane::Policy
            && finding.hits.iter().any(|hit| {
                let here =
                    hit.on.as_ref().is_none_or(|on| on.target == pair.target && on.firmware == pair.firmware);
                hit.module == pair.module && here
            })
    };
    let own: Vec<&Finding> = findings.iter().filter(hits).collect();
    let waived = |finding: &&Finding| finding.waived.is_some();
    if own.iter().any(waived) && own.iter().all(|it| waived(it) || it.level == Level::Allow) {
        pair.policy = PolicyLevel::Ok;
        // Such a link is accepted, and what it means is what was waived.
        let link = if pair.link == PairLevel::Hazard { PairLevel::Ok } else { pair.link };
        pair.level = pair.policy.with(link);
    }
}

/// The level of an edge or of data, of which nothing but waived promises may be wrong.
pub(crate) fn lifted(level: PairLevel, own: &[Finding]) -> PairLevel {
    match level {
        PairLevel::Hazard | PairLevel::Conditional
            if own.iter().all(|finding| finding.level != Level::Deny) =>
        {
            PairLevel::Ok
        }
        PairLevel::Ok
        | PairLevel::Hazard
        | PairLevel::Conditional
        | PairLevel::CallFail
        | PairLevel::LinkFail
        | PairLevel::Unknown => level,
    }
}
