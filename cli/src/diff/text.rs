//! A comparison for people: the findings, then what each package and each upgrade needs.

use linchpin_checker::diff::{Answer, PackageDiff};
use linchpin_checker::render::words::counted;
use linchpin_checker::render::{Detail, TextOptions, findings_text};
use linchpin_checker::verdict::{Level, PairLevel, Party, Role};
use linchpin_checker::{Diff, Step};

use crate::console::{BAD, BOLD, GOOD, WARN, styled};

pub(super) fn text(diff: &Diff, options: &TextOptions) -> String {
    let mut out = findings_text(&diff.findings, options) + &summary(diff).concat();
    let hidden = diff.findings.iter().filter(|finding| finding.level == Level::Allow).count();
    if options.detail == Detail::Brief && hidden > 0 {
        out.push_str(&format!("not shown: {}; `--verbose` shows them\n", counted(hidden, "note")));
    }
    out
}

/// One line for each package that changed and each upgrade.
pub(super) fn summary(diff: &Diff) -> Vec<String> {
    let packages = diff.packages.iter().filter(|package| matters(package)).map(step);
    let mut lines: Vec<String> = packages.chain(diff.answers.iter().map(upgrade)).collect();
    if diff.findings.is_empty() && diff.answers.iter().all(|answer| answer.level == PairLevel::Ok) {
        lines.push("nothing differs that another side could notice\n".to_owned());
    }
    lines
}

/// Packages of `deps/` that stayed as they were are nobody's concern.
fn matters(package: &PackageDiff) -> bool {
    package.own || package.required.is_some() || package.before != package.after
}

fn step(package: &PackageDiff) -> String {
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "without version".to_owned());
    let versions = match (&package.before, &package.after) {
        (None, None) => "without version".to_owned(),
        (before, after) if before == after => version(before),
        (before, after) => format!("{} -> {}", version(before), version(after)),
    };
    let declared = match package.declared {
        Step::Backward => "goes back",
        Step::Same => "the same version",
        Step::Unversioned => "no step declared",
        Step::Patch => "a patch step",
        Step::Minor => "a minor step",
        Step::Major => "a step to another track",
    };
    let needed =
        package.required.map_or_else(|| "none needed".to_owned(), |bump| format!("{} needed", bump.word()));
    let verdict = match (&package.least_version, package.enough) {
        (_, true) => styled(GOOD, "enough"),
        (Some(least), false) => {
            format!("{}: the least version that does is {least}", styled(BAD, "not enough"))
        }
        (None, false) => styled(BAD, "not enough"),
    };
    format!("{} {versions}: {declared}, {needed}: {verdict}\n", styled(BOLD, &package.package))
}

fn upgrade(answer: &Answer) -> String {
    let role = match answer.role {
        Role::HostUpgrade => "firmware upgrade",
        Role::ModuleUpgrade => "module upgrade",
        Role::Composition => "composition (the newer side provides, the older one consumes)",
        Role::Data => "recorded data",
    };
    let level = match answer.level {
        PairLevel::Ok => styled(GOOD, "fits"),
        PairLevel::Hazard => styled(BAD, "links, and values may change their meaning"),
        PairLevel::Conditional => styled(WARN, "depends on whether modules import or export what changed"),
        PairLevel::CallFail if answer.role == Role::Data => styled(BAD, "some values do not fit"),
        PairLevel::CallFail => styled(BAD, "fails when it is called"),
        PairLevel::LinkFail => styled(BAD, "does not link"),
        PairLevel::Unknown => styled(BAD, "cannot be decided"),
    };
    let first = match answer.moves_first {
        Some(Party::Firmware) => "; the firmware must move first",
        Some(Party::Module) => "; the modules must move first",
        Some(_) | None => "",
    };
    let because =
        if answer.because.is_empty() { String::new() } else { format!(" ({})", answer.because.join(", ")) };
    format!("{role}: {level}{first}{because}\n")
}
