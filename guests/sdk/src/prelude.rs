//! What a guest crate usually needs: `use linchpin_guest::prelude::*;`.
//!
//! The allocating types are here so that the same source compiles with and without `std`.

pub use alloc::borrow::ToOwned;
pub use alloc::boxed::Box;
pub use alloc::string::{String, ToString};
pub use alloc::vec::Vec;
pub use alloc::{format, vec};

pub use crate::{Alias, Enum, Flags, Record, Variant, WitType};
