//! `linchpin keygen`: a new Ed25519 key pair as two text files.

use std::path::PathBuf;

use linchpin_trust::SigningKey;
use serde::Serialize;

use crate::console::{BOLD, Console, DIM, Exit, GOOD, styled};
use crate::error::Error;
use crate::write::{self, Readers};

/// Where the keys go.
#[derive(Debug, Clone, clap::Args)]
pub struct KeygenArgs {
    /// Folder for `linchpin.private.json` and `linchpin.public.json`
    #[arg(long, value_name = "DIR", required_unless_present_all = ["private", "public"], conflicts_with_all = ["private", "public"])]
    pub out: Option<PathBuf>,
    /// File for the private key, which only you may read (mode 0600)
    #[arg(long, value_name = "FILE", requires = "public")]
    pub private: Option<PathBuf>,
    /// File for the public key, which devices are given
    #[arg(long, value_name = "FILE", requires = "private")]
    pub public: Option<PathBuf>,
}

/// The new key pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeygenReport {
    /// The key's id: SHA-256 over its public half, as in TUF.
    pub key_id: String,
    /// The private key's file.
    pub private: PathBuf,
    /// The public key's file.
    pub public: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// As [`keygen`].
pub fn run(args: &KeygenArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = keygen(args)?;
    console.result(&report, KeygenReport::to_text)?;
    Ok(Exit::Clean)
}

/// Draws a key pair and writes both files; existing ones are kept and refused.
///
/// # Errors
/// If one of the files exists or cannot be written, or the system gives no randomness.
pub fn keygen(args: &KeygenArgs) -> Result<KeygenReport, Error> {
    let in_folder = |name: &str| args.out.clone().unwrap_or_default().join(name);
    let private = args.private.clone().unwrap_or_else(|| in_folder("linchpin.private.json"));
    let public = args.public.clone().unwrap_or_else(|| in_folder("linchpin.public.json"));
    // Before the private key is written, so that no half of a pair is left.
    if public.exists() {
        return Err(Error::Exists { path: public });
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|reason| Error::Randomness { reason: reason.to_string() })?;
    let key = SigningKey::from_seed(seed);
    write::create(&private, key.to_file_text().as_bytes(), Readers::Owner)?;
    write::create(&public, key.public().to_file_text().as_bytes(), Readers::Everyone)?;
    Ok(KeygenReport { key_id: key.public().id().to_string(), private, public })
}

impl KeygenReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        format!(
            "{} key {}\n  private  {}  {}\n  public   {}  {}\n",
            styled(GOOD, "made"),
            styled(BOLD, &self.key_id),
            self.private.display(),
            styled(DIM, "keep it secret; it signs"),
            self.public.display(),
            styled(DIM, "give it to devices")
        )
    }
}
