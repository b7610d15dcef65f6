//! The direct path and wasmtime's component model give the same values and refuse the same results.
//!
//! `cargo run --release -p linchpin-tests --bin differential -- --values 100000` compares more, and with `--generated`
//! more of generated code.

use linchpin_tests::differential::{Plan, run, run_generated};

#[test]
fn two_thousand_values_come_back_alike() {
    let report = run(Plan { values: 2_000, of_one_type: 25, seed: 1 }).expect("guests are built");
    assert!(report.differences.is_empty(), "{}", report.differences.join("\n\n"));
    assert_eq!(report.same + report.refused + report.over_limit, 2_000);
    // Neither kind of guest is there for show.
    assert!(report.same_though_spoiled > 100 && report.refused > 100, "{report:?}");
}

#[test]
fn two_thousand_values_come_back_alike_from_generated_code() {
    let report = run_generated(Plan { values: 2_000, of_one_type: 10, seed: 1 }).expect("the guest is built");
    assert!(report.differences.is_empty(), "{}", report.differences.join("\n\n"));
    assert_eq!(report.same + report.refused + report.over_limit, 2_000);
    assert!(report.same_though_spoiled > 100 && report.refused > 100, "{report:?}");
}
