//! # `contract-unknown`
//!
//! ## What it does
//!
//! Finds exported interfaces whose digest no known contract has: neither the module's own WIT, nor a current or
//! released one.
//!
//! ## Why it breaks
//!
//! A component carries no units and no ranges; they are found in the contract with its digest. Without it,
//! nobody can tell what its numbers mean.
//!
//! ## Example
//!
//! Edit the WIT of a module and check without building it again.
//!
//! ## What to do
//!
//! Build the module again, or name its WIT folder with `wit = ".."` in `linchpin.toml`.

use linchpin_contract::Interface;

use crate::rule::{Check, Rule, Shown, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "contract-unknown",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a module was built from a contract that nobody knows",
    source: include_str!("contract_unknown.rs"),
    check: Check::Unknown(check),
};

const HELP: &str = "build the module again, or name its WIT folder with `wit = \"..\"` in `linchpin.toml`";

fn check(exported: &Interface, written: Option<&Interface>, sink: &mut Sink<'_>) {
    let id = exported.id.to_string();
    let message = format!("the component exports `{id}` in a form that no known contract has");
    let shown = match written {
        Some(written) => Shown::new(written.place.as_ref(), format!("interface {id}"))
            .label("says something else than the component: was the component built before this was edited?"),
        None => Shown::new(None, format!("interface {id}")).label("in the component only"),
    };
    sink.report_one(&id, message, shown, HELP);
}
