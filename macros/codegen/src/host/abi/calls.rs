//! Arguments, the call itself, and what comes after it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use wit_bindgen_core::abi::{Instruction, WasmSignature, WasmType};

use super::{Generator, Operand};

/// Takes one instruction, if it is of this family.
pub(super) fn emit(
    generator: &mut Generator<'_, '_>,
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
) -> bool {
    match instruction {
        Instruction::GetArg { nth } => results.extend(generator.params.get(*nth).cloned()),
        Instruction::Malloc { size, align, .. } => {
            let (size, align) = (size.size_wasm32(), align.align_wasm32());
            results.push(area(generator, size, align));
        }
        Instruction::CallWasm { sig, .. } => call(generator, sig, operands, results),
        Instruction::Flush { .. } => results.extend(operands.iter().cloned()),
        Instruction::Return { .. } => finish(generator, operands),
        _ => return false,
    }
    true
}

/// Memory for parameters that are too many to be passed as core values.
fn area(generator: &mut Generator<'_, '_>, size: usize, align: usize) -> Operand {
    let (window, address) = (generator.local("area"), generator.local("address"));
    let (bytes, unit) = (Literal::usize_unsuffixed(size), Literal::usize_unsuffixed(align));
    generator.statements.push(quote!(let #address = cx.allocate(#unit, #bytes)?;));
    generator.statements.push(quote!(let #window = &mut [0_u8; #bytes];));
    Operand::Area { window, address, align }
}

fn call(
    generator: &mut Generator<'_, '_>,
    sig: &WasmSignature,
    operands: &[Operand],
    results: &mut Vec<Operand>,
) {
    if let [Operand::Area { window, address, align }] = operands {
        let align = Literal::usize_unsuffixed(*align);
        generator.statements.push(quote!(cx.write(#address, #align, #window)?;));
    }
    let slots: Vec<_> = sig.params.iter().zip(operands).map(|(ty, operand)| slot(*ty, operand)).collect();
    let index = &generator.index;
    let slots = if slots.is_empty() { quote!([0_u64]) } else { quote!([#(#slots),*]) };
    generator.statements.push(quote! {
        let mut slots = #slots;
        cx.call(#index, &mut slots)?;
    });
    let Some(ty) = sig.results.first() else { return };
    generator.statements.push(quote!(let [flat, ..] = slots;));
    if !sig.retptr {
        results.push(Operand::Value(from_slot(*ty)));
        return;
    }
    let window = generator.local("result");
    let (size, align) = generator.result.as_ref().map(|ty| generator.plan.abi.layout(ty)).unwrap_or_default();
    let (size, align) = (Literal::usize_unsuffixed(size), Literal::usize_unsuffixed(align));
    generator.statements.push(quote! {
        let lift = &mut cx.lift();
        let #window = lift.window::<#size>(flat as u32, #align)?;
    });
    results.push(Operand::Window(window));
}

/// A core value as the 64 bits that an engine takes.
fn slot(ty: WasmType, operand: &Operand) -> TokenStream {
    if let Operand::Area { address, .. } = operand {
        return quote!(u64::from(#address));
    }
    let value = operand.value();
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => quote!(u64::from(#value)),
        WasmType::I64 | WasmType::PointerOrI64 => value,
        WasmType::F32 => quote!(u64::from(f32::to_bits(#value))),
        WasmType::F64 => quote!(f64::to_bits(#value)),
    }
}

fn from_slot(ty: WasmType) -> TokenStream {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => quote!((flat as u32)),
        WasmType::I64 | WasmType::PointerOrI64 => quote!(flat),
        WasmType::F32 => quote!(f32::from_bits(flat as u32)),
        WasmType::F64 => quote!(f64::from_bits(flat)),
    }
}

/// Lets the guest free what it returned, and hands the value over.
fn finish(generator: &mut Generator<'_, '_>, operands: &[Operand]) {
    let index = &generator.index;
    let tokens = match operands {
        [value] => {
            let value = value.value();
            quote! {
                let value = #value;
                cx.post_return(#index, flat)?;
                ::core::result::Result::Ok(value)
            }
        }
        _ => quote! {
            cx.post_return(#index, 0)?;
            ::core::result::Result::Ok(())
        },
    };
    generator.statements.push(tokens);
}
