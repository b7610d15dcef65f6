//! A WIT type as a compile-time constant.

/// A Rust type that can cross a WIT interface.
///
/// It is implemented for `bool`, the integers and floats, `char`, `String`, `Vec`, `Option`, `Result` and tuples
/// of up to 16 items. The derives [`Record`](macro@crate::Record), [`Enum`](macro@crate::Enum),
/// [`Variant`](macro@crate::Variant), [`Flags`](macro@crate::Flags) and [`Alias`](macro@crate::Alias) implement it for a
/// guest's own types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross a WIT interface",
    label = "no WIT type is known for this type",
    note = "WIT knows bool, u8 to u64, i8 to i64, f32, f64, char, String, Vec, Option, Result and tuples",
    note = "for a type of your own add `#[derive(Record)]`, `Enum`, `Variant`, `Flags` or `Alias` to it"
)]
pub trait WitType {
    /// The WIT type that this Rust type stands for.
    const SHAPE: Shape;
}

/// A WIT type, comparable at compile time.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Nothing: `()` in Rust, an absent payload or result in WIT.
    Unit,
    /// A type without parts, by its WIT name.
    Primitive(&'static str),
    /// `list<T>`.
    List(&'static Self),
    /// `option<T>`.
    Option(&'static Self),
    /// `result<T, E>`; a side without payload is [`Shape::Unit`].
    Result(&'static Self, &'static Self),
    /// `tuple<..>`.
    Tuple(&'static [&'static Self]),
    /// A record, variant, enum or flags type.
    Named(NamedShape),
    /// An alias of a primitive, and what it stands for: the primitive, or another alias.
    Alias(AliasShape, &'static Self),
    /// A type whose error was already reported. It agrees with everything, so that one mistake gives one error.
    Reported,
}

/// The identity of a declared WIT type.
#[derive(Debug, Clone, Copy)]
pub struct NamedShape {
    /// Package, interface and name without the version, as in `acme:water-heater/control/inputs`.
    pub key: &'static str,
    /// The package's version, empty where it has none.
    pub version: &'static str,
    /// SHA-256 over the type's canonical text, with every type inside it expanded.
    pub digest: [u8; 32],
}

/// The identity of an alias, and what its tags say.
#[derive(Debug, Clone, Copy)]
pub struct AliasShape {
    /// Package, interface and name without the version, as in `acme:water-heater/control/celsius`.
    pub key: &'static str,
    /// Its `@unit` and `@range`, one a line, as in the WIT; empty where it has none.
    pub tags: &'static str,
}

impl Shape {
    /// Whether a Rust type of this shape may stand where the WIT has the type `other`.
    ///
    /// Named types are the same when their names and their digests are; the package's version may differ. An alias is
    /// what it stands for to any type but a newtype. That stands for its own alias, and for an alias of it, since each
    /// value of those is one of its own; never for the bare primitive, nor for an alias that only happens to be of
    /// the same primitive.
    #[must_use]
    pub const fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Reported, _) | (_, Self::Reported) => true,
            (Self::Alias(a, of), Self::Alias(b, other_of)) => {
                if same_text(a.key, b.key) {
                    same_text(a.tags, b.tags) && of.agrees_with(other_of)
                } else {
                    self.agrees_with(other_of)
                }
            }
            (_, Self::Alias(_, of)) => self.agrees_with(of),
            (Self::Unit, Self::Unit) => true,
            (Self::Primitive(a), Self::Primitive(b)) => same_text(a, b),
            (Self::List(a), Self::List(b)) | (Self::Option(a), Self::Option(b)) => a.agrees_with(b),
            (Self::Result(ok, err), Self::Result(other_ok, other_err)) => {
                ok.agrees_with(other_ok) && err.agrees_with(other_err)
            }
            (Self::Tuple(a), Self::Tuple(b)) => same_items(a, b),
            (Self::Named(a), Self::Named(b)) => same_text(a.key, b.key) && same_bytes(&a.digest, &b.digest),
            (
                Self::Unit
                | Self::Primitive(_)
                | Self::List(_)
                | Self::Option(_)
                | Self::Result(..)
                | Self::Tuple(_)
                | Self::Named(_)
                | Self::Alias(..),
                _,
            ) => false,
        }
    }

    /// Whether a newtype is this Rust type, or part of it as written.
    #[must_use]
    pub const fn has_newtype(&self) -> bool {
        match self {
            Self::Alias(..) => true,
            Self::List(item) | Self::Option(item) => item.has_newtype(),
            Self::Result(ok, err) => ok.has_newtype() || err.has_newtype(),
            Self::Tuple(items) => {
                let mut items = *items;
                while let [first, rest @ ..] = items {
                    if first.has_newtype() {
                        return true;
                    }
                    items = rest;
                }
                false
            }
            Self::Unit | Self::Primitive(_) | Self::Named(_) | Self::Reported => false,
        }
    }

    /// The type behind a chain of aliases.
    pub(crate) const fn behind_aliases(&self) -> &Self {
        let mut shape = self;
        while let Self::Alias(_, of) = shape {
            shape = of;
        }
        shape
    }

    /// Whether both are the same declared type, taken from different texts of its contract.
    pub(crate) const fn is_stale(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(a), Self::Named(b)) => same_text(a.key, b.key) && !same_bytes(&a.digest, &b.digest),
            (Self::Alias(a, _), Self::Alias(b, of)) => {
                if same_text(a.key, b.key) {
                    !self.agrees_with(other)
                } else {
                    self.is_stale(of)
                }
            }
            (Self::List(a), Self::List(b)) | (Self::Option(a), Self::Option(b)) => a.is_stale(b),
            (Self::Result(ok, err), Self::Result(other_ok, other_err)) => {
                ok.is_stale(other_ok) || err.is_stale(other_err)
            }
            (
                Self::Unit
                | Self::Primitive(_)
                | Self::List(_)
                | Self::Option(_)
                | Self::Result(..)
                | Self::Tuple(_)
                | Self::Named(_)
                | Self::Alias(..)
                | Self::Reported,
                _,
            ) => false,
        }
    }
}

const fn same_items(mut a: &[&Shape], mut b: &[&Shape]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if !first.agrees_with(other) {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

const fn same_text(a: &str, b: &str) -> bool {
    same_bytes(a.as_bytes(), b.as_bytes())
}

const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}
