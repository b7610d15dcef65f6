//! `linchpin verify`: would a device of a class take this component with this attestation?

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use linchpin_trust::{
    Accepted, PublicKey, Purpose, Refusal, Sha256Digest, TrustedState, UnixSeconds, verify_attestation,
};
use serde::Serialize;

use crate::console::{BAD, BOLD, Console, Exit, GOOD, styled};
use crate::error::Error;
use crate::{read, recognise};

/// What to verify, and for whom.
#[derive(Debug, Clone, clap::Args)]
pub struct VerifyArgs {
    /// The component
    pub component: PathBuf,
    /// Its attestation, as `linchpin sign` wrote it
    #[arg(long, value_name = "FILE")]
    pub attestation: PathBuf,
    /// A public key that the device trusts; repeat it for more
    #[arg(long, value_name = "FILE", required = true)]
    pub key: Vec<PathBuf>,
    /// How many of the keys must have signed
    #[arg(long, value_name = "N", default_value = "1")]
    pub threshold: NonZeroU32,
    /// The device's class
    #[arg(long, value_name = "CLASS")]
    pub device_class: String,
    /// The highest counter that the device has installed; only a higher one passes
    #[arg(long, value_name = "N")]
    pub last_counter: Option<u64>,
    /// The time to judge expiry by, in seconds since 1970; now without it
    #[arg(long, value_name = "SECONDS")]
    pub at: Option<u64>,
}

/// The device's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Whether the device would install it.
    pub accepted: bool,
    /// The refusal's stable code.
    pub refusal: Option<&'static str>,
    /// The refusal, or what was accepted, in words.
    pub message: String,
    /// The attestation's counter, where it was accepted.
    pub counter: Option<u64>,
    /// The keys that signed, where it was accepted.
    pub signers: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// As [`verify`].
pub fn run(args: &VerifyArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = verify(args)?;
    console.result(&report, VerifyReport::to_text)?;
    Ok(if report.accepted { Exit::Clean } else { Exit::Findings })
}

/// Asks as a device would. A refusal is an answer and no error.
///
/// # Errors
/// If one of the files cannot be read, or is no component, attestation or public key at all.
pub fn verify(args: &VerifyArgs) -> Result<VerifyReport, Error> {
    let component = recognise::component(&args.component)?;
    let envelope = read::bytes(&args.attestation, "an attestation", read::ARTEFACT_LIMIT_BYTES)?;
    let keys = args.key.iter().map(|path| public_key(path)).collect::<Result<Vec<_>, _>>()?;
    let mut state = TrustedState::new(keys, args.threshold, &args.device_class);
    // Which statement had the last counter is not known here, so no statement with that counter passes.
    state.newest =
        args.last_counter.map(|counter| Accepted { counter, statement_sha256: Sha256Digest([0; 32]) });
    let now = UnixSeconds(args.at.unwrap_or_else(now));
    match verify_attestation(&envelope, &component, &state, now, Purpose::Install) {
        Ok((attested, _)) => Ok(VerifyReport {
            accepted: true,
            refusal: None,
            message: format!("`{}` for device class `{}`", attested.subject.name, args.device_class),
            counter: Some(attested.statement.predicate.counter),
            signers: attested.signers.iter().map(ToString::to_string).collect(),
        }),
        Err(refusal) => refused(refusal, args),
    }
}

fn refused(refusal: Refusal, args: &VerifyArgs) -> Result<VerifyReport, Error> {
    match refusal {
        Refusal::EnvelopeMalformed { .. } | Refusal::EnvelopeTooLarge { .. } => {
            Err(Error::Trust { path: args.attestation.clone(), refusal: Box::new(refusal) })
        }
        refusal => Ok(VerifyReport {
            accepted: false,
            refusal: Some(refusal.code()),
            message: refusal.to_string(),
            counter: None,
            signers: Vec::new(),
        }),
    }
}

fn public_key(path: &Path) -> Result<PublicKey, Error> {
    let text = read::text(path, "a public key")?;
    PublicKey::from_file_text(&text)
        .map_err(|refusal| Error::Trust { path: path.into(), refusal: Box::new(refusal) })
}

/// Seconds since 1970; a clock before that counts as 1970, when nothing has expired.
pub(crate) fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map(|duration| duration.as_secs()).unwrap_or_default()
}

impl VerifyReport {
    /// The answer for people.
    pub fn to_text(&self) -> String {
        let Some(code) = self.refusal else {
            let counter = self.counter.unwrap_or_default();
            let signers: String =
                self.signers.iter().map(|signer| format!("  signed by {signer}\n")).collect();
            return format!("{} {}, counter {counter}\n{signers}", styled(GOOD, "accepted"), self.message);
        };
        format!("{} {}\n  {}\n", styled(BAD, "refused"), styled(BOLD, code), self.message)
    }
}
