//! Scores histories of contracts: `<package>/<version>/*.wit`, each version with its own `deps/` or without.
//!
//! Every consecutive pair of versions is compared in both roles, and the first against the last where there are more
//! than two; of two, the pair says it already. What cannot be read is told with its reason; it never stops the rest, and
//! a pair with such a side is `unknown`, never ok. Versions are those of the package lines; where a folder says another
//! one, a line of kind `error` tells it.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use linchpin_checker::diff::{Answer, Source};
use linchpin_checker::verdict::{PairLevel, Role};
use linchpin_checker::{Diff, diff};
use linchpin_contract::{Gates, load_wit_gated};
use semver::Version;
use serde_json::{Value, json};

const ROLES: [Role; 2] = [Role::HostUpgrade, Role::ModuleUpgrade];

/// What was scored, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Packages with at least one version.
    pub packages: usize,
    /// Versions, readable or not.
    pub versions: usize,
    /// Pairs of versions that were compared.
    pub pairs: usize,
    /// Pairs of which a side cannot be read, or that cannot be compared.
    pub unknown: usize,
    /// Folders and versions that cannot be used.
    pub errors: usize,
    /// The longest that reading and comparing one pair took.
    pub slowest: Duration,
}

/// One version of a package.
struct Edition {
    version: Version,
    source: Option<Source>,
    load: Duration,
}

/// Scores every package of a folder, in the order of their names, as JSON lines.
///
/// # Errors
/// If the folder cannot be listed or a line cannot be written.
pub fn score(corpus: &Path, out: &mut dyn Write) -> std::io::Result<Score> {
    let mut score = Score::default();
    for folder in folders(corpus)? {
        let package = name(&folder);
        let editions = editions(&package, &folder, &mut score, out)?;
        score.packages += usize::from(!editions.is_empty());
        for pair in editions.windows(2) {
            if let [before, after] = pair {
                compare(&package, "consecutive", before, after, &mut score, out)?;
            }
        }
        if let ([first, .., last], true) = (editions.as_slice(), editions.len() > 2) {
            compare(&package, "first-last", first, last, &mut score, out)?;
        }
    }
    Ok(score)
}

/// Every version of a package, oldest first.
fn editions(
    package: &str,
    folder: &Path,
    score: &mut Score,
    out: &mut dyn Write,
) -> std::io::Result<Vec<Edition>> {
    let mut editions = Vec::new();
    let versions = folders(folder)?;
    if versions.is_empty() {
        let message =
            "it holds no folder of a version; name the folder that holds `<package>/<version>/*.wit`";
        error(package, "", "no-version", message, score, out)?;
    }
    for path in versions {
        let text = name(&path);
        let version = match text.strip_prefix('v').unwrap_or(&text).parse::<Version>() {
            Ok(version) => version,
            Err(_) => {
                let message = "the folder's name is no version of three numbers, as `1.4.0`";
                error(package, &text, "version", message, score, out)?;
                continue;
            }
        };
        score.versions += 1;
        let start = Instant::now();
        let source = match read(&text, &wit_folder(&path)) {
            Ok((source, line)) => {
                if line.as_ref() != Some(&version) {
                    let says = line.map_or_else(|| "none".to_owned(), |line| line.to_string());
                    let message = format!(
                        "the folder says version {version} and the package line {says}, which counts"
                    );
                    error(package, &text, "version-mismatch", &message, score, out)?;
                }
                Some(source)
            }
            Err((code, message)) => {
                error(package, &text, code, &message, score, out)?;
                None
            }
        };
        editions.push(Edition { version, source, load: start.elapsed() });
    }
    editions.sort_by(|one, other| one.version.cmp(&other.version));
    Ok(editions)
}

/// The contract of a folder, and the version of its package line.
fn read(name: &str, folder: &Path) -> Result<(Source, Option<Version>), (&'static str, String)> {
    let load = || load_wit_gated(folder, Gates::Open);
    match catch_unwind(AssertUnwindSafe(load)) {
        Ok(Ok(contract)) => {
            let version = contract.main().and_then(|package| package.id.version.clone());
            Ok((Source::contract(name, contract), version))
        }
        Ok(Err(error)) => Err((error.code(), error.to_string())),
        Err(_) => Err(("internal", "reading it panicked; please report it".to_owned())),
    }
}

/// Some histories keep a version's WIT in a folder `wit`, as a crate does.
fn wit_folder(version: &Path) -> PathBuf {
    let inner = version.join("wit");
    let holds_wit = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.path().extension().is_some_and(|extension| extension == "wit"))
    };
    if !holds_wit(version) && holds_wit(&inner) { inner } else { version.to_owned() }
}

fn compare(
    package: &str,
    span: &str,
    before: &Edition,
    after: &Edition,
    score: &mut Score,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    score.pairs += 1;
    let head = json!({
        "kind": "pair",
        "package": package,
        "span": span,
        "before": before.version.to_string(),
        "after": after.version.to_string(),
    });
    let (Some(old), Some(new)) = (&before.source, &after.source) else {
        score.unknown += 1;
        return unknown(&head, "unreadable", "a side cannot be read; its own line says why", out);
    };
    let start = Instant::now();
    let compared = catch_unwind(AssertUnwindSafe(|| diff(old, new, None)));
    let compare = start.elapsed();
    let diff = match compared {
        Ok(Ok(diff)) => diff,
        Ok(Err(error)) => {
            score.unknown += 1;
            return unknown(&head, error.code(), &error.to_string(), out);
        }
        Err(_) => {
            score.unknown += 1;
            return unknown(&head, "internal", "comparing the two panicked; please report it", out);
        }
    };
    let total = before.load + after.load + compare;
    score.slowest = score.slowest.max(total);
    for answer in diff.answers.iter().filter(|answer| ROLES.contains(&answer.role)) {
        let line = with(&head, scored(&diff, answer));
        let times = json!({ "compare_us": micros(compare), "total_us": micros(total) });
        writeln!(out, "{}", with(&line, times))?;
    }
    Ok(())
}

/// What a comparison says in one role.
fn scored(diff: &Diff, answer: &Answer) -> Value {
    // What its own package does not need a step for, one that it uses may.
    let short = diff.packages.iter().filter(|package| !package.enough).filter_map(|package| package.required);
    let findings: Vec<&str> = diff.findings.iter().map(|finding| finding.rule.as_str()).collect();
    json!({
        "role": answer.role,
        "verdict": answer.level,
        "moves_first": answer.moves_first,
        "because": answer.because,
        "required": diff.required.max(short.max()),
        "declared": diff.declared,
        "enough": diff.clean,
        "findings": findings,
    })
}

fn unknown(head: &Value, code: &str, message: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for role in ROLES {
        let rest = json!({ "role": role, "verdict": PairLevel::Unknown, "error": code, "message": message });
        writeln!(out, "{}", with(head, rest))?;
    }
    Ok(())
}

fn error(
    package: &str,
    version: &str,
    code: &str,
    message: &str,
    score: &mut Score,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    score.errors += 1;
    let line =
        json!({ "kind": "error", "package": package, "version": version, "error": code, "message": message });
    writeln!(out, "{line}")
}

/// One object with the members of both.
fn with(head: &Value, rest: Value) -> Value {
    let mut all = head.clone();
    if let (Value::Object(all), Value::Object(rest)) = (&mut all, rest) {
        all.extend(rest);
    }
    all
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// The folders of a folder, sorted by name; hidden ones are nobody's contract.
fn folders(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() && !name(&path).starts_with('.') {
            folders.push(path);
        }
    }
    folders.sort_unstable();
    Ok(folders)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
