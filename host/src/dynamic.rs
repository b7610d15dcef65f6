//! The dynamic form of a call: types known only at run time, values as a plain tree.
//!
//! Where generated code knows a function's types when it is compiled, this reads them from the component: a
//! [`ValueType`](crate::component::ValueType) becomes a [`Layout`] once, and each call lowers and lifts [`Value`]s along it. Memory and calls go
//! through [`Instance`](crate::abi::Instance), as in generated code, with the same checks on what a guest
//! gives back.
//!
//! ```text
//! ValueType -> Layout ─┬─ Value -> lower -> slots and memory -> call
//!                      └─ Value <- lift  <- slot or memory   <──┘
//! ```

mod call;
mod layout;
mod lift;
mod lower;
mod value;

pub use call::{DynamicError, DynamicFunction};
pub use layout::{CaseKind, Cases, Layout, Part, Scalar, Shape, TypeTooLarge};
pub use value::{Mismatch, Value};
