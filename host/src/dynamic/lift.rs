//! From the guest's result back to a value. Nothing here trusts the guest.

use super::layout::{CaseKind, Cases, Layout, Scalar, Shape};
use super::value::Value;
use crate::abi::{self, LiftError, ValueLimits};

/// Lifts the result of one call, with the checks of generated code and in its order.
pub(super) struct Lift<'m> {
    checked: abi::Lift<'m>,
}

impl<'m> Lift<'m> {
    pub(super) fn new(memory: &'m [u8], limits: ValueLimits) -> Self {
        Self { checked: abi::Lift::new(memory, limits.output_bytes) }
    }

    /// The value whose flat form is one core value; the only flat form that a result has.
    pub(super) fn flat(&mut self, layout: &Layout, slot: u64) -> Result<Value, LiftError> {
        match &layout.shape {
            Shape::Scalar(scalar) => scalar_value(*scalar, slot),
            Shape::Flags(count) => Ok(Value::Flags((0..*count).map(|bit| slot >> bit & 1 == 1).collect())),
            Shape::FixedLengthList(item, _) => Ok(Value::List(vec![self.flat(item, slot)?])),
            Shape::Record(parts) => Ok(Value::Record(self.flat_parts(parts, slot)?)),
            Shape::Tuple(parts) => Ok(Value::Tuple(self.flat_parts(parts, slot)?)),
            Shape::Cases(cases) => {
                let (index, _) = case(cases, low(slot))?;
                Ok(cases_value(cases.kind, index, None))
            }
            // These take two core values, so a result of this type is in memory.
            Shape::String | Shape::List(_) | Shape::Map(_) => self.load(layout, low(slot)),
        }
    }

    fn flat_parts(&mut self, parts: &[super::Part], slot: u64) -> Result<Vec<Value>, LiftError> {
        exactly(parts.len(), parts.iter().map(|part| self.flat(&part.layout, slot)))
    }

    /// The value of a result that the guest put into memory at `address`.
    pub(super) fn result(&mut self, layout: &Layout, address: u32) -> Result<Value, LiftError> {
        self.checked.slice(address, u64::from(layout.size), layout.align)?;
        self.load(layout, address)
    }

    fn load(&mut self, layout: &Layout, address: u32) -> Result<Value, LiftError> {
        match &layout.shape {
            Shape::Scalar(scalar) => scalar_value(*scalar, self.number(address, layout.size)?),
            Shape::String => {
                let (start, length) = self.pointer(address)?;
                Ok(Value::String(self.checked.string(start, length)?))
            }
            Shape::List(item) => {
                let (start, length) = self.pointer(address)?;
                Ok(Value::List(self.items(item, start, length)?))
            }
            Shape::Map(entry) => {
                let (start, length) = self.pointer(address)?;
                Ok(Value::Map(
                    self.items(entry, start, length)?.into_iter().filter_map(key_and_value).collect(),
                ))
            }
            Shape::FixedLengthList(item, length) => Ok(Value::List(self.in_place(item, address, *length)?)),
            Shape::Record(parts) => Ok(Value::Record(self.parts(parts, address)?)),
            Shape::Tuple(parts) => Ok(Value::Tuple(self.parts(parts, address)?)),
            Shape::Flags(count) => self.flags(*count, address, layout.size),
            Shape::Cases(cases) => {
                let discriminant = self.number(address, cases.discriminant_bytes)?;
                let (index, payload) = case(cases, low(discriminant))?;
                let at = address.saturating_add(cases.payload_offset);
                let payload = payload.map(|layout| self.load(layout, at)).transpose()?;
                Ok(cases_value(cases.kind, index, payload))
            }
        }
    }

    fn parts(&mut self, parts: &[super::Part], address: u32) -> Result<Vec<Value>, LiftError> {
        let load = |part: &super::Part| self.load(&part.layout, address.saturating_add(part.offset));
        exactly(parts.len(), parts.iter().map(load))
    }

