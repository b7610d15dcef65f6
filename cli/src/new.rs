//! `linchpin new`: a guest crate that builds, with a contract, a function, tests and nothing more.

mod dependency;
mod name;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::console::{BOLD, Console, DIM, Exit, GOOD, styled};
use crate::error::Error;
use crate::write::{self, Readers};

/// What to make.
#[derive(Debug, Clone, clap::Args)]
pub struct NewArgs {
    /// Name of the crate, its folder and its WIT package: lower-case words joined by `-`
    pub name: String,
    /// Use `linchpin-guest` from this checkout of Linchpin
    #[arg(long, value_name = "DIR", conflicts_with = "version")]
    pub path: Option<PathBuf>,
    /// Use this version of `linchpin-guest` from the registry
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewReport {
    /// The crate's folder.
    pub folder: PathBuf,
    /// Its files, relative to the folder.
    pub files: Vec<PathBuf>,
    /// How it depends on `linchpin-guest`, as in its `Cargo.toml`.
    pub dependency: String,
}

/// Each file of the new crate, and what is in it.
const TEMPLATES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../templates/Cargo.toml.in")),
    ("README.md", include_str!("../templates/README.md.in")),
    ("build.rs", include_str!("../templates/build.rs.in")),
    (".gitignore", include_str!("../templates/gitignore.in")),
    ("src/lib.rs", include_str!("../templates/lib.rs.in")),
    ("wit/{{name}}.wit", include_str!("../templates/contract.wit.in")),
];

/// Runs the command.
///
/// # Errors
/// As [`new`].
pub fn run(args: &NewArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = new(args, Path::new(""))?;
    console.result(&report, NewReport::to_text)?;
    Ok(Exit::Clean)
}

/// Makes the crate as a new folder of `parent`. Where this program was built from a checkout that is still there
/// and neither a path nor a version is asked for, that checkout is used.
///
/// # Errors
/// If the name cannot be used, the folder exists, there is no `linchpin-guest` where it should be, or a file
/// cannot be written.
pub fn new(args: &NewArgs, parent: &Path) -> Result<NewReport, Error> {
    name::check(&args.name)?;
    let folder = parent.join(&args.name);
    if folder.exists() {
        return Err(Error::Exists { path: folder });
    }
    let source = dependency::choose(args)?;
    let dependency = source.toml();
    let fill = |text: &str| {
        text.replace("{{name}}", &args.name)
            .replace("{{crate}}", &args.name.replace('-', "_"))
            .replace("{{dependency}}", &dependency)
    };
    let mut files = Vec::new();
    for (path, text) in TEMPLATES {
        let path = PathBuf::from(fill(path));
        write::create(&folder.join(&path), fill(text).as_bytes(), Readers::Everyone)?;
        files.push(path);
    }
    if let Some(lock) = source.lock_file() {
        // The versions that this checkout was tested with; cargo drops what the new crate does not need.
        write::create(&folder.join("Cargo.lock"), &lock, Readers::Everyone)?;
        files.push("Cargo.lock".into());
    }
    Ok(NewReport { folder, files, dependency })
}

impl NewReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let folder = self.folder.display().to_string();
        let mut out = format!("{} {}\n", styled(GOOD, "made"), styled(BOLD, &folder));
        for file in &self.files {
            out.push_str(&format!("  {}\n", file.display()));
        }
        out.push_str(&format!("  {} {}\n\n", styled(DIM, "linchpin-guest ="), self.dependency));
        out.push_str(&format!("next: cd {folder} && cargo test && linchpin build\n"));
        out
    }
}
