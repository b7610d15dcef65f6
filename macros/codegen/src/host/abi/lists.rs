//! Lists and strings.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use wit_bindgen_core::abi::Instruction;
use wit_bindgen_core::wit_parser::Type;

use super::{Generator, Operand};

/// Takes one instruction, if it is of this family.
pub(super) fn emit(
    generator: &mut Generator<'_, '_>,
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
) -> bool {
    match (instruction, operands) {
        (Instruction::IterElem { .. }, []) => {
            let element = generator.block_local("element");
            results.push(Operand::Borrowed(quote!(#element)));
        }
        (Instruction::IterBasePointer, []) => {
            results.push(Operand::Window(generator.block_local("window")));
        }
        (Instruction::StringLower { .. }, [text]) => {
            let text = text.reference();
            let text = if generator.plan.has_own() { quote!(abi::Text::text(#text)) } else { text };
            region(generator, "string", &quote!(cx.string(#text)?), results);
        }
        (Instruction::ListCanonLower { .. }, [list]) => {
            let (list, copy) = (list.reference(), copy(generator));
            region(generator, "list", &quote!(cx.#copy(#list)?), results);
        }
        (Instruction::ListLower { element, .. }, [list]) => {
            let call = lower(generator, element, list);
            region(generator, "list", &call, results);
        }
        (Instruction::StringLift, [address, length]) => {
            let (address, length) = (address.value(), length.value());
            let text = quote!(lift.string(#address, #length)?);
            results.push(Operand::Value(super::scalars::checked(text, generator.plan.has_own())));
        }
        (Instruction::ListCanonLift { .. }, [address, length]) => {
            let (address, length, copy) = (address.value(), length.value(), copy(generator));
            results.push(Operand::Value(quote!(lift.#copy(#address, #length)?)));
        }
        (Instruction::ListLift { element, .. }, [address, length]) => {
            let (address, length) = (address.value(), length.value());
            results.push(Operand::Value(lift(generator, element, &address, &length)));
        }
        _ => return false,
    }
    true
}

/// The function that copies a list of numbers: the one that looks into newtypes only where there may be any.
fn copy(generator: &Generator<'_, '_>) -> Ident {
    format_ident!("{}", if generator.plan.has_own() { "primitives" } else { "numbers" })
}

/// Binds what a lowering call gives, which is an address and a length.
fn region(generator: &mut Generator<'_, '_>, stem: &str, call: &TokenStream, results: &mut Vec<Operand>) {
    let name = generator.local(stem);
    generator.statements.push(quote!(let #name = #call;));
    results.push(Operand::Value(quote!(#name.address)));
    results.push(Operand::Value(quote!(#name.length)));
}

fn layout(generator: &Generator<'_, '_>, element: &Type) -> (Literal, Literal) {
    let (size, align) = generator.plan.abi.layout(element);
    (Literal::usize_unsuffixed(size), Literal::usize_unsuffixed(align))
}

fn lower(generator: &mut Generator<'_, '_>, element: &Type, list: &Operand) -> TokenStream {
    let (size, align) = layout(generator, element);
    let Some(block) = generator.blocks(1).pop() else { return TokenStream::new() };
    let (item, window) = (format_ident!("element{}", block.number), format_ident!("window{}", block.number));
    let (list, statements) = (list.reference(), &block.statements);
    if generator.plan.abi.allocates(element) {
        quote! {
            cx.list(#list, #align, |cx, #item, #window: &mut [u8; #size]| {
                #(#statements)*
                ::core::result::Result::Ok(())
            })?
        }
    } else {
        quote! {
            cx.flat_list(#list, #align, |#item, #window: &mut [u8; #size]| { #(#statements)* })?
        }
    }
}

fn lift(
    generator: &mut Generator<'_, '_>,
    element: &Type,
    address: &TokenStream,
    length: &TokenStream,
) -> TokenStream {
    let (size, align) = layout(generator, element);
    let Some(block) = generator.blocks(1).pop() else { return TokenStream::new() };
    let window = format_ident!("window{}", block.number);
    let statements = &block.statements;
    let value = block.results.iter().map(Operand::value);
    quote! {
        lift.list(#address, #length, #align, |lift, #window: &[u8; #size]| {
            #(#statements)*
            ::core::result::Result::Ok(#(#value)*)
        })?
    }
}
