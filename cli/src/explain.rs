//! `linchpin explain`: the page of a rule, the list of all rules, or all pages.

use linchpin_checker::RuleInfo;
use linchpin_checker::render::{rules_markdown, words};
use linchpin_checker::verdict::{Level, Plane};
use serde::Serialize;

use crate::console::{BAD, BOLD, Console, DIM, Exit, Format, WARN, styled};
use crate::error::Error;
use crate::page::{page, sentence};

/// Which rule.
#[derive(Debug, Clone, clap::Args)]
pub struct ExplainArgs {
    /// The rule, as `linchpin check` names it in brackets; without it all rules are listed
    pub rule: Option<String>,
    /// The pages of all rules
    #[arg(long, conflicts_with = "rule")]
    pub all: bool,
}

#[derive(Serialize)]
struct Page {
    rule: String,
    text: String,
}

/// Runs the command.
///
/// # Errors
/// If there is no such rule, or standard output cannot be written.
pub fn run(args: &ExplainArgs, console: &mut Console) -> Result<Exit, Error> {
    match &args.rule {
        Some(rule) => one(rule, console)?,
        None if args.all => all(console)?,
        None => list(console)?,
    }
    Ok(Exit::Clean)
}

fn one(rule: &str, console: &mut Console) -> Result<(), Error> {
    let Some(text) = linchpin_checker::explain(rule) else {
        let near = nearest(rule, linchpin_checker::rules().iter().map(|known| known.id));
        return Err(Error::NoSuchRule { rule: rule.to_owned(), near });
    };
    match console.format {
        Format::Json => console.result(&Page { rule: rule.to_owned(), text }, |page| page.text.clone()),
        _ => show(&text, console),
    }
}

fn all(console: &mut Console) -> Result<(), Error> {
    let pages = || {
        let known = linchpin_checker::rules();
        let page = |rule: &RuleInfo| {
            let text = linchpin_checker::explain(rule.id)?;
            Some(Page { rule: rule.id.to_owned(), text })
        };
        known.iter().filter_map(page).collect::<Vec<_>>()
    };
    match console.format {
        Format::Json => console.result(&pages(), |_| String::new()),
        Format::Markdown => console.print(&rules_markdown()),
        _ => show(&pages().into_iter().map(|page| page.text).collect::<Vec<_>>().join("\n\n"), console),
    }
}

/// Markdown as it looks where somebody watches; as it is written where a program reads.
fn show(markdown: &str, console: &mut Console) -> Result<(), Error> {
    if console.format == Format::Text && (console.watched() || console.colored()) {
        let width = console.width();
        console.print(&page(markdown, width))
    } else {
        console.print(markdown)
    }
}

fn list(console: &mut Console) -> Result<(), Error> {
    let rules = linchpin_checker::rules();
    let width = console.width();
    match console.format {
        Format::Markdown => console.print(&rules_markdown()),
        _ => console.result(&rules, |rules| table(rules, width)),
    }
}

fn table(rules: &[RuleInfo], width: Option<usize>) -> String {
    let mut out = String::new();
    for plane in [Plane::Link, Plane::Policy, Plane::System] {
        let of_plane: Vec<&RuleInfo> = rules.iter().filter(|rule| rule.plane == plane).collect();
        if of_plane.is_empty() {
            continue;
        }
        let space = if out.is_empty() { "" } else { "\n" };
        let title = styled(BOLD, words::plane(plane));
        out.push_str(&format!("{space}{title}: {}\n", words::plane_meaning(plane)));
        of_plane.into_iter().for_each(|rule| out.push_str(&line(rule, width)));
    }
    out
}

fn line(rule: &RuleInfo, width: Option<usize>) -> String {
    let style = match rule.level {
        Level::Deny => BAD,
        Level::Warn => WARN,
        Level::Allow => BOLD,
    };
    let step = rule.bump.map_or_else(String::new, |bump| styled(DIM, &format!(", {}", words::step(bump))));
    let level = styled(style, words::level(rule.level));
    format!("  {} ({level}{step})\n{}\n", styled(BOLD, rule.id), sentence(rule.summary, "      ", width))
}

/// The known rule that looks most like what was asked for, if any does.
fn nearest<'r>(wanted: &str, known: impl Iterator<Item = &'r str>) -> Option<String> {
    let wanted = wanted.to_lowercase().replace('_', "-");
    let scored = known.map(|id| (strsim::normalized_damerau_levenshtein(&wanted, id), id));
    let best = scored.filter(|(score, _)| *score > LIKENESS).max_by(|one, other| one.0.total_cmp(&other.0));
    best.map(|(_, id)| id.to_owned())
}

/// Below this, two names have little in common.
const LIKENESS: f64 = 0.5;
