//! Mistakes that a user makes, and what the compiler then says: one mistake, one error, at the user's token.
//!
//! Each file of `tests/trybuild` in the workspace is a guest with a mistake, `wit` beside them the contract of all. What
//! is compiled lies in a crate that `trybuild` makes; it finds the contract where every crate does without being told:
//! in `wit`. The test stands here and not in `linchpin-tests`, whose dependencies `trybuild` would build once more.

use std::path::Path;

#[test]
fn each_mistake_has_one_error_at_its_place() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/trybuild/wit");
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/linchpin-guest/wit");
    std::fs::create_dir_all(&made).unwrap();
    std::fs::copy(here.join("heater.wit"), made.join("heater.wit")).unwrap();
    let cases = trybuild::TestCases::new();
    cases.pass("../../tests/trybuild/none*.rs");
    for group in ["record", "enum", "flags", "variant", "alias", "type", "function", "world"] {
        cases.compile_fail(format!("../../tests/trybuild/{group}_*.rs"));
    }
}
