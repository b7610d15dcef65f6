//! Files of a git revision, read through the `git` of the machine, without a checkout.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;

/// What lies at a path of a revision.
pub(crate) enum Found {
    File(Vec<u8>),
    /// Files below it, by their path below it, sorted.
    Folder(Vec<(PathBuf, Vec<u8>)>),
}

/// Reads a file or folder of a revision. As in git itself, a path that begins with `./` starts at the current folder
/// and any other one at the root of the repository.
///
/// # Errors
/// [`Error::Revision`] where git is not there, or has no such revision or path.
pub(crate) fn read(revision: &str, path: &str) -> Result<Found, Error> {
    read_in(Path::new("."), revision, path)
}

/// As [`read`], with another folder than the current one for paths that begin with `./`.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_in(folder: &Path, revision: &str, path: &str) -> Result<Found, Error> {
    let here = path.strip_prefix("./");
    let wanted = here.unwrap_or(path).trim_end_matches('/');
    let refused =
        |reason: String| Error::Revision { revision: revision.to_owned(), path: path.to_owned(), reason };
    if revision.is_empty() || revision.starts_with('-') {
        return Err(refused("it is no file, and no revision stands before the `:`".to_owned()));
    }
    let mut list = Command::new("git");
    list.current_dir(folder).args(["ls-tree", "-r", "-z"]);
    if here.is_none() {
        list.arg("--full-tree");
    }
    list.arg(revision).arg("--");
    if !wanted.is_empty() && wanted != "." {
        list.arg(wanted);
    }
    let listing = output(&mut list, &[]).map_err(&refused)?;
    let entries = entries(&listing, wanted);
    if entries.is_empty() {
        return Err(refused("the revision has no such file or folder".to_owned()));
    }
    let ids: String = entries.iter().map(|(_, id)| format!("{id}\n")).collect();
    let batch = output(Command::new("git").current_dir(folder).args(["cat-file", "--batch"]), ids.as_bytes())
        .map_err(&refused)?;
    let mut contents = objects(&batch).ok_or_else(|| refused("git gave its files cut short".to_owned()))?;
    if let ([(name, _)], 1) = (entries.as_slice(), contents.len())
        && name.as_os_str().is_empty()
    {
        return Ok(Found::File(contents.swap_remove(0)));
    }
    let mut files: Vec<_> = entries.into_iter().map(|(path, _)| path).zip(contents).collect();
    files.sort();
    Ok(Found::Folder(files))
}

/// Path below `wanted` and object id of every file that can be a part of a contract.
fn entries(listing: &[u8], wanted: &str) -> Vec<(PathBuf, String)> {
    let text = String::from_utf8_lossy(listing);
    let entry = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let mut head = head.split(' ');
        let (_, kind, id) = (head.next()?, head.next()?, head.next()?);
        let below = Path::new(path).strip_prefix(wanted).ok()?.to_path_buf();
        let whole = below.as_os_str().is_empty();
        let part = below.extension().is_some_and(|extension| extension == "wit" || extension == "wasm");
        (kind == "blob" && (whole || part)).then(|| (below, id.to_owned()))
    };
    text.split('\0').filter_map(entry).collect()
}

/// The contents that `git cat-file --batch` gives: a head line with the size, the bytes, a line end.
fn objects(mut batch: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut objects = Vec::new();
    while !batch.is_empty() {
        let end = batch.iter().position(|byte| *byte == b'\n')?;
        let (head, rest) = batch.split_at_checked(end)?;
        let size: usize = std::str::from_utf8(head).ok()?.rsplit(' ').next()?.parse().ok()?;
        let rest = rest.get(1..)?;
        objects.push(rest.get(..size)?.to_vec());
        batch = rest.get(size + 1..)?;
    }
    Some(objects)
}

fn output(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, String> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().map_err(|reason| format!("`git` cannot be started: {reason}"))?;
    let stdin = child.stdin.take();
    let given = std::thread::scope(|scope| {
        // Both pipes may fill up, so they are served at the same time.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = given.map_err(|reason| reason.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned())
    }
}
