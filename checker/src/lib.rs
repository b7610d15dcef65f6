//! Whether every module fits every firmware of a system: from bytes, both ways, all errors at once.
//!
//! ```text
//! linchpin.toml ─▶ load ─▶ System ─▶ check ─▶ Verdict ─▶ render
//!   components ──┘           (plain)   │
//!   firmwares ───┘                     ├─ artefacts: purity, limits, frozen contracts
//!   contracts ───┘                     └─ judge: module × firmware ─▶ walk ─▶ rules
//! ```
//!
//! [`load()`] is the only step that reads files, and fails with every error at once. [`check()`] is pure and never
//! fails: what it cannot decide is a finding. A rule is one file of `rules/`; the walk brings it what it looks at.
#![forbid(unsafe_code)]

pub mod diff;
pub mod firmware;
pub mod inventory;
pub mod link;
pub mod locate;
pub mod profile;
pub mod release;
pub mod render;
pub mod system;
pub mod verdict;

mod align;
mod artefacts;
mod beyond;
mod bump;
mod change;
mod check;
mod config;
mod copies;
mod data;
mod digests;
mod earlier;
mod edges;
mod error;
mod explain;
mod files;
mod filing;
mod fleet;
mod foreign;
mod inputs;
mod items;
mod judge;
mod known;
mod load;
mod lock;
mod matching;
mod pair;
mod prepared;
mod progress;
mod promises;
mod reissued;
mod rollout;
mod rule;
mod rules;
mod seats;
mod served;
mod tag_pair;
mod verdict_rows;
mod waivers;
mod walk;

pub use bump::{Step, next_version, step};
pub use check::{Options, check};
pub use config::check_manifest;
pub use diff::{Diff, diff};
pub use error::{Error, NamedBy, Naming};
pub use explain::{RuleInfo, explain, rules};
pub use inputs::Inputs;
pub use load::{Contracts, LoadOptions, contracts_folder, load, load_contracts, load_with, load_with_inputs};
pub use locate::{Located, locate};
pub use lock::lock_text;
pub use progress::Progress;
pub use system::System;
pub use verdict::Verdict;
