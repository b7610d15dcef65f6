//! The words that all forms share. Other commands that print findings use them too.

use std::borrow::Cow;

use crate::verdict::{Bump, Finding, Level, PairLevel, Party, Plane, Role, Side};

/// As reports call a party.
pub(super) fn party(party: Party) -> &'static str {
    match party {
        Party::Firmware => "firmware",
        Party::Module => "module",
        Party::Current => "current",
        Party::Released => "released",
        Party::System => "system",
        Party::Fleet => "inventory",
        Party::Data => "data",
        Party::Before => "before",
        Party::After => "after",
    }
}

/// As compilers call a level.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "note",
    }
}

/// As versions call a step.
pub fn step(bump: Bump) -> &'static str {
    match bump {
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

/// What a finding is true of, in two words.
pub fn plane(plane: Plane) -> &'static str {
    match plane {
        Plane::Link => "link truth",
        Plane::Policy => "contract policy",
        Plane::System => "the system",
    }
}

/// What a finding is true of, in one sentence.
pub fn plane_meaning(plane: Plane) -> &'static str {
    match plane {
        Plane::Link => "What a runtime really does with the two sides.",
        Plane::Policy => "What contracts and their versions promise, whether or not a runtime notices.",
        Plane::System => "What the description of the system asks for.",
    }
}

/// What happens to a pair, in a table's cell.
pub fn pair(level: PairLevel) -> &'static str {
    match level {
        PairLevel::Ok => "ok",
        PairLevel::Hazard => "hazard",
        PairLevel::Conditional => "some values",
        PairLevel::CallFail => "call fails",
        PairLevel::LinkFail => "no link",
        PairLevel::Unknown => "unknown",
    }
}

/// The same for programs, as JSON has it.
pub(super) fn pair_code(level: PairLevel) -> &'static str {
    match level {
        PairLevel::Ok => "ok",
        PairLevel::Hazard => "hazard",
        PairLevel::Conditional => "conditional",
        PairLevel::CallFail => "call-fail",
        PairLevel::LinkFail => "link-fail",
        PairLevel::Unknown => "unknown",
    }
}

/// What to see on a side, and whose side it is.
pub(super) fn label(side: &Side) -> String {
    if side.label.is_empty() {
        party(side.party).to_owned()
    } else {
        format!("{}: {}", party(side.party), side.label)
    }
}

/// What a side says that has no place, and why it has none.
pub(super) fn placeless(side: &Side) -> Vec<String> {
    let label = if side.label.is_empty() { String::new() } else { format!(": {}", side.label) };
    let says = format!("{} says `{}`{label}", party(side.party), side.text);
    std::iter::once(says).chain(side.note.clone()).collect()
}

/// Who must move first, as one sentence; absent if nobody waits for another.
pub(super) fn order(finding: &Finding) -> Option<String> {
    let second = match finding.moves_first? {
        Party::Firmware => "the module must wait until every firmware of its targets has the newer contract",
        Party::Module => "the firmware must wait until a module for the newer contract is there",
        Party::Current
        | Party::Released
        | Party::System
        | Party::Fleet
        | Party::Data
        | Party::Before
        | Party::After => "the contract must be settled",
    };
    Some(format!("{}; {second}", order_brief(finding)?))
}

/// The same without what follows from it for the other side.
pub(super) fn order_brief(finding: &Finding) -> Option<String> {
    let role = match finding.role? {
        Role::ModuleUpgrade => "module upgrade",
        Role::HostUpgrade => "firmware upgrade",
        Role::Composition => "composition",
        Role::Data => "recorded data",
    };
    Some(format!("{role}: the {} must move first", party(finding.moves_first?)))
}

/// Why a finding is allowed all the same, as one sentence; absent if it is not waived.
pub(super) fn waiver(finding: &Finding) -> Option<String> {
    let waiver = finding.waived.as_ref()?;
    Some(format!("waived until {}: {}", waiver.expires, waiver.reason))
}

/// How many devices are hit, as one phrase; absent if that is not known.
pub(super) fn devices(finding: &Finding) -> Option<String> {
    Some(format!("in the field: {}", devices_counted(finding.devices?)))
}

/// `1 device`, `1,204 devices`.
pub(super) fn devices_counted(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "device")
}

/// `1 pair`, `2 pairs`, `1,204 pairs`.
pub fn counted(number: usize, word: &str) -> String {
    format!("{} {word}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// `1204` as `1,204`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Control characters written out, so that no name can steer a terminal or end a line.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        Cow::Owned(text.chars().map(escaped).collect())
    } else {
        Cow::Borrowed(text)
    }
}
