//! Values without parts, and the casts between core values that variants need.

use proc_macro2::TokenStream;
use quote::quote;
use wit_bindgen_core::abi::{Bitcast, Instruction, WasmType};

use super::Operand;

/// Takes one instruction, if it is of this family. Where `may_be_own`, a primitive may be inside a newtype of the
/// firmware's: which one, the type that the value goes to or comes from says.
pub(super) fn emit(
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
    may_be_own: bool,
) -> bool {
    match instruction {
        Instruction::I32Const { val } => {
            let value = val.cast_unsigned();
            results.push(Operand::Value(quote!(#value)));
        }
        Instruction::ConstZero { tys } => results.extend(tys.iter().map(|ty| Operand::Value(zero(*ty)))),
        Instruction::Bitcasts { casts } => {
            let cast =
                casts.iter().zip(operands).map(|(by, operand)| Operand::Value(cast(by, operand.value())));
            results.extend(cast);
        }
        _ => {
            let [operand] = operands else { return false };
            let (value, reference) = (operand.value(), operand.reference());
            let own =
                may_be_own.then(|| quote!(*::linchpin_host::wit::WitPrimitive::as_primitive(#reference)));
            let lowered = lowered(instruction, own.as_ref().unwrap_or(&value));
            let lifted = || lifted(instruction, &value).map(|value| checked(value, may_be_own));
            let Some(value) = lowered.or_else(lifted) else { return false };
            results.push(Operand::Value(value));
        }
    }
    true
}

/// A value of the firmware as a core value.
fn lowered(instruction: &Instruction<'_>, value: &TokenStream) -> Option<TokenStream> {
    Some(match instruction {
        Instruction::I32FromBool
        | Instruction::I32FromChar
        | Instruction::I32FromU8
        | Instruction::I32FromU16 => quote!(u32::from(#value)),
        Instruction::I32FromS8 | Instruction::I32FromS16 => quote!(i32::cast_unsigned(i32::from(#value))),
        Instruction::I32FromS32 => quote!(i32::cast_unsigned(#value)),
        Instruction::I64FromS64 => quote!(i64::cast_unsigned(#value)),
        Instruction::I32FromU32
        | Instruction::I64FromU64
        | Instruction::CoreF32FromF32
        | Instruction::CoreF64FromF64 => value.clone(),
        _ => return None,
    })
}

/// A primitive that was lifted, as what the firmware makes of it.
pub(super) fn checked(value: TokenStream, may_be_own: bool) -> TokenStream {
    if may_be_own { quote!(abi::lifted(#value)?) } else { value }
}

/// A core value as a value of the firmware. Bits beyond the type's width are ignored, and any `bool` but 0 is true,
/// as the canonical ABI says.
fn lifted(instruction: &Instruction<'_>, value: &TokenStream) -> Option<TokenStream> {
    Some(match instruction {
        Instruction::BoolFromI32 => quote!(#value != 0),
        Instruction::CharFromI32 => quote!(abi::char_from(#value)?),
        Instruction::U8FromI32 => quote!(#value as u8),
        Instruction::S8FromI32 => quote!(#value as i8),
        Instruction::U16FromI32 => quote!(#value as u16),
        Instruction::S16FromI32 => quote!(#value as i16),
        Instruction::S32FromI32 => quote!(#value as i32),
        Instruction::S64FromI64 => quote!(#value as i64),
        Instruction::U32FromI32
        | Instruction::U64FromI64
        | Instruction::F32FromCoreF32
        | Instruction::F64FromCoreF64 => value.clone(),
        _ => return None,
    })
}

fn zero(ty: WasmType) -> TokenStream {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => quote!(0_u32),
        WasmType::I64 | WasmType::PointerOrI64 => quote!(0_u64),
        WasmType::F32 => quote!(0_f32),
        WasmType::F64 => quote!(0_f64),
    }
}

/// Pointers and lengths are `u32` here, so most casts that upstream tells apart are the same or nothing.
fn cast(by: &Bitcast, value: TokenStream) -> TokenStream {
    match by {
        Bitcast::None
        | Bitcast::P64ToI64
        | Bitcast::I64ToP64
        | Bitcast::I32ToP
        | Bitcast::PToI32
        | Bitcast::PToL
        | Bitcast::LToP
        | Bitcast::I32ToL
        | Bitcast::LToI32 => value,
        Bitcast::F32ToI32 => quote!(f32::to_bits(#value)),
        Bitcast::F64ToI64 => quote!(f64::to_bits(#value)),
        Bitcast::F32ToI64 => quote!(u64::from(f32::to_bits(#value))),
        Bitcast::I32ToI64 | Bitcast::PToP64 | Bitcast::LToI64 => quote!(u64::from(#value)),
        Bitcast::I32ToF32 => quote!(f32::from_bits(#value)),
        Bitcast::I64ToF64 => quote!(f64::from_bits(#value)),
        Bitcast::I64ToF32 => quote!(f32::from_bits(#value as u32)),
        Bitcast::I64ToI32 | Bitcast::P64ToP | Bitcast::I64ToL => quote!(#value as u32),
        Bitcast::Sequence(both) => {
            let [first, second] = &**both;
            cast(second, cast(first, value))
        }
    }
}
