//! A crate's contract: read once a process, with everything that rebuild tracking needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use linchpin_contract::Contract;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::locate::{Error, Location, locate_current};
use crate::report::Report;

/// A contract and where it came from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the WIT says.
    pub contract: Arc<Contract>,
    /// The folder or file.
    pub wit: PathBuf,
    /// Files that a change of must rebuild the crate, as absolute paths; empty for a contract given as text.
    pub tracked: Vec<PathBuf>,
}

impl Source {
    /// The contract of the crate that is being compiled.
    ///
    /// An error is told once a process, by the first macro call that meets it: a file with ten derives and a typing
    /// mistake in its WIT has one error. The others get `None` and leave stubs.
    pub fn current(report: &mut Report) -> Option<Self> {
        match locate_current().and_then(|location| Self::load(&location)) {
            Ok(source) => Some(source),
            Err(error) => {
                let message = error.to_string();
                if is_reporter(&message) {
                    report.push(syn::Error::new(Span::call_site(), message));
                }
                None
            }
        }
    }

    /// The contract at a location, from memory if none of its files changed.
    ///
    /// # Errors
    /// [`Error::Contract`].
    pub fn load(location: &Location) -> Result<Self, Error> {
        static CACHE: Mutex<BTreeMap<PathBuf, (Stamp, Source)>> = Mutex::new(BTreeMap::new());
        let stamp = stamp(location);
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, source)) = cache.get(&location.wit)
            && *known == stamp
        {
            return Ok(source.clone());
        }
        let contract = linchpin_contract::load_wit(&location.wit).map_err(Error::Contract)?;
        let here = std::env::current_dir().unwrap_or_default();
        let tracked = contract
            .files
            .iter()
            .map(|file| &file.path)
            .chain([&location.manifest])
            .map(|file| here.join(file))
            .collect();
        let source = Self { contract: Arc::new(contract), wit: location.wit.clone(), tracked };
        cache.insert(location.wit.clone(), (stamp, source.clone()));
        Ok(source)
    }

    /// Constants that make the compiler watch every file that was read.
    pub fn tracking(&self) -> TokenStream {
        let files = self.tracked.iter().map(|file| file.display().to_string());
        quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)*)
    }
}

/// The text of every WIT file of the crate that is being compiled, for who cannot wait until it can be read as WIT.
pub(crate) fn current_texts() -> Vec<String> {
    locate_current().map(|location| texts(&location.wit)).unwrap_or_default()
}

/// The same of a folder or file.
pub(crate) fn texts(wit: &Path) -> Vec<String> {
    let mut files = Stamp::new();
    visit(wit, &mut files);
    let files = files.into_iter().map(|(path, ..)| path);
    let wit = files.filter(|path| path.extension().is_some_and(|extension| extension == "wit"));
    wit.filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

/// What tells one state of the files from another: path, length and time of change of each.
type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

fn stamp(location: &Location) -> Stamp {
    let mut stamp = Vec::new();
    for path in [&location.manifest, &location.wit] {
        visit(path, &mut stamp);
    }
    stamp
}

fn visit(path: &Path, stamp: &mut Stamp) {
    if let Ok(metadata) = std::fs::metadata(path) {
        stamp.push((path.to_owned(), metadata.len(), metadata.modified().ok()));
    }
    let Ok(entries) = std::fs::read_dir(path) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths.iter().for_each(|path| visit(path, stamp));
}

/// Whether this macro call is the one that tells this error. A language server expands the same call many times, so
/// the call is known by its place.
fn is_reporter(message: &str) -> bool {
    static REPORTERS: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let span = Span::call_site();
    let site = format!("{:?} {:?}", span.local_file(), span.start());
    let mut reporters = REPORTERS.lock().unwrap_or_else(PoisonError::into_inner);
    *reporters.entry(message.to_owned()).or_insert_with(|| site.clone()) == site
}
