//! `linchpin where`: who uses a thing, and where it runs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use linchpin_checker::locate::{FunctionUse, Item, Kind, Located, ModuleUse, Run, Way, locate};
use linchpin_checker::render::words::{counted, pair};
use linchpin_checker::verdict::PairLevel;
use linchpin_checker::{Options, check};

use crate::check::{load, today};
use crate::console::{BAD, BOLD, Console, DIM, Exit, GOOD, styled};
use crate::error::Error;
use crate::page::options;

/// What to look for.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = NAMES)]
pub struct WhereArgs {
    /// A name, in full or by its end
    pub name: String,
    /// The file that describes the system
    #[arg(long, value_name = "FILE", default_value = "linchpin.toml")]
    pub manifest: PathBuf,
    /// Show lists in full
    #[arg(long, short)]
    pub verbose: bool,
}

const NAMES: &str = "\
Names:
  setpoint, setpoint@1.3.0                  a module, or one version of it
  heater-3, heater-3@3.0.0                  a class of device, or one firmware of it
  acme:heating, acme:heating@1.1.0          a package
  setpoint, acme:heating/setpoint@1.1.0     an interface
  plan, setpoint.plan                       a function
  inputs, inputs.prices, prices             a type; a field, case, flag or parameter
  1.4.0                                     every module, firmware and package of this version";

/// Runs the command.
///
/// # Errors
/// As [`find`], and if standard output cannot be written.
pub fn run(args: &WhereArgs, console: &mut Console) -> Result<Exit, Error> {
    let located = find(args)?;
    let width = console.width();
    console.result(&located, |located| text(located, args.verbose, width))?;
    Ok(Exit::Clean)
}

/// Looks the name up.
///
/// # Errors
/// If the system cannot be read, and [`Error::Nowhere`] where nothing in it is called so: a name that was misspelt must
/// not look like one that nobody uses.
pub fn find(args: &WhereArgs) -> Result<Located, Error> {
    let system = load(&args.manifest)?;
    let verdict = check(&system, &Options::on(today()));
    let located = locate(&system, &verdict, &args.name);
    if located.items.is_empty() {
        return Err(Error::Nowhere { name: args.name.clone(), near: located.nearest });
    }
    Ok(located)
}

/// Longer lists are cut unless they are asked for in full.
const BRIEF: usize = 4;

fn text(located: &Located, verbose: bool, width: Option<usize>) -> String {
    let form = Form { most: if verbose { usize::MAX } else { BRIEF }, width };
    located.items.iter().map(|item| form.item(item)).collect::<Vec<_>>().join("\n")
}

/// How much is shown, and where lines are broken.
struct Form {
    most: usize,
    width: Option<usize>,
}

impl Form {
    fn item(&self, item: &Item) -> String {
        let mut out = format!("{} {}\n", item.kind.word(), styled(BOLD, &item.name));
        for place in &item.declared {
            out.push_str(&self.line("  declared  ", &format!("{}:{}", place.file, place.line)));
        }
        for module in &item.modules {
            out.push_str(&self.line("  module    ", &module_line(item, module, self.most)));
            for (target, runs) in by_target(&module.runs) {
                let runs = format!("on {target}: {}", some(&runs, self.most));
                out.push_str(&self.line("              ", &runs));
            }
        }
        for firmware in &item.firmwares {
            let uses = uses(item, &firmware.functions, ("calls", "provides"), self.most);
            let devices =
                firmware.devices.map_or_else(String::new, |number| format!("; {}", devices(number)));
            let line = format!("{} {} {uses}{devices}", firmware.target, firmware.version);
            out.push_str(&self.line("  firmware  ", &line));
        }
        if item.modules.is_empty() && item.firmwares.is_empty() {
            out.push_str("  used by no module and no firmware\n");
        }
        item.edges.iter().for_each(|edge| out.push_str(&self.line("  edge      ", edge)));
        item.data.iter().for_each(|data| out.push_str(&self.line("  data      ", data)));
        out
    }

    /// A line with its head; what does not fit stands below its first word.
    fn line(&self, head: &str, text: &str) -> String {
        let Some(width) = self.width else { return format!("{head}{text}\n") };
        let below = " ".repeat(head.len());
        textwrap::fill(text, options(width).initial_indent(head).subsequent_indent(&below)) + "\n"
    }
}

fn module_line(item: &Item, module: &ModuleUse, most: usize) -> String {
    let field =
        if module.current { String::new() } else { format!(" {}", styled(DIM, "(still in the field)")) };
    let uses = uses(item, &module.functions, ("exports", "imports"), most);
    format!("{} {}{field} {uses}", module.module, module.version)
}

/// What is done with the thing, and through which functions.
fn uses(item: &Item, functions: &[FunctionUse], verbs: (&str, &str), most: usize) -> String {
    let mut said = Vec::new();
    for (way, verb) in [(Way::Export, verbs.0), (Way::Import, verbs.1)] {
        let names: Vec<String> = functions
            .iter()
            .filter(|function| function.way == way)
            .map(|function| format!("`{}`", function.function))
            .collect();
        if names.is_empty() {
            continue;
        }
        said.push(match item.kind {
            Kind::Function => format!("{verb} it"),
            Kind::Target | Kind::Firmware | Kind::Module | Kind::Package | Kind::Interface => {
                format!("{verb} {}", some(&names, most))
            }
            Kind::Parameter | Kind::Type | Kind::Field | Kind::Case | Kind::Flag => {
                format!("{verb} it in {}", some(&names, most))
            }
        });
    }
    if said.is_empty() { "has no function".to_owned() } else { said.join(" and ") }
}

/// What each class of device makes of a module, by firmware.
fn by_target(runs: &[Run]) -> BTreeMap<&str, Vec<String>> {
    let mut by_target: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for run in runs {
        let style = if run.level == PairLevel::Ok { GOOD } else { BAD };
        let devices = run.devices.map_or_else(String::new, |number| format!(", {}", devices(number)));
        let level = styled(style, pair(run.level));
        by_target.entry(&run.target).or_default().push(format!("{} {level}{devices}", run.firmware));
    }
    by_target
}

fn devices(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "device")
}

/// The first of a list, and how many more there are.
fn some(all: &[String], most: usize) -> String {
    let shown = all.iter().take(most).cloned().collect::<Vec<_>>().join("; ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}
