//! What to do about an error, where its message does not say it already.

use crate::error::Error;

impl Error {
    /// What to do about it, as one sentence without a full stop.
    pub fn fix(&self) -> Option<String> {
        Some(match self {
            Self::FileMissing { .. } => "check the path; relative paths start at the current folder".into(),
            Self::IsFolder { .. } => "name a file in it".into(),
            Self::FileUnreadable { .. } => "check the file's permissions and the disk".into(),
            Self::FileTooLarge { .. } | Self::WrongKind { .. } => "check that it is the right file".into(),
            Self::CoreModule { .. } => "build the guest with `linchpin build`, which makes a component".into(),
            Self::Precompiled { .. } => "name the component that it was compiled from".into(),
            Self::Malformed { .. } => "write or build it again; it may have been cut short when it was copied".into(),
            Self::Write { .. } => "check the folder's permissions and the space on the disk".into(),
            Self::Exists { .. } => "choose another place, or remove it if it is no longer needed".into(),
            Self::Output { .. } => "check where standard output goes".into(),
            Self::ProgramMissing { .. } => "install Rust from https://rustup.rs, or mend PATH; `linchpin doctor` tells more".into(),
            Self::TargetMissing { command, .. } => format!("run `{command}` with a network, for the toolchain of the crate"),
            Self::ProgramFailed { .. } => "`linchpin doctor` looks at the toolchain".into(),
            Self::Metadata { .. } => "run it in the guest's folder, or give `--manifest-path`".into(),
            Self::NoSuchPackage { .. } => "name one of these packages".into(),
            Self::WhichPackage { guests } if guests.is_empty() => "make one with `linchpin new NAME`".into(),
            Self::WhichPackage { guests } => format!("run `linchpin build {}`, say", guests.first().map_or("NAME", String::as_str)),
            Self::NotAGuest { .. } => "add `[lib]` with `crate-type = [\"cdylib\", \"rlib\"]` to its manifest; the `rlib` is for native tests".into(),
            Self::ClangMissing { .. } => "install clang and lld (on Debian `apt-get install clang lld`), or name one in `LINCHPIN_CLANG`".into(),
            Self::NoContract { .. } => "name the contract with `--wit PATH`, or run it in the folder of a guest".into(),
            Self::CompileFailed { .. } => "mend the errors above".into(),
            Self::NoWorld { .. } => "put `#[linchpin_guest::export(world = \"..\")]` on the `impl` with the functions".into(),
            Self::OtherWorld { .. } => "name the right world in `#[export(world = \"..\")]`, or leave `--world` out".into(),
            Self::Imports { .. } => "remove what needs it, and pass the values in as parameters".into(),
            Self::Componentise { .. } => "build the guest with the `linchpin-guest` that belongs to this `linchpin`".into(),
            Self::BadName { suggestion: Some(name), .. } => format!("`{name}` would do"),
            Self::BadName { suggestion: None, .. } => "use lower-case words joined by `-`, as in `boiler-control`".into(),
            Self::NotACheckout { .. } => "give the root of a Linchpin checkout, or leave `--path` out".into(),
            Self::NoSuchFunction { .. } => "name one of them in full".into(),
            Self::NoSuchModule { .. } => "name one of these modules".into(),
            Self::NoSuchRule { near: Some(rule), .. } => format!("did you mean `{rule}`?"),
            Self::NoSuchRule { near: None, .. } => "`linchpin explain` lists the rules".into(),
            Self::Nowhere { near: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::Nowhere { near: None, .. } => "`linchpin inspect` shows the names of a contract, component or firmware".into(),
            Self::NoSuchFormat { .. } => "leave `--format` out, or name one of them".into(),
            Self::SameFile { .. } => "give each `--output` and `--out` a file of its own".into(),
            Self::Input { .. } => "`linchpin inspect` shows the function's types".into(),
            Self::Randomness { .. } => "make the key on another machine".into(),
            Self::Release { .. } => "name one of the packages that the contracts folder holds".into(),
            Self::Comparison { .. } => "name one of the worlds with `--world NAME`, or split the type".into(),
            Self::Revision { .. } => "check it with `git show REVISION:PATH`; paths start at the root of the repository, or with `./` at the current folder".into(),
            // Their messages end with what to do.
            Self::Component { .. } | Self::Contract { .. } | Self::NotForGuests { .. } | Self::Trust { .. } | Self::Load { .. } | Self::System { .. }
            | Self::Firmware { .. } => return None,
        })
    }
}
