//! Text as rustc writes it: one report a finding, with the places of both sides.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use crate::verdict::{Finding, Hit, Level, PairLevel, Party, Role, Side, Spot, Verdict};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With ANSI escapes.
    Always,
    /// Plain.
    Never,
}

/// The whole report: each finding, then one line of summary.
pub fn text(verdict: &Verdict, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Always => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in &verdict.findings {
        out.push_str(&renderer.render(&[group(finding)]));
        out.push_str("\n\n");
    }
    out.push_str(&summary(verdict));
    out
}

fn group(finding: &Finding) -> Group<'_> {
    let severity = match finding.level {
        Level::Deny => Severity::ERROR,
        Level::Warn => Severity::WARNING,
        Level::Allow => Severity::INFO,
    };
    let mut group =
        Group::with_title(severity.primary_title(finding.message.as_str()).id(finding.rule.as_str()));
    for (index, side) in finding.sides.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        if let Some(spot) = &side.place {
            group = group.element(snippet(spot, kind, label(side)));
        }
    }
    for note in notes(finding) {
        group = group.element(Severity::NOTE.message(note));
    }
    group.element(Severity::HELP.message(finding.help.as_str()))
}

fn snippet(
    spot: &Spot,
    kind: AnnotationKind,
    label: String,
) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let byte = |column: u32| {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        spot.line_text.char_indices().nth(column).map_or(spot.line_text.len(), |(at, _)| at)
    };
    let start = byte(spot.column.saturating_sub(1));
    let end = byte(spot.column.saturating_sub(1).saturating_add(spot.length)).max(start);
    Snippet::source(spot.line_text.as_str())
        .line_start(usize::try_from(spot.line).unwrap_or(1))
        .path(spot.file.as_str())
        .annotation(kind.span(start..end).label(label))
}

fn label(side: &Side) -> String {
    if side.label.is_empty() {
        who(side.party).to_owned()
    } else {
        format!("{}: {}", who(side.party), side.label)
    }
}

fn who(party: Party) -> &'static str {
    match party {
        Party::Firmware => "firmware",
        Party::Module => "module",
        Party::Current => "current",
        Party::Released => "released",
        Party::System => "system",
        Party::Fleet => "inventory",
        Party::Data => "data",
    }
}

fn notes(finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    for side in finding.sides.iter().filter(|side| side.place.is_none()) {
        notes.push(format!("{} says `{}`: {}", who(side.party), side.text, side.label));
        notes.extend(side.note.clone());
    }
    notes.push(format!("at {}", finding.path));
    if !finding.hits.is_empty() {
        notes.push(format!("hits {}", hits(&finding.hits)));
    }
    if let (Some(role), Some(first)) = (finding.role, finding.moves_first) {
        notes.push(order(role, first));
    }
    notes
}

/// `` `setpoint` 1.4.0 on `heater-3` 3.0.0, 3.1.0 ``.
fn hits(hits: &[Hit]) -> String {
    let mut grouped: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for hit in hits {
        let module = format!("`{}` {}", hit.module, hit.version);
        let (target, firmware) = match &hit.on {
            Some(on) => (format!(" on `{}` ", on.target), Some(on.firmware.clone())),
            None => (String::new(), None),
        };
        grouped.entry((module, target)).or_default().extend(firmware);
    }
    let parts = grouped
        .into_iter()
        .map(|((module, target), firmwares)| format!("{module}{target}{}", firmwares.join(", ")));
    parts.collect::<Vec<_>>().join("; ")
}

fn order(role: Role, first: Party) -> String {
    let role = match role {
        Role::ModuleUpgrade => "module upgrade",
        Role::HostUpgrade => "firmware upgrade",
    };
    let second = match first {
        Party::Firmware => {
            "the module must wait until every firmware of its targets calls the newer contract"
        }
        Party::Module => "the firmware must wait until a module for the newer contract is there",
        Party::Current | Party::Released | Party::System | Party::Fleet | Party::Data => {
            "the contract must be settled"
        }
    };
    format!("{role}: the {} must move first; {second}", who(first))
}

fn summary(verdict: &Verdict) -> String {
    let failing = verdict.pairs.iter().filter(|pair| pair.level != PairLevel::Ok).count();
    let count = |level| verdict.findings.iter().filter(|finding| finding.level == level).count();
    let state = if verdict.clean { "clean" } else { "not clean" };
    format!(
        "{}: {state}; {}, {failing} of them not ok; {}, {}\n",
        verdict.system.name,
        counted(verdict.pairs.len(), "pair"),
        counted(count(Level::Deny), "error"),
        counted(count(Level::Warn), "warning"),
    )
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
