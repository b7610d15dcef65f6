//! Rust types of `bindings!` as values without types, and back.

use linchpin_host::dynamic::Value;

/// A Rust type that stands for a WIT type.
pub(super) trait Bridge: Sized {
    /// The value as this type; `None` where it is of another.
    fn from_value(value: &Value) -> Option<Self>;

    fn to_value(&self) -> Value;
}

macro_rules! scalars {
    ($($ty:ty => $case:ident,)*) => {$(
        impl Bridge for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                if let Value::$case(value) = value { Some(value.to_owned()) } else { None }
            }

            fn to_value(&self) -> Value {
                Value::$case(self.to_owned())
            }
        }
    )*};
}

scalars! {
    bool => Bool, char => Char, String => String, f32 => F32, f64 => F64,
    u8 => U8, u16 => U16, u32 => U32, u64 => U64, i8 => S8, i16 => S16, i32 => S32, i64 => S64,
}

impl<T: Bridge> Bridge for Vec<T> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::List(items) = value { items.iter().map(T::from_value).collect() } else { None }
    }

    fn to_value(&self) -> Value {
        Value::List(self.iter().map(T::to_value).collect())
    }
}

impl<T: Bridge> Bridge for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Option(value) = value else { return None };
        value.as_deref().map_or(Some(None), |value| T::from_value(value).map(Some))
    }

    fn to_value(&self) -> Value {
        Value::Option(self.as_ref().map(|value| Box::new(value.to_value())))
    }
}

/// A case's payload, or none where its type is `()`.
pub(super) trait Payload: Sized {
    fn from_payload(payload: Option<&Value>) -> Option<Self>;

    fn to_payload(&self) -> Option<Box<Value>>;
}

impl Payload for () {
    fn from_payload(payload: Option<&Value>) -> Option<Self> {
        payload.is_none().then_some(())
    }

    fn to_payload(&self) -> Option<Box<Value>> {
        None
    }
}

impl<T: Bridge> Payload for T {
    fn from_payload(payload: Option<&Value>) -> Option<Self> {
        payload.and_then(T::from_value)
    }

    fn to_payload(&self) -> Option<Box<Value>> {
        Some(Box::new(self.to_value()))
    }
}

impl<T: Payload, E: Payload> Bridge for Result<T, E> {
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Result(value) = value else { return None };
        match value {
            Ok(payload) => T::from_payload(payload.as_deref()).map(Ok),
            Err(payload) => E::from_payload(payload.as_deref()).map(Err),
        }
    }

    fn to_value(&self) -> Value {
        Value::Result(match self {
            Ok(payload) => Ok(payload.to_payload()),
            Err(payload) => Err(payload.to_payload()),
        })
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        #[expect(non_snake_case, reason = "a value is called as its type")]
        impl<$($name: Bridge),*> Bridge for ($($name,)*) {
            fn from_value(value: &Value) -> Option<Self> {
                let Value::Tuple(items) = value else { return None };
                let [$($name),*] = items.as_slice() else { return None };
                Some(($($name::from_value($name)?,)*))
            }

            fn to_value(&self) -> Value {
                let ($($name,)*) = self;
                Value::Tuple(vec![$($name.to_value()),*])
            }
        }
    )*};
}

tuples! { (A) (A B) (A B C) (A B C D E F G H I J K L M N O P) }

/// Members in the contract's order.
macro_rules! record {
    ($($ty:ident { $($field:ident)* })*) => {$(
        impl Bridge for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                let Value::Record(fields) = value else { return None };
                let [$($field),*] = fields.as_slice() else { return None };
                Some(Self { $($field: Bridge::from_value($field)?),* })
            }

            fn to_value(&self) -> Value {
                let Self { $($field),* } = self;
                Value::Record(vec![$($field.to_value()),*])
            }
        }
    )*};
}

/// Members in the contract's order.
macro_rules! flags {
    ($($ty:ident { $($flag:ident)* })*) => {$(
        impl Bridge for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                let Value::Flags(flags) = value else { return None };
                let [$($flag),*] = flags.as_slice() else { return None };
                Some(Self { $($flag: *$flag),* })
            }

            fn to_value(&self) -> Value {
                let Self { $($flag),* } = self;
                Value::Flags(vec![$(*$flag),*])
            }
        }
    )*};
}

/// Cases with their numbers; a payload's name stands where there is one.
macro_rules! variant {
    ($($ty:ident { $($number:literal $case:ident $(($payload:ident))?)* })*) => {$(
        impl Bridge for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $(Value::Variant($number, carried) => {
                        // Not every case has a payload.
                        let _ = carried;
                        $(let $payload = Bridge::from_value(carried.as_deref()?)?;)?
                        Some(Self::$case $(($payload))?)
                    })*
                    _ => None,
                }
            }

            fn to_value(&self) -> Value {
                match self {
                    $(Self::$case $(($payload))? => {
                        Value::Variant($number, None$(.or(Some(Box::new($payload.to_value()))))?)
                    })*
                }
            }
        }
    )*};
}

/// Cases with their numbers.
macro_rules! enumeration {
    ($($ty:ident { $($number:literal $case:ident)* })*) => {$(
        impl Bridge for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $(Value::Enum($number) => Some(Self::$case),)*
                    _ => None,
                }
            }

            fn to_value(&self) -> Value {
                match self {
                    $(Self::$case => Value::Enum($number),)*
                }
            }
        }
    )*};
}

pub(super) use {enumeration, flags, record, variant};
