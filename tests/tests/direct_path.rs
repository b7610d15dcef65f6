//! The direct path: generated lowering and lifting against guests that play the other side.
//!
//! The other side is written from the canonical ABI's own text, over the contract's model and with none of the
//! host's code. So an agreement of both says something.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

#[path = "direct_path/bindings.rs"]
mod bindings;
#[path = "direct_path/echo.rs"]
mod echo;
#[path = "direct_path/end_to_end.rs"]
mod end_to_end;
#[path = "direct_path/guards.rs"]
mod guards;
#[path = "direct_path/guests.rs"]
mod guests;
#[path = "direct_path/hostile.rs"]
mod hostile;
#[path = "direct_path/lowering.rs"]
mod lowering;
#[path = "direct_path/newtypes.rs"]
mod newtypes;
#[path = "direct_path/oracle.rs"]
mod oracle;
#[path = "direct_path/own.rs"]
mod own;
#[path = "cli/program.rs"]
mod program;
