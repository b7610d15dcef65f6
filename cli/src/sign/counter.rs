//! The counter of attestations: a number on the command line, or a file that holds the last one.

use std::path::Path;

use super::SignArgs;
use crate::error::Error;
use crate::{read, write};

/// The last counter that was used; 0 before the first.
pub(super) fn last(args: &SignArgs) -> Result<u64, Error> {
    match (&args.counter, &args.last_counter_file) {
        (Some(counter), _) => Ok(counter.saturating_sub(1)),
        (None, Some(path)) if !path.exists() => Ok(0),
        (None, Some(path)) => parse(path),
        (None, None) => Ok(0),
    }
}

/// Keeps `counter` as the last one used.
pub(super) fn store(args: &SignArgs, counter: u64) -> Result<(), Error> {
    match &args.last_counter_file {
        Some(path) => write::replace(path, format!("{counter}\n").as_bytes()),
        None => Ok(()),
    }
}

fn parse(path: &Path) -> Result<u64, Error> {
    let wanted = "a counter";
    let text = read::text(path, wanted)?;
    let number = text.trim().parse::<u64>().ok().filter(|counter| *counter < u64::MAX);
    number.ok_or_else(|| Error::Malformed {
        path: path.into(),
        wanted,
        reason: "it should hold one number".into(),
    })
}
