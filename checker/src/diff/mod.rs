//! Two editions of a contract, compared item by item.
//!
//! ```text
//! WIT ──────┐
//! component ┼─▶ Source ─┬─▶ packages: pairs, versions ─▶ interfaces, worlds ─▶ functions, types ─▶ rules
//! firmware ─┘           └─▶ usage: who imports, who exports, what is used                          │
//!                                            Diff: findings, required step, what each upgrade does ◀┘
//! ```
//!
//! Packages are told apart by what they hold before anything else: two of one name and version with other content
//! are never merged. Every finding carries what it does in each [`Role`]; a function that came, say, is no fault, but
//! it tells which side must move first.

mod compare;
mod dependence;
mod docs;
mod effect;
mod functions;
mod lone;
mod needs;
mod packages;
mod provenance;
mod replaced;
mod report;
mod settle;
mod site;
mod source;
mod types;
mod usage;
mod worlds;

pub use report::{Answer, Diff, PackageDiff, SCHEMA_VERSION, SideName};
pub use source::Source;

pub(crate) use docs::list;

use linchpin_contract::Error;

use crate::verdict::Role;
use compare::Compare;

/// Compares two editions of a contract. With a role, only what stands in the way of that upgrade is found.
///
/// ```
/// use linchpin_checker::{diff, diff::Source};
/// let wit = |version: &str, ty: &str| {
///     let text = format!("package a:b@{version}; interface i {{ f: func(x: {ty}); }}");
///     Ok::<_, linchpin_contract::Error>(Source::contract(version, linchpin_contract::load_text("i.wit", &text)?))
/// };
/// let diff = diff(&wit("1.0.0", "u32")?, &wit("1.0.1", "u64")?, None)?;
/// let rules: Vec<_> = diff.findings.iter().map(|finding| finding.rule.as_str()).collect();
/// assert_eq!(rules, ["version-under-bumped", "primitive-changed"]);
/// assert!(!diff.clean);
/// # Ok::<(), linchpin_contract::Error>(())
/// ```
///
/// # Errors
/// [`Error::TypeTooLarge`] where a function cannot be written out in full, and [`Error::WorldNotNamed`] where one
/// side is a single world and the other one has several of which none was chosen.
pub fn diff(before: &Source, after: &Source, role: Option<Role>) -> Result<Diff, Error> {
    let mut compare = Compare::new(before, after);
    compare.all()?;
    let named: Vec<bool> = compare.pairs.iter().map(|pair| !pair.is_nameless()).collect();
    let mut diff = settle::settle(compare, role);
    let mut named = named.into_iter();
    diff.packages.retain(|_| named.next().unwrap_or(true));
    Ok(diff)
}
