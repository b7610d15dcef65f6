//! Makes a whole system of any size, or measures what checking such systems costs.
//!
//! ```console
//! $ cargo run --release -p linchpin-tests --bin fleet -- make /tmp/system --modules 1000 --firmwares 50
//! $ cargo run --release -p linchpin-tests --bin fleet -- measure --modules 100,1000,10000
//! ```
#![expect(clippy::print_stdout, reason = "a command tells its results")]

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use linchpin_tests::fleet::{Size, make, measure};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a system into a folder
    Make {
        /// The folder; what is in the way is replaced
        folder: PathBuf,
        /// Modules
        #[arg(long, default_value_t = 1_000)]
        modules: usize,
        #[command(flatten)]
        shape: Shape,
    },
    /// Measure the check of systems of several sizes, beside equality checks of every pair
    Measure {
        /// Modules of each system
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
        modules: Vec<usize>,
        #[command(flatten)]
        shape: Shape,
        /// How many pairs the peers judge; their cost is told for each pair
        #[arg(long, default_value_t = 1_000)]
        peer_pairs: usize,
        /// The `wasm-tools` program, as a peer
        #[arg(long)]
        wasm_tools: Option<PathBuf>,
        /// The `linchpin` program to measure [default: `linchpin-under-test` beside this one]
        #[arg(long)]
        linchpin: Option<PathBuf>,
    },
}

#[derive(Args, Clone, Copy)]
struct Shape {
    /// Firmwares
    #[arg(long, default_value_t = 50)]
    firmwares: usize,
    /// Functions of each contract
    #[arg(long, default_value_t = 5)]
    functions: usize,
    /// Contracts
    #[arg(long, default_value_t = 20)]
    lines: usize,
    /// Versions of each contract
    #[arg(long, default_value_t = 5)]
    editions: usize,
    /// Let modules provide every version, and not only the last one
    #[arg(long)]
    mixed: bool,
    /// Let the last version of each contract break
    #[arg(long)]
    breaking: bool,
}

impl Shape {
    fn size(self, modules: usize) -> Size {
        let Self { firmwares, functions, lines, editions, mixed, breaking } = self;
        let (lines, editions) = (lines.max(1), editions.max(1));
        Size { modules, firmwares, functions, lines, editions, mixed, breaking }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    match Cli::parse().command {
        Command::Make { folder, modules, shape } => {
            let made = make(&folder, shape.size(modules))?;
            println!("{} pairs, {} distinct interfaces", made.pairs, made.distinct_interfaces);
        }
        Command::Measure { modules, shape, peer_pairs, wasm_tools, linchpin } => {
            let beside = std::env::current_exe()?.with_file_name("linchpin-under-test");
            let programs = measure::Programs { linchpin: linchpin.unwrap_or(beside), wasm_tools };
            let sizes: Vec<Size> = modules.into_iter().map(|modules| shape.size(modules)).collect();
            println!("{}", measure::table(&sizes, &programs, peer_pairs)?);
        }
    }
    Ok(())
}
