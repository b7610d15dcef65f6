//! # `docs-changed`
//!
//! ## What it does
//!
//! Finds packages whose doc comments changed. One finding a package, which lists the items. In a system, finds current
//! contracts that say what the release of their version says in another text.
//!
//! ## Why it breaks
//!
//! Nothing breaks: comments promise nothing that a machine could check. Units and ranges in tags are judged by
//! rules of their own. But a release never changes, comments included: a new text needs a version of its own to be
//! released.
//!
//! ## Example
//!
//! ```wit
//! // before
//! /// The water in the tank.
//! temp: f64
//! // after
//! /// The water at the top of the tank.
//! temp: f64
//! ```
//!
//! ## What to do
//!
//! Nothing, or a patch step where the new text is to be released. If a comment now says another thing of the same item,
//! consider a new item.

use crate::change::{ItemChange, ItemKind};
use crate::rule::{Check, Reworded, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "docs-changed",
    level: Level::Allow,
    plane: Plane::Policy,
    bump: None,
    summary: "doc comments changed",
    source: include_str!("docs_changed.rs"),
    check: Check::Several(&[Check::Item(check), Check::Reworded(reworded)]),
};

const HELP: &str = "nothing, or a patch step where the new text is to be released; if a comment now says another thing \
    of the same item, consider a new item";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind == ItemKind::Docs {
        let message = format!("doc comments of {} changed: {}", item.owner, item.name);
        let (before, after) = (item.before.label("as they were"), item.after.label("as they are"));
        sink.report("", message, before, after, HELP);
    }
}

fn reworded(reworded: &Reworded, sink: &mut Sink<'_>) {
    let message = format!("`{}` says what was released, in another text", reworded.package);
    let help = match &reworded.next {
        Some(next) => format!("nothing; where the new text is to be released, raise the version to {next}"),
        None => "nothing; where the new text is to be released, give it a version".to_owned(),
    };
    let (before, after) = (reworded.before.label("as released"), reworded.after.label("as it is now"));
    sink.report("", message, before, after, &help);
}