    fn items(&mut self, item: &Layout, address: u32, length: u32) -> Result<Vec<Value>, LiftError> {
        let bytes = u64::from(item.size) * u64::from(length);
        self.checked.slice(address, bytes, item.align)?;
        self.checked.spend(bytes)?;
        self.in_place(item, address, length)
    }

    fn in_place(&mut self, item: &Layout, address: u32, length: u32) -> Result<Vec<Value>, LiftError> {
        let load = |index: u32| self.load(item, address.saturating_add(index.saturating_mul(item.size)));
        exactly(length as usize, (0..length).map(load))
    }

    fn flags(&mut self, count: u32, address: u32, size: u32) -> Result<Value, LiftError> {
        let mut flags = Vec::with_capacity(count as usize);
        for bit in 0..count {
            let word = self.number(address.saturating_add(bit / 32 * 4), size.min(4))?;
            flags.push(word >> (bit % 32) & 1 == 1);
        }
        Ok(Value::Flags(flags))
    }

    fn pointer(&mut self, address: u32) -> Result<(u32, u32), LiftError> {
        Ok((low(self.number(address, 4)?), low(self.number(address.saturating_add(4), 4)?)))
    }

    fn number(&self, address: u32, bytes: u32) -> Result<u64, LiftError> {
        let read = self.checked.slice(address, u64::from(bytes), 1)?;
        Ok(read.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

/// All items in room for as many: a list that grows holds up to three times what it needs.
fn exactly(
    count: usize,
    items: impl Iterator<Item = Result<Value, LiftError>>,
) -> Result<Vec<Value>, LiftError> {
    let mut all = Vec::with_capacity(count);
    for item in items {
        all.push(item?);
    }
    Ok(all)
}

fn key_and_value(entry: Value) -> Option<(Value, Value)> {
    let Value::Tuple(parts) = entry else { return None };
    let [key, value] = <[Value; 2]>::try_from(parts).ok()?;
    Some((key, value))
}

fn case(cases: &Cases, value: u32) -> Result<(u32, Option<&Layout>), LiftError> {
    match cases.payloads.get(value as usize) {
        Some(payload) => Ok((value, payload.as_ref())),
        None => Err(LiftError::Discriminant {
            type_name: cases.kind.name(),
            value,
            cases: u32::try_from(cases.payloads.len()).unwrap_or(u32::MAX),
        }),
    }
}

fn cases_value(kind: CaseKind, index: u32, payload: Option<Value>) -> Value {
    let payload = payload.map(Box::new);
    match kind {
        CaseKind::Variant => Value::Variant(index, payload),
        CaseKind::Enum => Value::Enum(index),
        CaseKind::Option => Value::Option(payload),
        CaseKind::Result if index == 0 => Value::Result(Ok(payload)),
        CaseKind::Result => Value::Result(Err(payload)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the canonical ABI takes the low bits of a wider core value"
)]
fn scalar_value(scalar: Scalar, slot: u64) -> Result<Value, LiftError> {
    Ok(match scalar {
        Scalar::Bool => Value::Bool(low(slot) != 0),
        Scalar::U8 => Value::U8(slot as u8),
        Scalar::U16 => Value::U16(slot as u16),
        Scalar::U32 => Value::U32(low(slot)),
        Scalar::U64 => Value::U64(slot),
        Scalar::S8 => Value::S8((slot as u8).cast_signed()),
        Scalar::S16 => Value::S16((slot as u16).cast_signed()),
        Scalar::S32 => Value::S32(low(slot).cast_signed()),
        Scalar::S64 => Value::S64(slot.cast_signed()),
        Scalar::F32 => Value::F32(f32::from_bits(low(slot))),
        Scalar::F64 => Value::F64(f64::from_bits(slot)),
        Scalar::Char => {
            let value = low(slot);
            Value::Char(char::from_u32(value).ok_or(LiftError::Char { value })?)
        }
    })
}

/// The low half: what an `i32` slot holds.
#[expect(clippy::cast_possible_truncation, reason = "the high half of an `i32` slot carries nothing")]
fn low(slot: u64) -> u32 {
    slot as u32
}
