//! A fixture is a folder with `firmware.wit` and `module.wit`. Binaries are made from them, and a `linchpin.toml` and
//! released contracts where the folder has none of its own. Where the core module matters, it is in
//! `module.core.wat`; where the whole component does, in `module.component.wat`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use linchpin_checker::render::{TextOptions, text};
use linchpin_checker::{Options, Verdict, check, load};
use linchpin_contract::{descriptor, load_wit};
use linchpin_tests::component::bounded_module;
use tempfile::TempDir;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Resolve, WorldId};

const SYSTEM: &str = "\
[system]
name = \"fixture\"
contracts = \"contracts\"

[targets.device]
runtime = \"linchpin\"
firmware = [{ version = \"3.0.0\", descriptor = \"firmware.bin\" }]

[modules.guest]
component = \"module.wasm\"
version = \"1.4.0\"
targets = [\"device\"]
wit = \"module.wit\"
";

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("checker")
}

/// The folders of a folder, sorted.
pub(crate) fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The day on which every fixture is checked.
pub(crate) fn today() -> Options {
    Options::on("2026-06-30".parse().unwrap())
}

/// A whole system in a folder of its own.
pub(crate) struct Fixture(TempDir);

impl Fixture {
    pub(crate) fn new(case: &Path) -> Self {
        let fixture = Self(tempfile::tempdir().unwrap());
        copy(case, fixture.path());
        fixture.complete();
        fixture
    }

    pub(crate) fn of_wit(firmware: &str, module: &str) -> Self {
        let fixture = Self(tempfile::tempdir().unwrap());
        fs::write(fixture.path().join("firmware.wit"), firmware).unwrap();
        fs::write(fixture.path().join("module.wit"), module).unwrap();
        fixture.complete();
        fixture
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn verdict(&self) -> Verdict {
        check(&load(&self.path().join("linchpin.toml")).unwrap(), &today())
    }

    /// Every error of loading, one a line.
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let error = load(&self.path().join("linchpin.toml")).unwrap_err();
        error.each().iter().map(|error| (error.code().to_owned(), error.to_string())).collect()
    }

    /// WIT files whose names begin so, sorted.
    fn wit(&self, start: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut files: Vec<PathBuf> =
            entries.filter(|path| name(path).starts_with(start) && name(path).ends_with(".wit")).collect();
        files.sort();
        files
    }

    /// Each firmware's file and descriptors: `firmware.wit`, `firmware.<more>.wit` are one firmware that calls two
    /// worlds, and `firmware-<other>.wit` is another one.
    fn firmwares(&self) -> BTreeMap<String, Vec<u8>> {
        let mut firmwares: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for wit in self.wit("firmware") {
            let name = wit.file_name().unwrap().to_string_lossy().into_owned();
            let binary = format!("{}.bin", name.split('.').next().unwrap());
            firmwares.entry(binary).or_default().extend(descriptor::encode(&wit, None).unwrap());
        }
        firmwares
    }

    fn complete(&self) {
        let path = self.path();
        let firmware = path.join("firmware.wit");
        for (binary, descriptors) in self.firmwares() {
            fs::write(path.join(binary), descriptors).unwrap();
        }
        fs::write(path.join("module.wasm"), module(path)).unwrap();
        for wit in self.wit("module-") {
            fs::write(wit.with_extension("wasm"), component(&wit)).unwrap();
        }
        if !path.join("linchpin.toml").exists() {
            fs::write(path.join("linchpin.toml"), SYSTEM).unwrap();
        }
        if !path.join("contracts").exists() {
            let contract = load_wit(&firmware).unwrap();
            let version = contract.main().unwrap().id.version.clone().unwrap();
            let released = path.join("contracts/released/f");
            fs::create_dir_all(&released).unwrap();
            fs::copy(&firmware, released.join(format!("{version}.wit"))).unwrap();
        }
    }
}

/// A component of the right types, which traps when it is called.
pub(crate) fn component(wit: &Path) -> Vec<u8> {
    component_of_pages(wit, 0)
}

/// The component of a fixture: from its own text, or from its WIT alone.
fn module(path: &Path) -> Vec<u8> {
    let wit = path.join("module.wit");
    if let Ok(text) = fs::read_to_string(path.join("module.component.wat")) {
        return wat::parse_str(text).unwrap();
    }
    if let Ok(text) = fs::read_to_string(path.join("module.core.wat")) {
        return component_of(&wit, |_, _| wat::parse_str(repeated(&text)).unwrap());
    }
    let pages = fs::read_to_string(path.join("module.pages"));
    component_of_pages(&wit, pages.map_or(0, |text| text.trim().parse().unwrap()))
}

/// The text with each line `;; repeat 3: nop` written out.
pub(crate) fn repeated(text: &str) -> String {
    let line = |line: &str| {
        let Some((times, what)) =
            line.trim().strip_prefix(";; repeat ").and_then(|rest| rest.split_once(": "))
        else {
            return line.to_owned();
        };
        vec![what; times.parse().unwrap()].join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A component of the right types with a memory of so many pages, and one page more at most (at most 126).
fn component_of_pages(wit: &Path, pages: u8) -> Vec<u8> {
    component_of(wit, |resolve, world| bounded_module(resolve, world, pages).unwrap())
}

fn component_of(wit: &Path, core_module: impl Fn(&Resolve, WorldId) -> Vec<u8>) -> Vec<u8> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = core_module(&resolve, world);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    let mut encoder = ComponentEncoder::default().module(&module).unwrap();
    encoder.encode().unwrap()
}

pub(crate) fn rendered(verdict: &Verdict) -> String {
    text(verdict, &TextOptions::default())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
