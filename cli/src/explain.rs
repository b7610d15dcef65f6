//! `linchpin explain`: the page of a rule, or the list of all rules.

use linchpin_checker::verdict::Level;
use serde::Serialize;

use crate::console::{BAD, BOLD, Console, Exit, Format, WARN, styled};
use crate::error::Error;

/// Which rule.
#[derive(Debug, Clone, clap::Args)]
pub struct ExplainArgs {
    /// The rule, as `linchpin check` names it in brackets; without it all rules are listed
    pub rule: Option<String>,
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
    let rules = linchpin_checker::rules();
    let Some(rule) = &args.rule else {
        console.result(&rules, |rules| rules.iter().map(line).collect())?;
        return Ok(Exit::Clean);
    };
    let Some(text) = linchpin_checker::explain(rule) else {
        let near = nearest(rule, rules.iter().map(|known| known.id));
        return Err(Error::NoSuchRule { rule: rule.clone(), near });
    };
    match console.format {
        Format::Text => console.print(&text)?,
        Format::Json => console.result(&Page { rule: rule.clone(), text }, |page| page.text.clone())?,
    }
    Ok(Exit::Clean)
}

fn line(rule: &linchpin_checker::RuleInfo) -> String {
    let (style, level) = match rule.level {
        Level::Deny => (BAD, "deny"),
        Level::Warn => (WARN, "warn"),
        Level::Allow => (BOLD, "allow"),
    };
    format!("{} {}\n     {}\n", styled(style, level), styled(BOLD, rule.id), rule.summary)
}

/// The known rule whose name shares the most words, if any is shared.
fn nearest<'r>(wanted: &str, known: impl Iterator<Item = &'r str>) -> Option<String> {
    let shared =
        |id: &str| id.split('-').filter(|word| wanted.split(['-', '_']).any(|it| it == *word)).count();
    known.filter(|id| shared(id) > 0).max_by_key(|id| shared(id)).map(str::to_owned)
}
