//! How generated code takes a user's type apart and puts it together, in the order of the WIT.
//!
//! The derives implement these traits, so neither the order nor the names of Rust fields and cases matter to
//! anyone else, and a type may live in another crate than the code that carries it across.

use crate::shape::WitType;

/// A struct that stands for a WIT record.
pub trait WitRecord: WitType + Sized {
    /// The fields as a tuple, in the order of the WIT.
    type Parts;

    /// References to the fields as a tuple, in the order of the WIT.
    type Refs<'a>
    where
        Self: 'a;

    /// The record made of these fields.
    fn from_parts(parts: Self::Parts) -> Self;

    /// The fields of this record.
    fn into_parts(self) -> Self::Parts;

    /// The fields of this record, which keeps them.
    fn parts(&self) -> Self::Refs<'_>;
}

/// An enum without payloads that stands for a WIT enum.
pub trait WitEnum: WitType + Sized {
    /// The position of this case in the WIT, from 0.
    fn index(&self) -> u32;

    /// The case at this position in the WIT; `None` past the last.
    fn from_index(index: u32) -> Option<Self>;
}

/// An enum that stands for a WIT variant. Each case is a [`WitCase`].
pub trait WitVariant: WitType + Sized {
    /// The position of this case in the WIT, from 0.
    fn index(&self) -> u32;
}

/// The case at position `INDEX` of a WIT variant.
pub trait WitCase<const INDEX: u32>: WitVariant {
    /// What the case carries; `()` where it carries nothing.
    type Payload;

    /// The case with this payload.
    fn from_payload(payload: Self::Payload) -> Self;

    /// The payload; `None` if this is another case.
    fn into_payload(self) -> Option<Self::Payload>;

    /// The payload of this case, which keeps it; `None` if this is another case.
    fn payload(&self) -> Option<&Self::Payload>;
}

/// A struct of `bool` fields that stands for a WIT flags type of at most 32 flags.
pub trait WitFlags: WitType + Sized {
    /// The flags as bits: flag 0 of the WIT is the lowest.
    fn to_bits(&self) -> u32;

    /// The flags of these bits; bits past the last flag are ignored.
    fn from_bits(bits: u32) -> Self;
}
