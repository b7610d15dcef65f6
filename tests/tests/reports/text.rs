//! Text follows the width, keeps what it sums up, and lets nothing steer the terminal.

use linchpin_checker::render::{Colour, Detail, TextOptions, findings_text, text};
use linchpin_checker::verdict::{Finding, Hit};

use crate::fixture::{Fixture, root};
use crate::full;

fn at(width: usize) -> TextOptions {
    TextOptions { width: Some(width), ..TextOptions::default() }
}

fn one(finding: &Finding, options: &TextOptions) -> String {
    findings_text(std::slice::from_ref(finding), options)
}

#[test]
fn sentences_are_broken_at_the_width_and_lose_no_word() {
    let verdict = Fixture::new(&root().join("_several/five-mistakes")).verdict();
    let whole = text(&verdict, &TextOptions::default());
    for width in [80, 100, 160] {
        let broken = text(&verdict, &at(width));
        // Lines of source and what is written under them stay whole.
        for line in broken.lines().filter(|line| !line.contains(" | ")) {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        let words = |text: &str| {
            text.split_whitespace().filter(|word| *word != "|").map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(words(&broken), words(&whole), "{width}");
    }
}

#[test]
fn many_findings_are_counted_by_rule_and_the_order_is_told_once() {
    let mut verdict = full::verdict();
    let numbered = |number: usize| Finding { path: format!("plan-{number}"), ..full::denied() };
    verdict.findings = (0..50).map(numbered).collect();
    verdict.findings.push(Finding { rule: "func-removed".into(), ..full::denied() });
    let brief = text(&verdict, &TextOptions::default());
    assert!(brief.contains("by rule: 50 record-field-added, 1 func-removed\n"), "{brief}");
    assert_eq!(brief.matches("must move first").count(), 51);
    assert_eq!(brief.matches("must wait until").count(), 1);
    let whole = text(&verdict, &TextOptions { detail: Detail::Full, ..TextOptions::default() });
    assert_eq!(whole.matches("must wait until").count(), 51);
}

#[test]
fn lines_of_source_are_never_broken() {
    let mut finding = full::denied();
    let place = finding.sides[0].place.as_mut().unwrap();
    place.line_text.push_str(" // the reason is long, and it goes on to the right of the terminal's edge");
    let line = place.line_text.clone();
    assert!(one(&finding, &at(200)).contains(&line));
    let narrow = one(&finding, &at(50));
    assert!(narrow.contains("humidity: option<f64>") && !narrow.contains(&line), "{narrow}");
}

/// A package that a program wrote may stand on one line; the place is told all the same.
#[test]
fn a_line_that_nobody_reads_is_not_shown() {
    let mut finding = full::denied();
    let place = finding.sides[0].place.as_mut().unwrap();
    (place.line_text, place.line, place.column) = (String::new(), 1, 90_210);
    let (file, text) = (place.file.clone(), finding.sides[0].text.clone());
    let shown = one(&finding, &TextOptions::default());
    assert!(shown.contains(&format!("{file}:1:90210")), "{shown}");
    assert!(shown.contains(&text), "{shown}");
}

#[test]
fn a_long_list_of_hits_is_summed_up_unless_all_of_it_is_asked_for() {
    let hits: Vec<Hit> = (0..1204).map(|number| full::hit("plan", Some(&format!("3.{number}.0")))).collect();
    let finding = Finding { hits, ..full::denied() };
    let brief = one(&finding, &TextOptions::default());
    assert!(
        brief.contains(
            "hits 1,204 pairs: `plan` 1.4.0 on `heater` 3.0.0, 3.1.0, 3.2.0, 3.3.0; and 1,200 more"
        ),
        "{brief}"
    );
    assert!(brief.contains("in the field: 1,204 devices"), "{brief}");
    let full = one(&finding, &TextOptions { detail: Detail::Full, ..TextOptions::default() });
    assert!(
        full.contains("hits `plan` 1.4.0 on `heater` 3.0.0, 3.1.0") && full.contains("3.1203.0"),
        "{full}"
    );
}

#[test]
fn what_is_waived_is_counted_and_shown_with_its_reason_on_request() {
    let verdict = full::verdict();
    let brief = text(&verdict, &TextOptions::default());
    assert!(!brief.contains("unit-changed"), "{brief}");
    assert!(brief.contains("1 waived"), "{brief}");
    assert!(brief.contains("`--verbose` shows"), "{brief}");
    let full = text(&verdict, &TextOptions { detail: Detail::Full, ..TextOptions::default() });
    assert!(full.contains("note[unit-changed]"), "{full}");
    assert!(full.contains("waived until 2027-01-31: nobody reads the field"), "{full}");
    assert!(!full.contains("`--verbose`"), "{full}");
}

#[test]
fn colours_are_the_terminals_own_and_only_there_when_asked_for() {
    let verdict = full::verdict();
    let coloured = text(&verdict, &TextOptions { colour: Colour::Always, ..TextOptions::default() });
    assert!(coloured.contains("\x1b["));
    // Eight-bit and true colours look alike on no two terminals.
    assert!(!coloured.contains("\x1b[38;") && !coloured.contains("\x1b[48;"), "{coloured:?}");
    assert!(!text(&verdict, &TextOptions::default()).contains('\x1b'));
}

#[test]
fn names_cannot_steer_the_terminal() {
    let evil = "\x1b[2J\u{9b}31m\u{7}";
    let mut finding = full::denied();
    finding.message.push_str(evil);
    finding.help.push_str(evil);
    finding.path.push_str(evil);
    finding.hits[0].module.push_str(evil);
    let side = finding.sides[0].clone();
    finding.sides.push(linchpin_checker::verdict::Side { place: None, text: evil.into(), ..side });
    finding.sides[0].label.push_str(evil);
    finding.sides[0].place.as_mut().unwrap().line_text.push_str(evil);
    finding.sides[0].place.as_mut().unwrap().file.push_str(evil);
    let shown = one(&finding, &TextOptions { detail: Detail::Full, ..TextOptions::default() });
    let control: Vec<char> = shown.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert!(control.is_empty(), "{shown:?}");
}
