//! The Rust types that stand for WIT's own types.

use alloc::string::String;
use alloc::vec::Vec;

use crate::shape::{Shape, WitType};

impl WitType for () {
    const SHAPE: Shape = Shape::Unit;
}

impl<T: WitType> WitType for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl<T: WitType> WitType for Option<T> {
    const SHAPE: Shape = Shape::Option(&T::SHAPE);
}

impl<T: WitType, E: WitType> WitType for Result<T, E> {
    const SHAPE: Shape = Shape::Result(&T::SHAPE, &E::SHAPE);
}

macro_rules! primitives {
    ($($rust:ty = $wit:literal,)*) => {
        $(impl WitType for $rust { const SHAPE: Shape = Shape::Primitive($wit); })*
    };
}

primitives! {
    bool = "bool",
    u8 = "u8",
    u16 = "u16",
    u32 = "u32",
    u64 = "u64",
    i8 = "s8",
    i16 = "s16",
    i32 = "s32",
    i64 = "s64",
    f32 = "f32",
    f64 = "f64",
    char = "char",
    String = "string",
}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {
        $(impl<$($item: WitType),*> WitType for ($($item,)*) {
            const SHAPE: Shape = Shape::Tuple(&[$(&$item::SHAPE),*]);
        })*
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
