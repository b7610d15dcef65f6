//! `--output FORMAT=FILE`: one more form of the result, into a file.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::console::Format;
use crate::error::Error;

/// One more form of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The form.
    pub format: Format,
    /// The file that is replaced.
    pub path: PathBuf,
}

/// As the user writes it.
///
/// # Errors
/// A sentence that says what is missing, or which forms there are.
pub(crate) fn parse(text: &str) -> Result<Output, String> {
    const EXAMPLE: &str = "write FORMAT=FILE, as in `sarif=target/linchpin.sarif`";
    let Some((format, path)) = text.split_once('=') else {
        return Err(format!("it names no file; {EXAMPLE}"));
    };
    if path.is_empty() {
        return Err(format!("it names no file behind `=`; {EXAMPLE}"));
    }
    let Ok(format) = Format::from_str(format, false) else {
        let known: Vec<&str> = Format::value_variants().iter().map(|format| format.word()).collect();
        return Err(format!("there is no form `{format}`; there are `{}`", known.join("`, `")));
    };
    Ok(Output { format, path: path.into() })
}

/// Makes sure that no two results go to one file.
///
/// # Errors
/// If two do.
pub(crate) fn distinct<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), Error> {
    let mut seen = std::collections::BTreeSet::new();
    for path in paths {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // What is no regular file takes any number of results.
        if !seen.insert(whole) && (!path.exists() || path.is_file()) {
            return Err(Error::SameFile { path: path.into() });
        }
    }
    Ok(())
}
