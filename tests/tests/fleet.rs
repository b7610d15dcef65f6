//! A made system is what it says it is, and checking it twice costs little the second time.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use linchpin_checker::verdict::PairLevel;
use linchpin_checker::{Options, check, load};
use linchpin_tests::fleet::{Size, make};

fn verdict(size: Size) -> linchpin_checker::Verdict {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let made = make(folder.path(), size).expect("the system is made");
    let verdict = check(
        &load(&folder.path().join("linchpin.toml")).expect("the system loads"),
        &Options::on("2026-06-30".parse().expect("a day")),
    );
    assert_eq!(verdict.pairs.len(), made.pairs);
    verdict
}

#[test]
fn a_system_of_many_modules_is_clean_and_one_that_breaks_is_not() {
    let size = Size { modules: 60, firmwares: 12, lines: 4, editions: 3, ..Size::default() };
    let clean = verdict(size);
    assert!(
        clean.clean,
        "{}",
        linchpin_checker::render::text(&clean, &linchpin_checker::render::TextOptions::default())
    );

    // Firmwares of the last edition go on with modules of the last edition; all others lack a field.
    let breaking = verdict(Size { breaking: true, ..size });
    let broken = breaking.pairs.iter().filter(|pair| pair.level == PairLevel::LinkFail).count();
    assert_eq!(broken, 60 * 8);
    let fields = breaking.findings.iter().filter(|finding| finding.rule == "record-field-added");
    assert_eq!(fields.map(|finding| finding.hits.len()).sum::<usize>(), 60 * 8);

    // An older module lacks the functions that later editions added.
    let mixed = verdict(Size { mixed: true, ..size });
    assert!(mixed.findings.iter().all(|finding| finding.rule == "func-removed"));
    assert_eq!(mixed.pairs.iter().filter(|pair| pair.level == PairLevel::Ok).count(), 60 * 12 * 2 / 3);
}
