//! A fixture is a folder with `before.wit` and `after.wit`, or with the folders `before` and `after`.

use std::path::{Path, PathBuf};

use linchpin_checker::diff::{Answer, Source};
use linchpin_checker::verdict::Role;
use linchpin_checker::{Diff, diff};
use linchpin_contract::{Gates, load_wit_gated};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff")
}

/// The folders of a folder, sorted, but for the two sides of a case.
pub(crate) fn cases(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| path.is_dir() && !matches!(&*name(path), "before" | "after");
    let mut folders: Vec<PathBuf> = entries.filter(is_case).collect();
    folders.sort();
    folders
}

pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// One side of a case; none where the folder is no case.
pub(crate) fn source(case: &Path, side: &str) -> Option<Source> {
    let file = case.join(format!("{side}.wit"));
    let path = if file.exists() { file } else { case.join(side) };
    path.exists().then(|| Source::contract(side, load_wit_gated(&path, Gates::Open).unwrap()))
}

pub(crate) fn compare(case: &Path) -> Diff {
    diff(&source(case, "before").unwrap(), &source(case, "after").unwrap(), role(case)).unwrap()
}

/// The upgrade that a case asks for, in its file `role`; none without one.
fn role(case: &Path) -> Option<Role> {
    let text = std::fs::read_to_string(case.join("role")).ok()?;
    Some(serde_json::from_value(text.trim().into()).expect("it names a role"))
}

pub(crate) fn answer(diff: &Diff, role: Role) -> &Answer {
    diff.answers.iter().find(|answer| answer.role == role).unwrap()
}

/// The whole result, with paths below the case's folder.
pub(crate) fn snapshot(folder: &Path, name: &str, diff: &Diff) {
    let mut shown = diff.clone();
    let places = shown.findings.iter_mut().flat_map(|finding| &mut finding.sides);
    for place in places.filter_map(|side| side.place.as_mut()) {
        let below = place.file.split(&format!("{}/", self::name(folder))).last().unwrap();
        place.file = below
            .split_once('/')
            .filter(|(case, _)| *case == name)
            .map_or(below, |(_, file)| file)
            .to_owned();
    }
    let mut text = String::new();
    for package in &shown.packages {
        let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "-".to_owned());
        text += &format!(
            "{} {} -> {}: declared {:?}, required {:?}, {}\n",
            package.package,
            version(&package.before),
            version(&package.after),
            package.declared,
            package.required,
            if package.enough { "enough" } else { "not enough" },
        );
    }
    for answer in &shown.answers {
        text += &format!(
            "{:?}: {:?}, first {:?} {}\n",
            answer.role,
            answer.level,
            answer.moves_first,
            answer.because.join(" ")
        );
    }
    for finding in &shown.findings {
        text +=
            &format!("\n{:?}[{}] {}\n  at {}\n", finding.level, finding.rule, finding.message, finding.path);
        for side in &finding.sides {
            let place = side
                .place
                .as_ref()
                .map_or_else(String::new, |place| format!("{}:{}:{}", place.file, place.line, place.column));
            text += &format!("  {:?} {place} `{}`: {}\n", side.party, side.text, side.label);
        }
        text += &format!("  help: {}\n", finding.help);
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
