//! A value whose type is known only at run time.

/// A value. Its parts are in the order of its type; names of fields, cases and flags stay in the type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `bool`
    Bool(bool),
    /// `u8`
    U8(u8),
    /// `u16`
    U16(u16),
    /// `u32`
    U32(u32),
    /// `u64`
    U64(u64),
    /// `s8`
    S8(i8),
    /// `s16`
    S16(i16),
    /// `s32`
    S32(i32),
    /// `s64`
    S64(i64),
    /// `f32`
    F32(f32),
    /// `f64`
    F64(f64),
    /// `char`
    Char(char),
    /// `string`
    String(String),
    /// `list<T>`, of fixed length or not.
    List(Vec<Value>),
    /// `map<K, V>`
    Map(Vec<(Value, Value)>),
    /// A record's fields.
    Record(Vec<Value>),
    /// A tuple's items.
    Tuple(Vec<Value>),
    /// Which case, from 0, and its payload.
    Variant(u32, Option<Box<Value>>),
    /// Which case, from 0.
    Enum(u32),
    /// Each flag set or not.
    Flags(Vec<bool>),
    /// `option<T>`
    Option(Option<Box<Value>>),
    /// `result<T, E>`
    Result(Result<Option<Box<Value>>, Option<Box<Value>>>),
}

impl Value {
    /// The kind of WIT type that it is a value of, as in `record`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "bool",
            Self::U8(_) => "u8",
            Self::U16(_) => "u16",
            Self::U32(_) => "u32",
            Self::U64(_) => "u64",
            Self::S8(_) => "s8",
            Self::S16(_) => "s16",
            Self::S32(_) => "s32",
            Self::S64(_) => "s64",
            Self::F32(_) => "f32",
            Self::F64(_) => "f64",
            Self::Char(_) => "char",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Record(_) => "record",
            Self::Tuple(_) => "tuple",
            Self::Variant(..) => "variant",
            Self::Enum(_) => "enum",
            Self::Flags(_) => "flags",
            Self::Option(_) => "option",
            Self::Result(_) => "result",
        }
    }
}

/// A value that is not of the type it was given for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct Mismatch {
    /// What the type asks for.
    pub expected: String,
    /// What was given.
    pub found: String,
}

impl Mismatch {
    pub(super) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { expected: expected.into(), found: found.into() }
    }
}
