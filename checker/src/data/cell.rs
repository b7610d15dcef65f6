//! One recorded value, whatever file it comes from.

use std::fmt;

/// A value as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Bool(bool),
    Int(i128),
    /// A number, and how it is written where that is text.
    Float(f64, Option<String>),
    Text(String),
    List(Vec<Cell>),
    /// Named parts in order.
    Record(Vec<(String, Cell)>),
    /// Something that WIT has no type for, as `a timestamp`.
    Other(&'static str),
}

impl Cell {
    /// A cell that is JSON.
    pub(super) fn of_json(json: serde_json::Value) -> Self {
        use serde_json::Value;
        match json {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => {
                let whole = number.as_u64().map(i128::from).or_else(|| number.as_i64().map(i128::from));
                whole.map_or_else(
                    || Self::Float(number.as_f64().unwrap_or(f64::NAN), Some(number.to_string())),
                    Self::Int,
                )
            }
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::of_json).collect()),
            Value::Object(members) => {
                Self::Record(members.into_iter().map(|(name, value)| (name, Self::of_json(value))).collect())
            }
        }
    }
}

/// As much as fits into a message.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "`{value}`"),
            Self::Int(value) => write!(f, "`{value}`"),
            Self::Float(value, None) => write!(f, "`{value}`"),
            Self::Text(text) if text.is_empty() => f.write_str("empty"),
            Self::Text(text) | Self::Float(_, Some(text)) if text.chars().count() > 40 => {
                write!(f, "`{}..`", text.chars().take(40).collect::<String>())
            }
            Self::Text(text) | Self::Float(_, Some(text)) => write!(f, "`{text}`"),
            Self::List(items) => write!(f, "a list of {}", items.len()),
            Self::Record(_) => f.write_str("a record"),
            Self::Other(what) => f.write_str(what),
        }
    }
}
