//! Loads and stores inside a window.

use proc_macro2::{Ident, Literal};
use quote::{format_ident, quote};
use wit_bindgen_core::abi::Instruction;
use wit_bindgen_core::wit_parser::ArchitectureSize;

use super::{Generator, Operand};

/// Takes one instruction, if it is of this family.
pub(super) fn emit(
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
    generator: &mut Generator<'_, '_>,
) -> bool {
    if let (Some((function, offset)), [address]) = (load(instruction), operands) {
        let window = address.value();
        results.push(Operand::Value(quote!(abi::window::#function::<#offset, _>(#window))));
        return true;
    }
    if let (Some((function, offset)), [value, address]) = (store(instruction), operands) {
        let (value, window) = (value.value(), address.value());
        generator.statements.push(quote!(abi::window::#function::<#offset, _>(#window, #value);));
        return true;
    }
    false
}

fn load(instruction: &Instruction<'_>) -> Option<(Ident, Literal)> {
    let (function, offset) = match instruction {
        Instruction::I32Load8U { offset } => ("load_u8", offset),
        Instruction::I32Load8S { offset } => ("load_s8", offset),
        Instruction::I32Load16U { offset } => ("load_u16", offset),
        Instruction::I32Load16S { offset } => ("load_s16", offset),
        Instruction::I32Load { offset }
        | Instruction::PointerLoad { offset }
        | Instruction::LengthLoad { offset } => ("load_32", offset),
        Instruction::I64Load { offset } => ("load_64", offset),
        Instruction::F32Load { offset } => ("load_f32", offset),
        Instruction::F64Load { offset } => ("load_f64", offset),
        _ => return None,
    };
    Some((format_ident!("{function}"), literal(*offset)))
}

fn store(instruction: &Instruction<'_>) -> Option<(Ident, Literal)> {
    let (function, offset) = match instruction {
        Instruction::I32Store8 { offset } => ("store_8", offset),
        Instruction::I32Store16 { offset } => ("store_16", offset),
        Instruction::I32Store { offset }
        | Instruction::PointerStore { offset }
        | Instruction::LengthStore { offset } => ("store_32", offset),
        Instruction::I64Store { offset } => ("store_64", offset),
        Instruction::F32Store { offset } => ("store_f32", offset),
        Instruction::F64Store { offset } => ("store_f64", offset),
        _ => return None,
    };
    Some((format_ident!("{function}"), literal(*offset)))
}

fn literal(offset: ArchitectureSize) -> Literal {
    Literal::usize_unsuffixed(offset.size_wasm32())
}
