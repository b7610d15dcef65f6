//! From values to flat core values and bytes in the guest's memory.

use super::call::DynamicError;
use super::layout::{CaseKind, Cases, Layout, Part, Scalar, Shape};
use super::value::{Mismatch, Value};
use crate::abi::{CallError, Instance, LiftError};

/// Lowers the arguments of one call.
pub(super) struct Lower<'a, I: Instance + ?Sized> {
    instance: &'a mut I,
    limit_bytes: u64,
    used_bytes: u64,
}

impl<'a, I: Instance + ?Sized> Lower<'a, I> {
    pub(super) fn new(instance: &'a mut I) -> Self {
        let limit_bytes = instance.value_limits().input_bytes;
        Self { instance, limit_bytes, used_bytes: 0 }
    }

    /// Appends the flat form of `value` to `slots`. Narrow and float values are their bits in the low part, so
    /// that a case's payload needs no conversion where cases share a slot.
    pub(super) fn flat(
        &mut self,
        layout: &Layout,
        value: &Value,
        slots: &mut Vec<u64>,
    ) -> Result<(), DynamicError> {
        match &layout.shape {
            Shape::Scalar(scalar) => slots.push(scalar_bits(*scalar, value)?),
            Shape::String | Shape::List(_) | Shape::Map(_) => {
                let (address, length) = self.indirect(layout, value)?;
                slots.extend([u64::from(address), u64::from(length)]);
            }
            Shape::FixedLengthList(item, length) => {
                for value in fixed_items(value, *length)? {
                    self.flat(item, value, slots)?;
                }
            }
            Shape::Record(parts) | Shape::Tuple(parts) => {
                for (part, value) in parts.iter().zip(part_values(&layout.shape, parts, value)?) {
                    self.flat(&part.layout, value, slots)?;
                }
            }
            Shape::Flags(count) => slots.extend(flag_words(*count, value)?.into_iter().map(u64::from)),
            Shape::Cases(cases) => {
                let end = slots.len() + layout.flat;
                let (index, payload, payload_layout) = chosen(cases, value)?;
                slots.push(u64::from(index));
                if let (Some(payload), Some(layout)) = (payload, payload_layout) {
                    self.flat(layout, payload, slots)?;
                }
                slots.resize(end, 0);
            }
        }
        Ok(())
    }

    /// Writes `value` at `address`, which was allocated for it.
    pub(super) fn store(&mut self, layout: &Layout, value: &Value, address: u32) -> Result<(), DynamicError> {
        match &layout.shape {
            Shape::Scalar(scalar) => self.number(address, scalar_bits(*scalar, value)?, layout.size),
            Shape::String | Shape::List(_) | Shape::Map(_) => {
                let (pointer, length) = self.indirect(layout, value)?;
                self.number(address, u64::from(pointer), 4)?;
                self.number(address + 4, u64::from(length), 4)
            }
            Shape::FixedLengthList(item, length) => self.items(item, fixed_items(value, *length)?, address),
            Shape::Record(parts) | Shape::Tuple(parts) => {
                for (part, value) in parts.iter().zip(part_values(&layout.shape, parts, value)?) {
                    self.store(&part.layout, value, address + part.offset)?;
                }
                Ok(())
            }
            Shape::Flags(count) => {
                for (place, word) in (address..).step_by(4).zip(flag_words(*count, value)?) {
                    self.number(place, u64::from(word), layout.size.min(4))?;
                }
                Ok(())
            }
            Shape::Cases(cases) => {
                let (index, payload, payload_layout) = chosen(cases, value)?;
                self.number(address, u64::from(index), cases.discriminant_bytes)?;
                match (payload, payload_layout) {
                    (Some(payload), Some(layout)) => {
                        self.store(layout, payload, address + cases.payload_offset)
                    }
                    (None, _) | (_, None) => Ok(()),
                }
            }
        }
    }

    /// Gets memory from the guest, which must be aligned and inside.
    pub(super) fn allocate(&mut self, align: u32, bytes: u64) -> Result<u32, DynamicError> {
        self.used_bytes = self.used_bytes.saturating_add(bytes);
        let too_large = CallError::InputTooLarge { limit_bytes: self.limit_bytes };
        let Ok(size) = u32::try_from(bytes) else { return Err(too_large.into()) };
        if self.used_bytes > self.limit_bytes {
            return Err(too_large.into());
        }
        let address = self.instance.allocate(align, size).map_err(CallError::from)?;
        let end = u64::from(address) + bytes;
        if address % align != 0 || end > self.instance.memory().len() as u64 {
            return Err(CallError::from(LiftError::BadAllocation { address, bytes: size, align }).into());
        }
        Ok(address)
    }

    /// Pointer and length of a value that lives elsewhere in memory.
    fn indirect(&mut self, layout: &Layout, value: &Value) -> Result<(u32, u32), DynamicError> {
        match (&layout.shape, value) {
            (Shape::String, Value::String(text)) => {
                let address = self.allocate(1, text.len() as u64)?;
                self.bytes(address, text.as_bytes())?;
                Ok((address, length(text.len())?))
            }
            (Shape::List(item), Value::List(values)) => {
                let address = self.allocate(item.align, u64::from(item.size) * values.len() as u64)?;
                self.items(item, values, address)?;
                Ok((address, length(values.len())?))
            }
            (Shape::Map(entry), Value::Map(entries)) => {
                let address = self.allocate(entry.align, u64::from(entry.size) * entries.len() as u64)?;
                for (place, (key, value)) in (address..).step_by(step(entry)).zip(entries) {
                    self.store(entry, &Value::Tuple(vec![key.clone(), value.clone()]), place)?;
                }
                Ok((address, length(entries.len())?))
            }
            (shape, value) => Err(Mismatch::new(shape.name(), value.kind()).into()),
        }
    }

