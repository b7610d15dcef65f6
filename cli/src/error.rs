//! Why a command could not run. Each error says what is wrong in one sentence and what to do in another.

use std::path::PathBuf;

use crate::build::Import;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("no file `{}`, which should be {wanted}", path.display())]
    FileMissing {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
    },
    /// A folder where a file should be.
    #[error("`{}` is a folder, and {wanted} is a file", path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
    },
    /// The file is there and cannot be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    FileUnreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// The file is larger than anything that it could be.
    #[error("`{}` has {size_bytes} bytes, too many for {wanted} (at most {limit_bytes})", path.display())]
    FileTooLarge {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
        /// Its size.
        size_bytes: u64,
        /// The most that is read.
        limit_bytes: u64,
    },
    /// The file is something else.
    #[error("`{}` should be {wanted} and is {found}", path.display())]
    WrongKind {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A core module where a component should be.
    #[error("`{}` is a core WebAssembly module, which has no interface types to check", path.display())]
    CoreModule {
        /// The file.
        path: PathBuf,
    },
    /// Machine code that wasmtime made, where a component should be.
    #[error("`{}` is an artefact that wasmtime compiled ahead of time, and nothing but the engine that made it can read it", path.display())]
    Precompiled {
        /// The file.
        path: PathBuf,
    },
    /// The file is of the right kind, and broken.
    #[error("`{}` is not {wanted} that can be read: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A firmware that does not tell what it calls.
    #[error("`{}`: {source}", path.display())]
    Firmware {
        /// The firmware or descriptor.
        path: PathBuf,
        /// Why not.
        source: Box<linchpin_checker::Error>,
    },
    /// A file or folder cannot be written.
    #[error("cannot write `{}`: {reason}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// A file or folder exists and is not overwritten.
    #[error("`{}` exists already and is not overwritten", path.display())]
    Exists {
        /// The file or folder.
        path: PathBuf,
    },
    /// Standard output cannot be written.
    #[error("cannot write the result: {reason}")]
    Output {
        /// The system's reason.
        reason: String,
    },
    /// No compiler for a guest in C.
    #[error("cannot run `{program}`, which compiles guests in C: {reason}")]
    ClangMissing {
        /// The program.
        program: String,
        /// The system's reason.
        reason: String,
    },
    /// A program of the toolchain cannot be started.
    #[error("cannot start `{program}`: {reason}")]
    ProgramMissing {
        /// The program.
        program: String,
        /// The system's reason.
        reason: String,
    },
    /// A program of the toolchain failed.
    #[error("`{program}` failed: {reason}")]
    ProgramFailed {
        /// The program.
        program: String,
        /// What it said.
        reason: String,
    },
    /// The compiler cannot make WebAssembly.
    #[error("the target `{}` is not installed: {reason}", crate::toolchain::TARGET)]
    TargetMissing {
        /// Why it could not be installed.
        reason: String,
        /// What to run by hand.
        command: String,
    },
    /// Cargo cannot read the workspace.
    #[error("cargo cannot read the crate: {reason}")]
    Metadata {
        /// Cargo's words.
        reason: String,
    },
    /// The workspace has no package of this name.
    #[error("no package `{package}` in this workspace, which has {}", listed(known))]
    NoSuchPackage {
        /// What was asked for.
        package: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The workspace has several guests, or none.
    #[error("this workspace has {} guests{}, so one must be named", guests.len(), listed_after_colon(guests))]
    WhichPackage {
        /// The crates that are guests.
        guests: Vec<String>,
    },
    /// A crate that is no `cdylib`.
    #[error("crate `{package}` is no guest: its library is not built as a `cdylib` ({})", manifest.display())]
    NotAGuest {
        /// The package.
        package: String,
        /// Its manifest.
        manifest: PathBuf,
    },
    /// The compiler found mistakes, and said so.
    #[error("`{package}` does not compile")]
    CompileFailed {
        /// The package.
        package: String,
    },
    /// The module has no world.
    #[error("`{package}` exports no world: its module carries no WIT")]
    NoWorld {
        /// The package.
        package: String,
    },
    /// The guest implements another world than asked for.
    #[error("`{package}` implements `{found}`, not `{wanted}`")]
    OtherWorld {
        /// The package.
        package: String,
        /// What was asked for.
        wanted: String,
        /// What there is.
        found: String,
    },
    /// The module imports something.
    #[error("`{package}` imports {}, and a pure function imports nothing{}", count(imports.len()), import_lines(imports))]
    Imports {
        /// The package.
        package: String,
        /// What it imports.
        imports: Vec<Import>,
    },
    /// The module cannot be made into a component.
    #[error("`{package}` cannot be made into a component: {reason}")]
    Componentise {
        /// The package.
        package: String,
        /// The encoder's words.
        reason: String,
    },
    /// The component just made cannot be read back.
    #[error("the component of `{package}` cannot be used: {source}")]
    Component {
        /// The package.
        package: String,
        /// What is wrong.
        source: Box<linchpin_contract::Error>,
    },
    /// A contract, component or descriptor cannot be read.
    #[error("`{}`: {source}", path.display())]
    Contract {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        source: Box<linchpin_contract::Error>,
    },
    /// There is no contract where it should be.
    #[error("{reason}")]
    NoContract {
        /// Where it should be, and what to do.
        reason: String,
    },
    /// A world that no guest can implement.
    #[error("no guest can implement the world `{world}`:\n{}", reasons.join("\n"))]
    NotForGuests {
        /// The world.
        world: String,
        /// What stands against it, each with its place and what to do.
        reasons: Vec<String>,
    },
    /// Two editions of a contract cannot be compared.
    #[error("the two cannot be compared: {source}")]
    Comparison {
        /// Why.
        source: Box<linchpin_contract::Error>,
    },
    /// Nothing in the system has this name.
    #[error("nothing in the system is called `{name}`")]
    Nowhere {
        /// What was asked for.
        name: String,
        /// The name that looks most like it.
        near: Option<String>,
    },
    /// A contract cannot be released.
    #[error("nothing can be released: {source}")]
    Release {
        /// Why.
        source: Box<linchpin_checker::release::PlanError>,
    },
    /// A git revision, or a path in it, cannot be read.
    #[error("cannot read `{path}` of revision `{revision}`: {reason}")]
    Revision {
        /// The revision.
        revision: String,
        /// The path in it.
        path: String,
        /// Why not.
        reason: String,
    },
    /// A name that a crate or a WIT package cannot have.
    #[error("`{name}` cannot be the name of a guest: {reason}")]
    BadName {
        /// The name.
        name: String,
        /// Why.
        reason: String,
        /// A name near it that can be used.
        suggestion: Option<String>,
    },
    /// The folder given with `--path` is no checkout of Linchpin.
    #[error("`{}` holds no `linchpin-guest` crate", path.display())]
    NotACheckout {
        /// The folder.
        path: PathBuf,
    },
    /// A key, verdict or attestation was refused while it was read or made.
    #[error("`{}`: {refusal}", path.display())]
    Trust {
        /// The file.
        path: PathBuf,
        /// Why.
        refusal: Box<linchpin_trust::Refusal>,
    },
    /// The system cannot be read.
    #[error("the system cannot be checked: {source}")]
    System {
        /// The file that describes it.
        manifest: PathBuf,
        /// What is wrong, all of it.
        source: Box<linchpin_checker::Error>,
    },
    /// The system has no such module.
    #[error("the system has no module `{module}`; it has {}", listed(known))]
    NoSuchModule {
        /// What was asked for.
        module: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The checker has no such rule.
    #[error("there is no rule `{rule}`")]
    NoSuchRule {
        /// What was asked for.
        rule: String,
        /// A rule with a like name.
        near: Option<String>,
    },
    /// The command does not give its result in this form.
    #[error("this command has no form `{format}`; it has {}", listed(known))]
    NoSuchFormat {
        /// What was asked for.
        format: &'static str,
        /// What there is.
        known: Vec<String>,
    },
    /// Two results would go to one file.
    #[error("two results would be written to `{}`", path.display())]
    SameFile {
        /// The file.
        path: PathBuf,
    },
    /// The host does not take the component.
    #[error("`{}`: {source}", path.display())]
    Load {
        /// The component.
        path: PathBuf,
        /// Why.
        source: Box<linchpin_host::Error>,
    },
    /// The component has no such function, or several of that name.
    #[error("`{}` has not exactly one function `{wanted}`; it exports {}", path.display(), listed(known))]
    NoSuchFunction {
        /// The component.
        path: PathBuf,
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The input is not of the function's types.
    #[error("the input does not fit the function: {reason}")]
    Input {
        /// Where and why.
        reason: String,
    },
    /// The system has no randomness.
    #[error("the system gives no randomness: {reason}")]
    Randomness {
        /// Its reason.
        reason: String,
    },
}

impl Error {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileMissing { .. } => "file-missing",
            Self::IsFolder { .. } => "is-folder",
            Self::FileUnreadable { .. } => "file-unreadable",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::WrongKind { .. } => "wrong-kind",
            Self::CoreModule { .. } => "core-module",
            Self::Precompiled { .. } => "cwasm-incompatible",
            Self::Malformed { .. } => "malformed",
            Self::Write { .. } => "write",
            Self::Exists { .. } => "exists",
            Self::Output { .. } => "output",
            Self::ProgramMissing { .. } => "program-missing",
            Self::ProgramFailed { .. } => "program-failed",
            Self::TargetMissing { .. } => "target-missing",
            Self::Metadata { .. } => "metadata",
            Self::NoSuchPackage { .. } => "no-such-package",
            Self::WhichPackage { .. } => "which-package",
            Self::NotAGuest { .. } => "not-a-guest",
            Self::CompileFailed { .. } => "compile-failed",
            Self::ClangMissing { .. } => "clang-missing",
            Self::NoWorld { .. } => "no-world",
            Self::OtherWorld { .. } => "other-world",
            Self::Imports { .. } => "imports",
            Self::Componentise { .. } => "componentise",
            Self::Component { .. } => "component",
            Self::Contract { source, .. } | Self::Comparison { source } => source.code(),
            Self::Release { source } => source.code(),
            Self::Nowhere { .. } => "nowhere",
            Self::NoContract { .. } => "no-contract",
            Self::NotForGuests { .. } => "not-for-guests",
            Self::Revision { .. } => "revision",
            Self::BadName { .. } => "bad-name",
            Self::NotACheckout { .. } => "not-a-checkout",
            Self::Trust { refusal, .. } => refusal.code(),
            Self::System { source, .. } | Self::Firmware { source, .. } => source.code(),
            Self::NoSuchModule { .. } => "no-such-module",
            Self::NoSuchRule { .. } => "no-such-rule",
            Self::NoSuchFormat { .. } => "no-such-format",
            Self::SameFile { .. } => "same-file",
            Self::Load { source, .. } => source.code(),
            Self::NoSuchFunction { .. } => "no-such-function",
            Self::Input { .. } => "input",
            Self::Randomness { .. } => "randomness",
        }
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [] => "none".into(),
        names => format!("`{}`", names.join("`, `")),
    }
}

fn listed_after_colon(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" ({})", listed(names)) }
}

fn count(imports: usize) -> String {
    if imports == 1 { "one thing".into() } else { format!("{imports} things") }
}

fn import_lines(imports: &[Import]) -> String {
    imports.iter().map(|it| format!("\n  `{}` `{}`: {}", it.module, it.name, it.cause)).collect()
}
