//! What a check costs, in processor time, beside tools that judge one pair after another.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use comfy_table::Table;
use wit_parser::Resolve;

use super::{Size, make};

/// The programs that take part.
#[derive(Debug, Clone)]
pub struct Programs {
    /// Ours.
    pub linchpin: PathBuf,
    /// The peer, if it is there.
    pub wasm_tools: Option<PathBuf>,
}

type Failure = Box<dyn std::error::Error>;

/// How often a warm check is repeated: the clock of the kernel ticks in hundredths of a second.
const WARM_RUNS: u32 = 10;

/// One row for each system: cold, warm, and the peers' cost for as many pairs.
///
/// # Errors
/// If a system cannot be made or a program does not run.
pub fn table(sizes: &[Size], programs: &Programs, peer_pairs: usize) -> Result<Table, Failure> {
    let mut table = Table::new();
    table.set_header([
        "modules",
        "pairs",
        "distinct",
        "cold cpu s",
        "cold wall s",
        "warm cpu s",
        "warm wall s",
        "`targets` cpu s",
        "ratio",
        "`wasm-tools` cpu s",
        "ratio",
    ]);
    for size in sizes {
        let folder = tempfile::tempdir()?;
        let made = make(folder.path(), *size)?;
        let cold = cost(1, || check(&programs.linchpin, folder.path()))?;
        let warm = cost(WARM_RUNS, || check(&programs.linchpin, folder.path()))?;
        let sample = peer_pairs.min(made.pairs);
        let scaled = |cpu: Duration| cpu.as_secs_f64() / as_f64(sample) * as_f64(made.pairs);
        let in_process = scaled(cost(1, || targets(folder.path(), *size, sample))?.0);
        let tool = match &programs.wasm_tools {
            Some(tool) => Some(scaled(cost(1, || wasm_tools(tool, folder.path(), *size, sample))?.0)),
            None => None,
        };
        let ratio = |peer: f64| format!("{:.0}x", peer / cold.0.as_secs_f64().max(0.01));
        table.add_row([
            size.modules.to_string(),
            made.pairs.to_string(),
            made.distinct_interfaces.to_string(),
            format!("{:.2}", cold.0.as_secs_f64()),
            format!("{:.2}", cold.1.as_secs_f64()),
            format!("{:.3}", warm.0.as_secs_f64()),
            format!("{:.3}", warm.1.as_secs_f64()),
            format!("{in_process:.1}"),
            ratio(in_process),
            tool.map_or_else(|| "-".to_owned(), |cpu| format!("{cpu:.1}")),
            tool.map_or_else(|| "-".to_owned(), ratio),
        ]);
    }
    Ok(table)
}

#[expect(clippy::cast_precision_loss, reason = "counts of pairs are far below 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// Processor time of this process and its children, and wall time, of one run.
fn cost(runs: u32, mut run: impl FnMut() -> Result<(), Failure>) -> Result<(Duration, Duration), Failure> {
    let (cpu, start) = (cpu_time()?, Instant::now());
    for _ in 0..runs {
        run()?;
    }
    Ok((cpu_time()?.saturating_sub(cpu) / runs, start.elapsed() / runs))
}

/// User and system time of this process and of the children it waited for: fields 14 to 17 of `/proc/self/stat`, in
/// hundredths of a second (proc(5); `USER_HZ` is 100 on every Linux that people run).
fn cpu_time() -> Result<Duration, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').ok_or("`/proc/self/stat` has no process name")?.1;
    let ticks = after_name.split_whitespace().skip(11).take(4).map(str::parse::<u64>);
    let ticks = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

fn check(linchpin: &Path, folder: &Path) -> Result<(), Failure> {
    let status = Command::new(linchpin).arg("check").current_dir(folder).stdout(Stdio::null()).status()?;
    match status.code() {
        Some(0 | 1) => Ok(()),
        Some(_) | None => Err(format!("`{} check` ended with {status}", linchpin.display()).into()),
    }
}

/// The pairs that the peers judge: a module's component and the contract that a firmware calls of its line.
fn pairs(folder: &Path, size: Size, sample: usize) -> impl Iterator<Item = (PathBuf, PathBuf)> {
    (0..sample).map(move |index| {
        let (module, firmware) = (index % size.modules, index / size.modules);
        let (line, _) = size.provided(module);
        let version = super::wit::version(firmware % size.editions);
        let contract = format!("contracts/released/line-{line}/{version}.wit");
        (folder.join(format!("modules/{module:05}.wasm")), folder.join(contract))
    })
}

fn targets(folder: &Path, size: Size, sample: usize) -> Result<(), Failure> {
    for (module, contract) in pairs(folder, size, sample) {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(&contract)?;
        let world = resolve.select_world(&[package], None)?;
        // What it says is judged elsewhere; here only its cost counts.
        drop(wit_component::targets(&resolve, world, &fs::read(module)?));
    }
    Ok(())
}

fn wasm_tools(tool: &Path, folder: &Path, size: Size, sample: usize) -> Result<(), Failure> {
    for (module, contract) in pairs(folder, size, sample) {
        let mut command = Command::new(tool);
        command.args(["component", "targets", "--world", "device"]).arg(contract).arg(module);
        // It fails for a pair that does not fit, which is an answer as well.
        command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    }
    Ok(())
}
