//! Records, tuples and flags.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use wit_bindgen_core::abi::Instruction;
use wit_bindgen_core::wit_parser::{Flags, Record, TypeId};

use super::{Generator, Operand};
use crate::names::snake_ident;

/// Takes one instruction, if it is of this family.
pub(super) fn emit(
    generator: &mut Generator<'_, '_>,
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
) -> bool {
    match (instruction, operands) {
        (Instruction::RecordLower { record, ty, .. }, [value]) => {
            record_lower(generator, record, *ty, value, results);
        }
        (Instruction::RecordLift { record, ty, .. }, values) => {
            results.push(Operand::Value(record_lift(generator, record, *ty, values)));
        }
        (Instruction::TupleLower { tuple, .. }, [value]) => {
            let locals = locals(generator, tuple.types.len());
            let value = value.reference();
            generator.statements.push(quote!(let (#(#locals,)*) = #value;));
            results.extend(locals.into_iter().map(|local| Operand::Borrowed(quote!(#local))));
        }
        (Instruction::TupleLift { .. }, values) => {
            let values = values.iter().map(Operand::value);
            results.push(Operand::Value(quote!((#(#values,)*))));
        }
        (Instruction::FlagsLower { flags, ty, .. }, [value]) => {
            let value = value.reference();
            if generator.is_own(*ty) {
                results.push(Operand::Value(quote!(::linchpin_host::wit::WitFlags::to_bits(#value))));
                return true;
            }
            let name = generator.local("flags");
            generator.statements.push(quote!(let #name = #value;));
            results.push(Operand::Value(bits_of(&name, flags)));
        }
        (Instruction::FlagsLift { flags, ty, .. }, [value]) => {
            let value = flags_lift(generator, flags, *ty, &value.value());
            results.push(Operand::Value(value));
        }
        _ => return false,
    }
    true
}

fn locals(generator: &mut Generator<'_, '_>, count: usize) -> Vec<Ident> {
    (0..count).map(|_| generator.local("field")).collect()
}

fn record_lower(
    generator: &mut Generator<'_, '_>,
    record: &Record,
    ty: TypeId,
    value: &Operand,
    results: &mut Vec<Operand>,
) {
    let locals = locals(generator, record.fields.len());
    let (path, value) = (generator.path(ty), value.reference());
    if generator.is_own(ty) {
        let parts = quote!(::linchpin_host::wit::WitRecord::parts(#value));
        generator.statements.push(quote!(let (#(#locals,)*) = #parts;));
        results.extend(locals.into_iter().map(|local| Operand::Borrowed(quote!(#local))));
        return;
    }
    let fields = record.fields.iter().map(|field| snake_ident(&field.name));
    generator.statements.push(quote!(let #path { #(#fields: #locals),* } = #value;));
    results.extend(locals.into_iter().map(|local| Operand::Borrowed(quote!(#local))));
}

fn record_lift(
    generator: &Generator<'_, '_>,
    record: &Record,
    ty: TypeId,
    values: &[Operand],
) -> TokenStream {
    let (path, values) = (generator.path(ty), values.iter().map(Operand::value));
    if generator.is_own(ty) {
        return quote!(<#path as ::linchpin_host::wit::WitRecord>::from_parts((#(#values,)*)));
    }
    let fields = record.fields.iter().map(|field| snake_ident(&field.name));
    quote!(#path { #(#fields: #values),* })
}

/// Flags are one core value: more than fit in one are refused before anything is generated.
fn bits_of(value: &Ident, flags: &Flags) -> TokenStream {
    let bits = flags.flags.iter().zip(0_u32..).map(|(flag, bit)| {
        let (flag, bit) = (snake_ident(&flag.name), Literal::u32_unsuffixed(bit));
        quote!(u32::from(#value.#flag) << #bit)
    });
    quote!(#(#bits)|*)
}

/// Bits that stand for no flag are ignored, as the canonical ABI says.
fn flags_lift(
    generator: &mut Generator<'_, '_>,
    flags: &Flags,
    ty: TypeId,
    value: &TokenStream,
) -> TokenStream {
    let path = generator.path(ty);
    if generator.is_own(ty) {
        return quote!(<#path as ::linchpin_host::wit::WitFlags>::from_bits(#value));
    }
    let bits = generator.local("bits");
    let fields = flags.flags.iter().zip(0_u32..).map(|(flag, bit)| {
        let (flag, mask) = (snake_ident(&flag.name), Literal::u32_unsuffixed(1 << bit));
        quote!(#flag: #bits & #mask != 0)
    });
    quote!({ let #bits = #value; #path { #(#fields),* } })
}