    fn items(&mut self, item: &Layout, values: &[Value], address: u32) -> Result<(), DynamicError> {
        for (place, value) in (address..).step_by(step(item)).zip(values) {
            self.store(item, value, place)?;
        }
        Ok(())
    }

    fn number(&mut self, address: u32, bits: u64, bytes: u32) -> Result<(), DynamicError> {
        let all = bits.to_le_bytes();
        self.bytes(address, all.get(..bytes as usize).unwrap_or(&all))
    }

    fn bytes(&mut self, address: u32, bytes: &[u8]) -> Result<(), DynamicError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let memory_bytes = self.instance.memory().len() as u64;
        let start = address as usize;
        let outside =
            CallError::from(LiftError::OutOfBounds { address, bytes: bytes.len() as u64, memory_bytes });
        let place = self.instance.memory_mut(start..start.saturating_add(bytes.len())).ok_or(outside)?;
        place.copy_from_slice(bytes);
        Ok(())
    }
}

/// No value is empty in memory, but a hand-made layout may be.
fn step(item: &Layout) -> usize {
    item.size.max(1) as usize
}

fn length(count: usize) -> Result<u32, DynamicError> {
    u32::try_from(count).map_err(|_| Mismatch::new("at most 4294967295 items", format!("{count}")).into())
}

fn fixed_items(value: &Value, length: u32) -> Result<&[Value], Mismatch> {
    match value {
        Value::List(values) if values.len() == length as usize => Ok(values),
        Value::List(values) => Err(Mismatch::new(format!("{length} items"), format!("{}", values.len()))),
        other => Err(Mismatch::new(format!("a list of {length} items"), other.kind())),
    }
}

fn part_values<'v>(shape: &Shape, parts: &[Part], value: &'v Value) -> Result<&'v [Value], Mismatch> {
    let values = match (shape, value) {
        (Shape::Record(_), Value::Record(values)) | (Shape::Tuple(_), Value::Tuple(values)) => values,
        (shape, value) => return Err(Mismatch::new(shape.name(), value.kind())),
    };
    if values.len() == parts.len() {
        Ok(values)
    } else {
        Err(Mismatch::new(format!("{} parts", parts.len()), format!("{}", values.len())))
    }
}

fn flag_words(count: u32, value: &Value) -> Result<Vec<u32>, Mismatch> {
    match value {
        Value::Flags(flags) if flags.len() == count as usize => {
            let word = |bits: &[bool]| bits.iter().rev().fold(0, |word, bit| word << 1 | u32::from(*bit));
            Ok(flags.chunks(32).map(word).collect())
        }
        Value::Flags(flags) => Err(Mismatch::new(format!("{count} flags"), format!("{}", flags.len()))),
        other => Err(Mismatch::new("flags", other.kind())),
    }
}

type Chosen<'v, 'l> = (u32, Option<&'v Value>, Option<&'l Layout>);

/// The case that `value` is: its number, its payload and the payload's layout.
fn chosen<'v, 'l>(cases: &'l Cases, value: &'v Value) -> Result<Chosen<'v, 'l>, Mismatch> {
    let (index, payload) = match (cases.kind, value) {
        (CaseKind::Variant, Value::Variant(index, payload)) => (*index, payload.as_deref()),
        (CaseKind::Enum, Value::Enum(index)) => (*index, None),
        (CaseKind::Option, Value::Option(payload)) => (u32::from(payload.is_some()), payload.as_deref()),
        (CaseKind::Result, Value::Result(Ok(payload))) => (0, payload.as_deref()),
        (CaseKind::Result, Value::Result(Err(payload))) => (1, payload.as_deref()),
        (kind, value) => return Err(Mismatch::new(kind.name(), value.kind())),
    };
    let Some(layout) = cases.payloads.get(index as usize) else {
        return Err(Mismatch::new(format!("one of {} cases", cases.payloads.len()), format!("case {index}")));
    };
    match (layout, payload) {
        (Some(_), None) => Err(Mismatch::new(format!("a payload for case {index}"), "none")),
        (None, Some(value)) => Err(Mismatch::new(format!("no payload for case {index}"), value.kind())),
        (Some(_), Some(_)) | (None, None) => Ok((index, payload, layout.as_ref())),
    }
}

/// The bits as a flat core value: signed numbers extended to 32 bits, floats by their bits.
fn scalar_bits(scalar: Scalar, value: &Value) -> Result<u64, Mismatch> {
    Ok(match (scalar, value) {
        (Scalar::Bool, Value::Bool(it)) => u64::from(*it),
        (Scalar::U8, Value::U8(it)) => u64::from(*it),
        (Scalar::U16, Value::U16(it)) => u64::from(*it),
        (Scalar::U32, Value::U32(it)) => u64::from(*it),
        (Scalar::U64, Value::U64(it)) => *it,
        (Scalar::S8, Value::S8(it)) => u64::from(i32::from(*it).cast_unsigned()),
        (Scalar::S16, Value::S16(it)) => u64::from(i32::from(*it).cast_unsigned()),
        (Scalar::S32, Value::S32(it)) => u64::from(it.cast_unsigned()),
        (Scalar::S64, Value::S64(it)) => it.cast_unsigned(),
        (Scalar::F32, Value::F32(it)) => u64::from(it.to_bits()),
        (Scalar::F64, Value::F64(it)) => it.to_bits(),
        (Scalar::Char, Value::Char(it)) => u64::from(u32::from(*it)),
        (scalar, value) => return Err(Mismatch::new(scalar.name(), value.kind())),
    })
}
