//! `limits` of a target: what it grants a module, and how far a binary may go.

use super::reader::{Reader, Table, Text};
use super::{Runtime, size};
use crate::profile::Bounds;

/// What a target grants a module. Absent: no bound is known, none is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Linear memory, in bytes; 2 MiB where a `linchpin` target says nothing, as its host has it.
    pub memory_bytes: Option<u64>,
    /// Instructions a call.
    pub instructions: Option<u64>,
    /// Size of the component, in bytes; 64 KiB where a `linchpin` target does not say less.
    pub size_bytes: Option<u64>,
    /// What the component may contain; [`Bounds::LINCHPIN`] where a `linchpin` target does not say less.
    pub bounds: Bounds,
}

/// The most bytes of a component on a `linchpin` target.
const SIZE_BYTES_MAX: u64 = 64 << 10;

/// The memory that `linchpin-host` grants where the device software does not say how much.
const MEMORY_BYTES: u64 = 2 << 20;

/// The keys of `limits`.
const KEYS: [&str; 11] = [
    "memory",
    "instructions",
    "size",
    "functions",
    "body",
    "locals",
    "branch-table",
    "tables",
    "table-elements",
    "data",
    "name",
];

impl Limits {
    /// What holds where a target says nothing.
    fn of(runtime: Option<Runtime>) -> Self {
        match runtime {
            Some(Runtime::Linchpin) => Self {
                memory_bytes: Some(MEMORY_BYTES),
                instructions: None,
                size_bytes: Some(SIZE_BYTES_MAX),
                bounds: Bounds::LINCHPIN,
            },
            Some(Runtime::Wasmtime48 | Runtime::Wasmtime48Dynamic | Runtime::Composition) | None => {
                Self::default()
            }
        }
    }
}

/// Reads `limits`, which may be absent. What a runtime bounds by itself can only be lowered.
pub(super) fn read<'t>(reader: &mut Reader<'t>, target: &Table<'t>, runtime: Option<Runtime>) -> Limits {
    let most = Limits::of(runtime);
    let Some(table) = target.optional_table(reader, "limits") else { return most };
    table.only(reader, &KEYS);
    let size = |reader: &mut Reader<'t>, key, most| lowered(reader, &table, key, most, Unit::Bytes);
    let size_bytes = size(reader, "size", most.size_bytes);
    let body_bytes = size(reader, "body", most.bounds.body_bytes);
    let data_bytes = size(reader, "data", most.bounds.data_bytes);
    let name_bytes = size(reader, "name", most.bounds.name_bytes);
    let count = |reader: &mut Reader<'t>, key, most| lowered(reader, &table, key, most, Unit::Items);
    Limits {
        memory_bytes: size_of(reader, &table, "memory").or(most.memory_bytes),
        instructions: table.natural(reader, "instructions"),
        size_bytes,
        bounds: Bounds {
            functions: count(reader, "functions", most.bounds.functions),
            locals: count(reader, "locals", most.bounds.locals),
            branch_table: count(reader, "branch-table", most.bounds.branch_table),
            tables: count(reader, "tables", most.bounds.tables),
            table_elements: count(reader, "table-elements", most.bounds.table_elements),
            body_bytes,
            data_bytes,
            name_bytes,
        },
    }
}

/// How a bound is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Bytes,
    Items,
}

/// One bound: the target's own, or `most` where it has none. More than `most` is an error.
fn lowered<'t>(
    reader: &mut Reader<'t>,
    table: &Table<'t>,
    key: &str,
    most: Option<u64>,
    unit: Unit,
) -> Option<u64> {
    let own = match unit {
        Unit::Bytes => size_of(reader, table, key),
        Unit::Items => table.natural(reader, key),
    };
    let (Some(own), Some(most)) = (own, most) else { return own.or(most) };
    if own > most
        && let Some(text) = table.mention(reader, key)
    {
        let (own, most) = match unit {
            Unit::Bytes => (size::written(own), size::written(most)),
            Unit::Items => (own.to_string(), most.to_string()),
        };
        let reason = format!("is {own}, more than the {most} that a `linchpin` target can allow");
        let help = format!("write {most} or less, or take the key out");
        return reader.bad(&text, reason, &help);
    }
    Some(own)
}

fn size_of<'t>(reader: &mut Reader<'t>, table: &Table<'t>, key: &str) -> Option<u64> {
    let text: Text = table.optional(reader, key)?;
    size::parse(&text.value).or_else(|| {
        let (reason, help) = if size::is_too_large(&text.value) {
            ("is more than any size", "write the bytes that a device has, as in `\"2MiB\"`")
        } else {
            ("is no size", "write a number and `B`, `KiB`, `MiB` or `GiB`, as in `\"128KiB\"`")
        };
        reader.bad(&text, format!("is `{}`, which {reason}", text.value), help)
    })
}
