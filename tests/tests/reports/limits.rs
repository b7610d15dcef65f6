//! What GitHub takes: so many results, so many characters, and commands that no text can end.

use std::collections::BTreeSet;

use linchpin_checker::Verdict;
use linchpin_checker::render::{Origin, findings_github, github_error, junit, markdown, matrix, sarif};
use linchpin_checker::verdict::{Finding, Pair, PairLevel, PolicyLevel};
use serde_json::Value;

use crate::full;

fn numbered(number: usize) -> Finding {
    Finding { path: format!("acme:f/api@1.0.0.plan-{number}"), ..full::denied() }
}

fn log(findings: &[Finding]) -> Value {
    serde_json::from_str(&sarif("acme", findings, &Origin::default()).unwrap()).unwrap()
}

#[test]
fn sarif_holds_as_many_results_as_github_takes_and_says_how_many_are_missing() {
    let findings: Vec<Finding> = (0..25_003).map(numbered).collect();
    let whole = log(&findings[..25_000]);
    assert_eq!(whole["runs"][0]["results"].as_array().unwrap().len(), 25_000);
    assert_eq!(whole["runs"][0]["invocations"][0].get("toolExecutionNotifications"), None);
    let cut = log(&findings);
    assert_eq!(cut["runs"][0]["results"].as_array().unwrap().len(), 25_000);
    let notice = &cut["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        notice["message"]["text"],
        "3 findings left out, since no more than 25,000 are taken; `linchpin check` shows them all"
    );
}

#[test]
fn a_result_has_no_more_locations_than_github_takes() {
    let mut finding = full::denied();
    let side = finding.sides[1].clone();
    finding.sides.extend(std::iter::repeat_n(side, 1_500));
    let log = log(&[finding]);
    let result = &log["runs"][0]["results"][0];
    let count = |key: &str| result[key].as_array().unwrap().len();
    assert_eq!(count("locations") + count("relatedLocations"), 1_000);
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_tells_two_findings_apart() {
    let fingerprint = |log: &Value, at: usize| {
        log["runs"][0]["results"][at]["partialFingerprints"]["linchpinFinding/v1"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let before = log(&[full::denied(), full::denied(), numbered(1)]);
    let mut moved = full::denied();
    moved.sides[0].place.as_mut().unwrap().line += 40;
    moved.hits.clear();
    let after = log(&[moved]);
    assert_eq!(fingerprint(&before, 0), fingerprint(&after, 0));
    let distinct: BTreeSet<_> = (0..3).map(|at| fingerprint(&before, at)).collect();
    assert_eq!(distinct.len(), 3);
}

#[test]
fn a_comment_is_never_longer_than_github_takes_and_says_what_was_cut() {
    for count in [1, 50, 300, 5_000] {
        let mut verdict = full::verdict();
        verdict.findings = (0..count).map(numbered).collect();
        let text = markdown(&verdict, &Origin::default());
        assert!(text.chars().count() < 65_536, "{count}: {}", text.chars().count());
        assert_eq!(text.contains("Cut here: "), count >= 300, "{count}");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count(), "{count}");
        let shown = text.matches("error[record-field-added]").count();
        if let Some(cut) = text.lines().find_map(|line| line.strip_prefix("Cut here: ")) {
            let left: String = cut.chars().take_while(|c| *c != ' ').filter(|c| *c != ',').collect();
            assert_eq!(shown + left.parse::<usize>().unwrap(), count);
        } else {
            assert_eq!(shown, count);
        }
    }
    let large = |modules| Verdict { pairs: (0..modules).map(pair).collect(), ..full::verdict() };
    assert!(markdown(&large(10), &Origin::default()).contains("guest-9"));
    let text = markdown(&large(5_000), &Origin::default());
    assert!(text.chars().count() < 65_536 && text.contains("--format matrix"));
}

fn pair(number: usize) -> Pair {
    Pair {
        module: format!("guest-{number}"),
        target: "heater".into(),
        firmware: "3.0.0".into(),
        link: PairLevel::Ok,
        policy: PolicyLevel::Ok,
        level: PairLevel::Ok,
    }
}

#[test]
fn no_text_ends_an_annotation_or_adds_one() {
    let mut finding = full::denied();
    finding.message = "100 %\r\n::error::no".into();
    finding.sides[0].place.as_mut().unwrap().file = "a,b:c%.wit".into();
    let text = findings_github(&[finding], &Origin::default());
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with(
        "::error file=a%2Cb%3Ac%25.wit,line=7,col=9,endColumn=17,title=record-field-added::100 %25%0D%0A::error::no%0A"
    ), "{text}");
    let error = github_error("a:b", Some((1, 2)), "x,y", "1 %\n2");
    assert_eq!(error, "::error file=a%3Ab,line=1,col=2,title=x%2Cy::1 %25%0A2\n");
}

#[test]
fn junit_has_a_case_for_each_pair_edge_and_file_and_for_each_error_that_no_pair_carries() {
    let mut verdict = full::verdict();
    let mut alone = full::denied();
    alone.hits.clear();
    alone.rule = "released-changed".into();
    alone.message = "<&\u{1}>".into();
    verdict.findings.push(alone);
    let xml = junit(&verdict, &Origin::default()).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                cases += usize::from(tag.name().as_ref() == b"testcase");
                failures += usize::from(tag.name().as_ref() == b"failure");
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    // Four pairs, two edges, one file, one error alone; of them one pair and one edge and the file are ok.
    assert_eq!((cases, failures), (8, 5), "{xml}");
}

#[test]
fn no_name_ends_a_cell_of_a_comment_or_becomes_markup() {
    let mut verdict = full::verdict();
    let target = "h|<b>";
    verdict.firmwares.iter_mut().for_each(|firmware| firmware.target = target.to_owned());
    verdict.pairs.iter_mut().for_each(|pair| pair.target = target.to_owned());
    verdict.pairs.iter_mut().for_each(|pair| pair.module = "m|<i>".to_owned());
    verdict.edges.iter_mut().for_each(|edge| edge.from.module = "e|<u>".to_owned());
    let page = markdown(&verdict, &Origin::default());
    let (_, tables) = page.split_once("Every module on every firmware").unwrap();
    for name in ["h\\|\\<b\\>", "m\\|\\<i\\>", "e\\|\\<u\\>"] {
        assert!(tables.contains(name), "{name}: {tables}");
    }
    // People read the same table as it is.
    assert!(matrix(&verdict, None).contains("m|<i>"));
}

#[test]
fn a_wide_matrix_is_cut_between_firmwares() {
    let verdict = full::verdict();
    assert_eq!(matrix(&verdict, None).matches("| heater").count(), 1);
    let narrow = matrix(&verdict, Some(40));
    assert!(narrow.matches("| heater").count() > 1, "{narrow}");
    for line in narrow.lines() {
        assert!(line.chars().count() <= 40, "{narrow}");
    }
    for firmware in ["3.0.0", "3.1.0", "3.2.0", "3.10.0"] {
        assert!(narrow.contains(firmware), "{narrow}");
    }
}
