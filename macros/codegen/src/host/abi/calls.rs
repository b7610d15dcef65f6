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
    let parameters: Vec<_> = operands.iter().map(parameter).collect();
    let index = &generator.index;
    let Some(ty) = sig.results.first() else {
        generator.statements.push(quote!(cx.call::<_, ()>(#index, (#(#parameters,)*))?;));
        return;
    };
    let ty = core_type(*ty);
    generator.statements.push(quote!(let flat = cx.call::<_, #ty>(#index, (#(#parameters,)*))?;));
    if !sig.retptr {
        results.push(Operand::Value(quote!(flat)));
        return;
    }
    let window = generator.local("result");
    let (size, align) = generator.result.as_ref().map(|ty| generator.plan.abi.layout(ty)).unwrap_or_default();
    let (size, align) = (Literal::usize_unsuffixed(size), Literal::usize_unsuffixed(align));
    generator.statements.push(quote! {
        let lift = &mut cx.lift();
        let #window = lift.window::<#size>(flat, #align)?;
    });
    results.push(Operand::Window(window));
}

/// A core value, or the address of indirect parameters.
fn parameter(operand: &Operand) -> TokenStream {
    match operand {
        Operand::Area { address, .. } => quote!(#address),
        Operand::Borrowed(_) | Operand::Value(_) | Operand::Window(_) => operand.value(),
    }
}

/// The Rust type of a core value.
fn core_type(ty: WasmType) -> TokenStream {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => quote!(u32),
        WasmType::I64 | WasmType::PointerOrI64 => quote!(u64),
        WasmType::F32 => quote!(f32),
        WasmType::F64 => quote!(f64),
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
            cx.post_return(#index, ())?;
            ::core::result::Result::Ok(())
        },
    };
    generator.statements.push(tokens);
}
