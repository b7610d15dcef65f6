//! What a slot is after a restart, with a store that is whole, damaged, or someone else's.

use crate::device::{NOW, builder, release, trusted, value};
use crate::guests::{constant, stopping};
use linchpin_host::{Outcome, Slot, Store};
use std::fs;
use std::path::{Path, PathBuf};

/// A directory store with counters 1 and 2 installed.
fn two_generations() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let slot = open(directory.path());
    slot.install(&release(constant(1), 1), NOW).unwrap();
    slot.install(&release(constant(2), 2), NOW).unwrap();
    directory
}

fn open(directory: &Path) -> Slot {
    builder().open(Store::directory(directory).unwrap()).unwrap()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = [directory.to_owned(), directory.join("blobs")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

#[test]
fn a_restart_finds_both_modules_and_goes_on() {
    let directory = two_generations();
    let slot = open(directory.path());
    assert!(slot.start_problems().is_empty(), "{:?}", slot.start_problems());
    assert_eq!(value(&slot), Ok(Outcome::Value(2)));
    slot.rollback().unwrap();
    let slot = open(directory.path());
    assert_eq!(value(&slot), Ok(Outcome::Value(1)));
    assert_eq!(slot.last_known_good(), None);
    slot.install(&release(constant(3), 3), NOW).unwrap();
    assert_eq!(value(&open(directory.path())), Ok(Outcome::Value(3)));
}

#[test]
fn a_counter_does_not_go_back_by_a_restart() {
    let directory = two_generations();
    let slot = open(directory.path());
    assert_eq!(slot.install(&release(constant(9), 1), NOW).unwrap_err().code(), "counter-older");
    assert_eq!(slot.install(&release(constant(9), 2), NOW).unwrap_err().code(), "counter-reused");
    slot.install(&release(constant(9), 3), NOW).unwrap();
}

#[test]
fn a_key_that_is_no_longer_trusted_stops_what_it_signed() {
    let directory = two_generations();
    let mut state = trusted();
    state.keys = [linchpin_trust::SigningKey::from_seed([8; 32]).public()].into();
    let slot = builder().trust(state).open(Store::directory(directory.path()).unwrap()).unwrap();
    assert_eq!(slot.active(), None);
    let codes: Vec<_> = slot.start_problems().iter().map(|problem| problem.code()).collect();
    assert_eq!(codes, ["key-unknown", "key-unknown"]);
}

#[test]
fn any_one_file_can_be_lost_cut_or_changed() {
    let whole = two_generations();
    let names: Vec<_> =
        files(whole.path()).iter().map(|path| path.strip_prefix(whole.path()).unwrap().to_owned()).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    for name in &names {
        for harm in ["lose", "cut", "empty", "flip", "zero"] {
            let directory = two_generations();
            let path = directory.path().join(name);
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            match harm {
                "lose" => fs::remove_file(&path).unwrap(),
                "cut" => fs::write(&path, &bytes[..middle]).unwrap(),
                "empty" => fs::write(&path, b"").unwrap(),
                "flip" => {
                    bytes[middle] ^= 1;
                    fs::write(&path, &bytes).unwrap();
                }
                _ => fs::write(&path, vec![0; bytes.len()]).unwrap(),
            }
            let slot = open(directory.path());
            let outcome = value(&slot).unwrap_or_else(|why| panic!("{name:?} {harm}: {why}"));
            assert!(matches!(outcome, Outcome::Value(1 | 2)), "{name:?} {harm}: {outcome:?}");
            let lost_record = harm == "lose" && !name.starts_with("blobs");
            let codes: Vec<_> = slot.start_problems().iter().map(|problem| problem.code()).collect();
            assert!(lost_record || codes == ["damaged"], "{name:?} {harm}: {codes:?}");
            slot.install(&release(constant(3), 3), NOW).unwrap();
            let slot = open(directory.path());
            assert_eq!(value(&slot), Ok(Outcome::Value(3)), "{name:?} {harm}");
        }
    }
}

#[test]
fn with_nothing_left_the_slot_is_empty_and_says_why() {
    let directory = two_generations();
    for path in files(directory.path()) {
        fs::write(path, b"gone").unwrap();
    }
    let slot = open(directory.path());
    assert_eq!(value(&slot).unwrap_err().code(), "no-module");
    assert_eq!(slot.start_problems().len(), 2, "{:?}", slot.start_problems());
    slot.install(&release(constant(4), 4), NOW).unwrap();
    assert_eq!(value(&open(directory.path())), Ok(Outcome::Value(4)));
}

#[test]
fn a_store_that_cannot_be_written_refuses_the_install() {
    let directory = two_generations();
    let slot = open(directory.path());
    fs::remove_dir_all(directory.path()).unwrap();
    fs::write(directory.path(), b"no directory").unwrap();
    let error = slot.install(&release(constant(3), 3), NOW).unwrap_err();
    assert_eq!(error.code(), "store", "{error}");
    assert_eq!(value(&slot), Ok(Outcome::Value(2)), "the module goes on");
    fs::remove_file(directory.path()).unwrap();
    fs::create_dir(directory.path()).unwrap();
}

#[test]
fn a_revert_survives_a_restart() {
    let directory = two_generations();
    let slot = open(directory.path());
    slot.install(&release(stopping(), 3), NOW).unwrap();
    for _ in 0..3 {
        assert!(value(&slot).is_err());
    }
    assert_eq!(value(&slot), Ok(Outcome::Value(2)));
    let slot = open(directory.path());
    assert_eq!(value(&slot), Ok(Outcome::Value(2)));
}
