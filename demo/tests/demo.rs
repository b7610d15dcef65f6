//! The demo from end to end, as `cargo demo` runs it, on the firmware that this build made.
#![expect(clippy::expect_used, reason = "a demo that cannot be run fails the test")]

use std::process::Command;

#[test]
fn the_whole_path_ends_with_a_heater_that_heats() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo"))
        .args(["--firmware", env!("CARGO_BIN_EXE_heater")])
        .output()
        .expect("the demo starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the demo failed:\n{errors}\n{text}");
    // The device holds its own figures against what the demo promises; here only that it came to each part.
    for part in [
        "acme-heating: clean; 6 pairs",
        "signed heater-schedule, heater-schedule-1-0, heater-thermostat, counter 1",
        "schedule 1.1.0 pays",
        "calls during the install, all answered",
        "[subject-mismatch]",
        "[import-present]",
        "[trap-instructions]",
        "[guard-range]",
    ] {
        assert!(text.contains(part), "`{part}` is missing from:\n{text}");
    }
}
