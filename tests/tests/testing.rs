//! `linchpin-testing`: what differs between a guest's native code and its component is found, and nothing else is.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "cli/program.rs"]
mod program;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use differing::Differing;
use linchpin_testing::{Compared, Difference, Error, Options, compare};
use program::{LINCHPIN, in_crate};

/// The component, built as its author builds it.
static COMPONENT: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("differing");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("testing");
    let path = out.to_str().unwrap();
    let built = in_crate(&folder, LINCHPIN, &["build", "differing", "--quiet", "--out", path]);
    assert_eq!(built.code, 0, "{built:?}");
    out.join("differing.wasm")
});

fn options(function: &str) -> Options {
    let limits = linchpin_host::Limits { instructions: 1_000_000, ..Options::default().limits };
    Options {
        function: Some(function.to_owned()),
        component: Some(COMPONENT.clone()),
        limits,
        ..Options::default()
    }
}

fn difference(function: &str) -> Difference {
    match compare::<Differing>(&options(function)) {
        Err(Error::Different(difference)) => *difference,
        other => panic!("{function}: {other:?}"),
    }
}

#[test]
fn what_is_the_same_is_found_to_be() {
    for function in ["echo", "sum", "third", "in-range"] {
        let options = Options { cases: 400, ..options(function) };
        let Compared { functions, inputs, .. } = compare::<Differing>(&options).unwrap();
        assert_eq!((functions, inputs), (1, 400), "{function}");
    }
}

#[test]
fn the_ends_of_a_range_are_tried() {
    let found = difference("at-the-end");
    assert_eq!((found.input, found.native.as_str()), (vec!["120".to_owned()], "false"));
}

#[test]
fn code_for_one_target_is_found_at_the_first_value_that_shows_it() {
    let found = difference("adds-one");
    assert_eq!(found.function, "test:differing/functions@1.0.0#adds-one");
    assert_eq!((found.input[0].as_str(), found.native.as_str()), ("1001", "1001"));
    assert_eq!(found.component, "1000");
}

#[test]
fn the_width_of_usize_is_found() {
    let found = difference("counts");
    assert_eq!(found.input, [(1_u32 << 31).to_string()], "the least that does not fit");
    assert_eq!((found.native.as_str(), found.component.as_str()), ("true", "false"));
}

#[test]
fn a_panic_is_a_trap_and_nothing_else() {
    let found = difference("stops");
    assert_eq!(found.input, ["77"]);
    assert_eq!((found.native.as_str(), found.component.as_str()), ("panicked: there are only 77", "77"));
}

#[test]
fn a_limit_is_no_answer() {
    let found = difference("spins");
    assert_eq!(found.input, ["201"]);
    assert_eq!(found.native, "201");
    assert_eq!(found.component, "failed: the guest used up its instructions");
}

#[test]
fn an_overflow_is_found_within_the_range_of_its_arguments() {
    let error = compare::<Differing>(&options("overflows")).unwrap_err();
    assert_eq!(error.code(), "different");
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn the_same_seed_gives_the_same_inputs() {
    let of = |seed| match compare::<Differing>(&Options { cases: 40, seed, ..options("stops") }) {
        Err(Error::Different(difference)) => difference.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(7), of(7));
}

#[test]
fn an_input_is_written_as_the_tool_takes_it() {
    let component = COMPONENT.to_str().unwrap();
    for function in ["overflows", "told"] {
        let found = difference(function);
        let mut arguments = vec!["run", component, function, "--wave"];
        arguments.extend(found.input.iter().map(String::as_str));
        let ran = program::linchpin(Path::new("."), arguments);
        assert!(ran.stdout.starts_with(&found.component), "{ran:?} {found}");
    }
}

#[test]
fn what_cannot_be_compared_is_told() {
    let code = |options: &Options| compare::<Differing>(options).unwrap_err().code();
    assert_eq!(code(&options("absent")), "other-function");
    let other = Options { component: Some(PathBuf::from("no/such/file.wasm")), ..options("sum") };
    assert_eq!(code(&other), "unreadable");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not.wasm");
    std::fs::write(&path, b"no component").unwrap();
    let broken = Options { component: Some(path), ..options("sum") };
    assert!(
        compare::<Differing>(&broken).unwrap_err().to_string().starts_with("cannot load the component: ")
    );
}
