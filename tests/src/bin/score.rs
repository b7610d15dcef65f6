//! Scores a folder of contract histories: `cargo run --release -p linchpin-tests --bin score -- DIR`.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use linchpin_tests::score::score;

/// Compares every consecutive pair of versions, and the first with the last, in both roles. One JSON line for each
/// answer goes to standard output, a summary to standard error.
#[derive(Parser)]
struct Arguments {
    /// Folder of `<package>/<version>/*.wit`, each version with `deps/` if it needs any
    corpus: PathBuf,
}

fn main() -> ExitCode {
    let corpus = Arguments::parse().corpus;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match score(&corpus, &mut out).and_then(|score| out.flush().map(|()| score)) {
        Ok(score) => {
            eprintln!(
                "{} packages, {} versions: {} pairs compared, {} of them unknown; {} errors; slowest pair {:.1} ms",
                score.packages,
                score.versions,
                score.pairs,
                score.unknown,
                score.errors,
                score.slowest.as_secs_f64() * 1000.0,
            );
            if score.versions == 0 {
                eprintln!(
                    "error: `{}` holds no version; name the folder that holds `<package>/<version>/*.wit`",
                    corpus.display()
                );
                return ExitCode::from(2);
            }
            ExitCode::SUCCESS
        }
        Err(reason) if reason.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: cannot score `{}`: {reason}", corpus.display());
            ExitCode::from(2)
        }
    }
}
