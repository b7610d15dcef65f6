//! Exported functions without their Rust types: called with bytes, which `linchpin-testing` makes and reads.
//!
//! The derives and `export` implement these traits where the feature `testing` is on, which only tests turn on.
//! Numbers are little-endian, `bool` is one byte; text and lists are their length as a `u32` and then the items; cases
//! are their number as a `u32` and then the payload; flags are a `u32`. A NaN is written as the canonical one, since
//! neither Rust nor WebAssembly says which a calculation gives.

use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::bridge::missing;

/// The functions of one world, as a guest's crate has them natively.
pub trait Exports {
    /// The folder of the guest's crate.
    const FOLDER: &'static str;

    /// The name of the guest's crate.
    const PACKAGE: &'static str;

    /// The folder or file of the contract.
    const WIT: &'static str;

    /// The world.
    const WORLD: &'static str;

    /// Its functions.
    const FUNCTIONS: &'static [Function];
}

/// One exported function.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// As in a component, `acme:water-heater/control@1.1.0#plan`.
    pub name: &'static str,
    /// Reads the arguments one after the other, calls the function and writes its result. `None` where the bytes are no
    /// arguments, or where one is outside the range of its newtype.
    pub call: fn(&[u8]) -> Option<Vec<u8>>,
}

/// A type that can be written as bytes and read again.
pub trait Bytes: Sized {
    /// The next value; `None` where the bytes are no value of the type.
    fn read(from: &mut Reader<'_>) -> Option<Self>;

    /// Adds the value to the end.
    fn write(&self, to: &mut Vec<u8>);
}

/// A part of a derived type, or an argument. Where its type has no bytes, the methods are those of [`NoBytes`], so that a
/// type whose error is reported has no second one here.
#[derive(Debug)]
pub struct Part<T>(PhantomData<T>);

impl<T> Part<T> {
    /// The only value.
    pub const NEW: Self = Self(PhantomData);

    /// That of a value's type.
    pub fn of(_: &T) -> Self {
        Self::NEW
    }
}

impl<T: Bytes> Part<T> {
    /// [`Bytes::read`].
    pub fn read(&self, from: &mut Reader<'_>) -> Option<T> {
        T::read(from)
    }

    /// [`Bytes::write`].
    pub fn write(&self, value: &T, to: &mut Vec<u8>) {
        value.write(to);
    }
}

/// Takes the place of missing bytes.
pub trait NoBytes {
    /// The type without.
    type Own;

    /// Never compiled to code.
    fn read(&self, from: &mut Reader<'_>) -> Option<Self::Own>;

    /// Never compiled to code.
    fn write(&self, value: &Self::Own, to: &mut Vec<u8>);
}

impl<T> NoBytes for Part<T> {
    type Own = T;

    fn read(&self, _: &mut Reader<'_>) -> Option<T> {
        const { missing::<T>() }
    }

    fn write(&self, _: &T, _: &mut Vec<u8>) {
        const { missing::<T>() }
    }
}

/// Bytes that are read from the front.
#[derive(Debug)]
pub struct Reader<'b> {
    left: &'b [u8],
}

impl<'b> Reader<'b> {
    /// Begins at the first of the bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { left: bytes }
    }

    /// The next bytes, as many as asked for.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, left) = self.left.split_first_chunk()?;
        self.left = left;
        Some(*taken)
    }

    /// A length, and then as many items.
    pub fn items<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = u32::from_le_bytes(self.take()?);
        (0..length).map(|_| item(self)).collect()
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }
}

/// Adds a length and the items.
pub fn write_items<T>(items: &[T], to: &mut Vec<u8>, mut item: impl FnMut(&T, &mut Vec<u8>)) {
    let length = u32::try_from(items.len()).unwrap_or(u32::MAX);
    length.write(to);
    items.iter().for_each(|one| item(one, to));
}

macro_rules! integers {
    ($($ty:ident),*) => { $(
        impl Bytes for $ty {
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                from.take().map(Self::from_le_bytes)
            }

            fn write(&self, to: &mut Vec<u8>) {
                to.extend(self.to_le_bytes());
            }
        }
    )* };
}

integers!(u8, u16, u32, u64, i8, i16, i32, i64);

macro_rules! floats {
    ($($ty:ident = $canonical:literal),*) => { $(
        impl Bytes for $ty {
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                from.take().map(Self::from_le_bytes)
            }

            fn write(&self, to: &mut Vec<u8>) {
                to.extend(if self.is_nan() { $canonical } else { self.to_bits() }.to_le_bytes());
            }
        }
    )* };
}

floats!(f32 = 0x7fc0_0000_u32, f64 = 0x7ff8_0000_0000_0000_u64);

impl Bytes for () {
    fn read(_: &mut Reader<'_>) -> Option<Self> {
        Some(())
    }

    fn write(&self, _: &mut Vec<u8>) {}
}

impl Bytes for bool {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        u8::read(from).map(|byte| byte != 0)
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
}

impl Bytes for char {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        char::from_u32(u32::read(from)?)
    }

    fn write(&self, to: &mut Vec<u8>) {
        u32::from(*self).write(to);
    }
}

impl Bytes for String {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Self::from_utf8(from.items(u8::read)?).ok()
    }

    fn write(&self, to: &mut Vec<u8>) {
        write_items(self.as_bytes(), to, |byte, to| to.push(*byte));
    }
}

impl<T: Bytes> Bytes for Vec<T> {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.items(T::read)
    }

    fn write(&self, to: &mut Vec<u8>) {
        write_items(self, to, T::write);
    }
}

impl<T: Bytes> Bytes for Option<T> {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match u32::read(from)? {
            0 => Some(None),
            _ => Some(Some(T::read(from)?)),
        }
    }

    fn write(&self, to: &mut Vec<u8>) {
        u32::from(self.is_some()).write(to);
        self.iter().for_each(|value| value.write(to));
    }
}

impl<T: Bytes, E: Bytes> Bytes for Result<T, E> {
    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match u32::read(from)? {
            0 => Some(Ok(T::read(from)?)),
            _ => Some(Err(E::read(from)?)),
        }
    }

    fn write(&self, to: &mut Vec<u8>) {
        u32::from(self.is_err()).write(to);
        match self {
            Ok(value) => value.write(to),
            Err(error) => error.write(to),
        }
    }
}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {
        $(
            #[expect(non_snake_case, reason = "an item is named after its type")]
            impl<$($item: Bytes),*> Bytes for ($($item,)*) {
                fn read(from: &mut Reader<'_>) -> Option<Self> {
                    Some(($($item::read(from)?,)*))
                }

                fn write(&self, to: &mut Vec<u8>) {
                    let ($($item,)*) = self;
                    $($item.write(to);)*
                }
            }
        )*
    };
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M)
    (A B C D E F G H I J K L M N)
    (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P)
}
