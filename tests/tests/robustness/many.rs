//! Contracts of thousands of parts that all changed: what a comparison costs grows with them, not with their square.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use linchpin_checker::diff;
use linchpin_checker::diff::Source;
use linchpin_checker::render::{TextOptions, findings_text};
use linchpin_contract::load_text;

use super::fixture::Fixture;

const PARTS: usize = 5_000;
/// Without optimisation, on a machine that builds something else.
const TIME_MAX: Duration = Duration::from_secs(5);

/// What one kind of contract is made of: each part, by its edition and number, and what stands around them.
struct Kind {
    name: &'static str,
    part: fn(char, usize) -> String,
    around: fn(&str) -> String,
}

const KINDS: [Kind; 7] = [
    Kind { name: "renamed fields", part: |edition, part| format!("{edition}-n{part}: u32,"), around: record },
    Kind { name: "retyped fields", part: retyped, around: record },
    Kind {
        name: "retyped fields on one line",
        part: |edition, part| format!("/*{:120}*/ {}", "", retyped(edition, part)),
        around: |parts| record(&parts.replace('\n', " ")),
    },
    Kind {
        name: "renamed cases",
        part: |edition, part| format!("{edition}-n{part}(u32),"),
        around: |parts| around(&format!("variant r {{\n{parts}}}"), "a: r"),
    },
    Kind {
        name: "renamed cases of an enum",
        part: |edition, part| format!("{edition}-n{part},"),
        around: |parts| around(&format!("enum r {{\n{parts}}}"), "a: r"),
    },
    Kind {
        name: "renamed functions",
        part: |edition, part| format!("{edition}-n{part}: func(a: u32) -> u32;"),
        around: |parts| around(parts, "a: u32"),
    },
    Kind {
        name: "renamed parameters",
        part: |edition, part| format!("{edition}-n{part}: u32,"),
        around: |parts| around("", parts),
    },
];

fn retyped(edition: char, part: usize) -> String {
    format!("n{part}: {},", if edition == 'a' { "u32" } else { "string" })
}

fn record(parts: &str) -> String {
    around(&format!("record r {{\n{parts}}}"), "a: r")
}

fn around(types: &str, params: &str) -> String {
    format!(
        "package acme:f@1.0.0;\ninterface api {{\n{types}\nplan: func({params}) -> u32;\n}}\nworld w {{ export api; }}\n"
    )
}

fn edition(kind: &Kind, edition: char) -> String {
    let mut parts = String::new();
    for part in 0..PARTS {
        writeln!(parts, "{}", (kind.part)(edition, part)).unwrap();
    }
    (kind.around)(&parts)
}

/// Two functions whose parts have all other names, of a length that changed inputs may have.
pub(crate) fn related() -> String {
    let fields =
        |edition: char| -> String { (0..1_000).map(|part| format!("{edition}{part}: u8, ")).collect() };
    format!(
        "package a:b@1.0.0;\ninterface i {{\nrecord r {{ {} }}\nrecord s {{ {} }}\nf: func(a: r);\ng: func(a: s);\n}}\n",
        fields('a'),
        fields('b')
    )
}

/// The least of a few runs: on a busy machine a run can wait for its turn.
fn within_time(what: &str, run: impl Fn()) {
    let mut least = Duration::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        run();
        least = least.min(started.elapsed());
        if least <= TIME_MAX {
            return;
        }
    }
    panic!("{what}: {least:?}");
}

#[test]
fn two_editions_of_many_parts_are_compared_in_time() {
    for kind in KINDS {
        let [before, after] = ['a', 'b'].map(|name| edition(&kind, name));
        within_time(kind.name, || {
            let side = |text: &str| Source::contract("f.wit", load_text("f.wit", text).unwrap());
            let diff = diff(&side(&before), &side(&after), None).unwrap();
            assert!(diff.findings.len() >= PARTS, "{}: {}", kind.name, diff.findings.len());
            assert!(findings_text(&diff.findings, &TextOptions::default()).len() > PARTS);
        });
    }
}

#[test]
fn a_system_of_many_parts_is_checked_in_time() {
    // A component's own parts are bounded by WebAssembly; its parameters at a thousand.
    for kind in KINDS.iter().filter(|kind| kind.name != "renamed parameters") {
        let fixture = Fixture::of_wit(&edition(kind, 'a'), &edition(kind, 'b'));
        within_time(kind.name, || {
            let verdict = fixture.verdict();
            assert!(verdict.findings.len() >= PARTS, "{}: {}", kind.name, verdict.findings.len());
        });
    }
}
