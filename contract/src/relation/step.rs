//! The conversion program: nested, ordered and complete, so that code can be generated from it.

use crate::model::Primitive;

/// One step: fills one parameter of the callee, or the result of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is filled.
    pub target: Target,
    /// Which value fills it: for a parameter, an index into the caller's parameters; for the result, always 0.
    pub source: FieldSource,
    /// How.
    pub conversion: Conversion,
}

/// What a step fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A parameter of the callee.
    Param {
        /// Its position, from 0.
        index: usize,
        /// Its name.
        name: String,
    },
    /// The result of the caller.
    Result,
}

/// Where the value of a field or parameter comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldSource {
    /// The source's field at this position, from 0.
    At(usize),
    /// The source has no such field: the value is `none`.
    Absent,
    /// The source has a field of this name, at this position, whose type does not relate: the value is `none`.
    Unrelated(usize),
}

/// How one value becomes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conversion {
    /// Same canonical text on both sides: copy the value.
    Copy,
    /// `none`, whatever the source is.
    Nothing,
    /// An integer to a wider integer, or a float to a wider float.
    Widen {
        /// The source's type.
        from: Primitive,
        /// The target's type.
        to: Primitive,
    },
    /// Becomes `some` of the converted value.
    Wrap(Box<Conversion>),
    /// `none` stays `none`; the payload of `some` is converted.
    Option(Box<Conversion>),
    /// Each item is converted.
    List(Box<Conversion>),
    /// Each item of a list of this fixed length is converted.
    FixedList(Box<Conversion>, u32),
    /// Each key and each value is converted.
    Map(Box<Conversion>, Box<Conversion>),
    /// Each item is converted, in order.
    Tuple(Vec<Conversion>),
    /// The payloads are converted; absent where there is none.
    Result {
        /// For `ok`.
        ok: Option<Box<Conversion>>,
        /// For `err`.
        err: Option<Box<Conversion>>,
    },
    /// One step for each field of the target, in its order.
    Record(Vec<FieldStep>),
    /// One step for each case of the source, in its order.
    Variant(Vec<CaseStep>),
    /// One step for each case of the source, in its order.
    Enum(Vec<NameStep>),
    /// One step for each flag of the source, in its order; the target's other flags are unset.
    Flags(Vec<NameStep>),
}

/// One field of the target record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldStep {
    /// Its name in the target.
    pub name: String,
    /// Where its value comes from.
    pub source: FieldSource,
    /// How.
    pub conversion: Conversion,
}

/// One case of the source variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStep {
    /// Its name in the source.
    pub name: String,
    /// The target's case, from 0.
    pub target: usize,
    /// How the payload becomes the target's; absent where there is none.
    pub payload: Option<Conversion>,
}

/// One case of the source enum, or one flag of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameStep {
    /// Its name in the source.
    pub name: String,
    /// Position in the target, from 0.
    pub target: usize,
}
