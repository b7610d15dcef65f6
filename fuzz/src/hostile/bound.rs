//! How much memory a lifted value may take, from the type and the limit on output alone.

use linchpin_host::dynamic::{Layout, Shape, Value};

/// A flag is a bit in the guest and a `bool` in Rust; nothing else grows as much.
const TYPED_FACTOR: u64 = 8;

/// What a call itself holds: parameters, the words of an error.
const CALL_BYTES: u64 = 4 << 10;

/// The most bytes of a result that is a Rust value.
pub(super) fn typed(limit_bytes: u64) -> u64 {
    limit_bytes * TYPED_FACTOR + CALL_BYTES
}

/// The most bytes of a result that is a tree of [`Value`]s.
pub(super) fn dynamic(layout: &Layout, limit_bytes: u64) -> u64 {
    owned(layout) + limit_bytes * of_each_byte(layout) + CALL_BYTES
}

const NODE_BYTES: u64 = size_of::<Value>() as u64;

/// What one value owns beside its own node, without what its lists hold.
fn owned(layout: &Layout) -> u64 {
    match &layout.shape {
        Shape::Scalar(_) | Shape::String | Shape::List(_) | Shape::Map(_) => 0,
        Shape::Flags(count) => u64::from(*count),
        Shape::FixedLengthList(item, length) => u64::from(*length) * node(item),
        Shape::Record(parts) | Shape::Tuple(parts) => parts.iter().map(|part| node(&part.layout)).sum(),
        Shape::Cases(cases) => cases.payloads.iter().flatten().map(node).max().unwrap_or(0),
    }
}

fn node(layout: &Layout) -> u64 {
    NODE_BYTES + owned(layout)
}

/// What each byte of a list or string in the guest becomes, where it becomes most.
fn of_each_byte(layout: &Layout) -> u64 {
    match &layout.shape {
        Shape::Scalar(_) | Shape::Flags(_) => 0,
        Shape::String => 1,
        // The entries of a map are lifted as tuples first.
        Shape::Map(entry) => (2 * node(entry)).div_ceil(u64::from(entry.size)).max(of_each_byte(entry)),
        Shape::List(item) => node(item).div_ceil(u64::from(item.size)).max(of_each_byte(item)),
        Shape::FixedLengthList(item, _) => of_each_byte(item),
        Shape::Record(parts) | Shape::Tuple(parts) => {
            parts.iter().map(|part| of_each_byte(&part.layout)).max().unwrap_or(0)
        }
        Shape::Cases(cases) => cases.payloads.iter().flatten().map(of_each_byte).max().unwrap_or(0),
    }
}
