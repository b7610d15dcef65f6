//! The type of a value as the component's own bytes say it: a plain tree, every named type expanded.

/// A value type of the component model that a pure function may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// `bool`
    Bool,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `s8`
    S8,
    /// `s16`
    S16,
    /// `s32`
    S32,
    /// `s64`
    S64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `char`
    Char,
    /// `string`
    String,
    /// `list<T>`
    List(Box<ValueType>),
    /// `list<T, N>`, always `N` elements.
    FixedLengthList(Box<ValueType>, u32),
    /// `map<K, V>`
    Map(Box<ValueType>, Box<ValueType>),
    /// `option<T>`
    Option(Box<ValueType>),
    /// `result<T, E>`, where either may be absent.
    Result {
        /// The payload of `ok`.
        ok: Option<Box<ValueType>>,
        /// The payload of `err`.
        err: Option<Box<ValueType>>,
    },
    /// `tuple<A, B>`
    Tuple(Vec<ValueType>),
    /// A record's fields, in order.
    Record(Vec<(String, ValueType)>),
    /// A variant's cases with their payloads, in order.
    Variant(Vec<(String, Option<ValueType>)>),
    /// An enum's cases, in order.
    Enum(Vec<String>),
    /// The flags, in order.
    Flags(Vec<String>),
}
