//! # `start-function`
//!
//! ## What it does
//!
//! Finds core modules with a start function.
//!
//! ## Why it breaks
//!
//! It runs when an instance is made, before any limit of a call holds, and what it does is no function of the
//! inputs. The firmware refuses it.
//!
//! ## Example
//!
//! ```wat
//! (func $init ..)
//! (start $init)
//! ```
//!
//! ## What to do
//!
//! Do the work in the function itself, or in a `const`. Constructors of C and C++ libraries are called by
//! `_initialize`, which is allowed.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "start-function",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a module has a start function",
    source: include_str!("start_function.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "do the work in the function itself, or in a `const`. Constructors of C and C++ libraries are called by `_initialize`, which is allowed";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    if !target.runtime.asks_for_purity() {
        return;
    }
    if module.profile.start_functions > 0 {
        let message = format!("module `{}` has a start function", module.name);
        sink.report_module(module, "start", message, "runs before it is called".to_owned(), HELP);
    }
}
