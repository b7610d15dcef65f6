//! Where a crate's contract is looked for, and what is said when it is not there or cannot be read.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::path::Path;

use linchpin_codegen::locate::{Error, Location, Origin, locate};
use linchpin_codegen::source::Source;

const WIT: &str = "package a:b@1.0.0;\ninterface i { f: func() -> u32; }\n";

/// A folder with a crate in it.
fn krate(manifest: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "Cargo.toml", manifest);
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn located(folder: &tempfile::TempDir) -> Result<Location, Error> {
    locate(folder.path(), folder.path())
}

fn loaded(folder: &tempfile::TempDir) -> Result<Source, Error> {
    Source::load(&locate(folder.path(), Path::new("/nowhere"))?)
}

#[test]
fn the_default_is_the_folder_wit_beside_the_manifest() {
    let location = located(&krate("[package]\nname = \"x\"", &[("wit/a.wit", WIT)])).unwrap();
    assert_eq!(location.wit, Path::new("wit"));
    assert_eq!(location.origin, Origin::Default);
}

#[test]
fn the_manifest_names_a_folder_or_a_file() {
    let files = [("x/Cargo.toml", ""), ("contracts/a.wit", WIT)];
    for (named, wit) in [("../contracts", "contracts"), ("../contracts/./a.wit", "contracts/a.wit")] {
        let manifest = format!("[package.metadata.linchpin]\nwit = \"{named}\"");
        let folder = krate("", &files);
        write(folder.path(), "x/Cargo.toml", &manifest);
        let location = locate(&folder.path().join("x"), folder.path()).unwrap();
        assert_eq!(location.wit, Path::new(wit));
        assert_eq!(location.origin, Origin::Manifest);
        assert_eq!(location.manifest, Path::new("x/Cargo.toml"));
    }
}

#[test]
fn a_contract_that_is_not_there_says_who_named_it() {
    let missing = located(&krate("[package]", &[])).unwrap_err();
    assert_eq!(missing.code(), "wit-missing");
    insta::assert_snapshot!(missing, @r#"
    no WIT at `wit`
    help: write the contract there, or say where it is in `Cargo.toml`:
          [package.metadata.linchpin]
          wit = ".."
    "#);
    let missing = located(&krate("[package.metadata.linchpin]\nwit = \"gone\"", &[])).unwrap_err();
    insta::assert_snapshot!(missing, @r"
    no WIT at `gone`
    help: correct `package.metadata.linchpin.wit` in `Cargo.toml`
    ");
}

#[test]
fn metadata_of_another_form_is_refused() {
    for manifest in ["[package.metadata]\nlinchpin = 1", "[package.metadata.linchpin]\nwit = 1", "wit ="] {
        let error = located(&krate(manifest, &[])).unwrap_err();
        assert_eq!(error.code(), "metadata", "{manifest}");
        assert!(error.to_string().contains("help: write `wit = \"path\"`"), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(located(&folder).unwrap_err().code(), "manifest");
}

#[test]
fn an_empty_folder_two_packages_and_broken_text_are_told_apart() {
    let empty = krate("[package]", &[("wit/read.me", "")]);
    assert_eq!(loaded(&empty).unwrap_err().code(), "no-wit-files");
    let two = krate("[package]", &[("wit/a.wit", WIT), ("wit/b.wit", "package c:d@1.0.0;\n")]);
    let error = loaded(&two).unwrap_err();
    assert_eq!(error.code(), "wit-syntax");
    assert!(error.to_string().contains("b.wit:1"), "{error}");
    let broken = krate("[package]", &[("wit/a.wit", "package a:b;\ninterface {}\n")]);
    let error = loaded(&broken).unwrap_err();
    assert_eq!(error.code(), "wit-syntax");
    assert!(error.to_string().contains("a.wit:2:11"), "{error}");
}

#[test]
fn a_contract_is_read_again_when_a_file_changes_or_comes() {
    let folder = krate("[package]", &[("wit/a.wit", WIT)]);
    let first = loaded(&folder).unwrap();
    let again = loaded(&folder).unwrap();
    assert!(std::sync::Arc::ptr_eq(&first.contract, &again.contract));
    write(folder.path(), "wit/b.wit", "interface j { g: func(); }\n");
    let with_new = loaded(&folder).unwrap();
    assert_eq!(with_new.contract.packages[0].interfaces.len(), 2);
    assert_eq!(with_new.tracked.len(), 3);
    write(folder.path(), "wit/b.wit", "interface j { g: func(); h: func(); }\n");
    assert_eq!(loaded(&folder).unwrap().contract.packages[0].interfaces[1].functions.len(), 2);
}

#[test]
fn every_file_that_was_read_is_tracked() {
    let folder = krate("[package]", &[("wit/a.wit", WIT), ("wit/deps/c/c.wit", "package c:d@1.0.0;\n")]);
    let tracking = loaded(&folder).unwrap().tracking().to_string();
    for file in ["wit/a.wit", "wit/deps/c/c.wit", "Cargo.toml"] {
        let path = folder.path().join(file);
        assert!(tracking.contains(&path.display().to_string()), "{file}");
    }
}
