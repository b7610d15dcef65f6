//! Tags in doc comments: `@unit`, `@range`, `@step`, `@was`.
//!
//! A tag stands alone on a line of a doc comment. Any other `@word` is left to its owner, save a near miss of
//! ours, which is reported with what was probably meant.

use std::fmt;

/// The tags of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// `@unit celsius`.
    pub unit: Option<String>,
    /// `@range 10..=85`.
    pub range: Option<Range>,
    /// `@step 0.5`.
    pub step: Option<Decimal>,
    /// `@was old-name`: the name that this item had before.
    pub was: Option<String>,
}

impl Tags {
    /// Whether no tag was written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An inclusive range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Least allowed value.
    pub min: Decimal,
    /// Greatest allowed value.
    pub max: Decimal,
}
