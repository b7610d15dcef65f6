//! Variants, enums, options and results.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use wit_bindgen_core::abi::{Instruction, WasmType};
use wit_bindgen_core::wit_parser::{Enum, TypeId};

use super::{Block, Generator, Operand};
use crate::names::camel_ident;

/// Takes one instruction, if it is of this family.
pub(super) fn emit(
    generator: &mut Generator<'_, '_>,
    instruction: &Instruction<'_>,
    operands: &[Operand],
    results: &mut Vec<Operand>,
) -> bool {
    match (instruction, operands) {
        (Instruction::VariantPayloadName, []) => {
            let payload = generator.block_local("payload");
            results.push(Operand::Borrowed(quote!(#payload)));
        }
        (Instruction::EnumLower { ty, .. }, [value]) if generator.is_own(*ty) => {
            let value = value.reference();
            results.push(Operand::Value(quote!(::linchpin_host::wit::WitEnum::index(#value))));
        }
        (Instruction::EnumLower { .. }, [value]) => {
            let value = value.value();
            results.push(Operand::Value(quote!(#value as u32)));
        }
        (Instruction::EnumLift { enum_, name, ty }, [case]) => {
            let value = enum_lift(generator, enum_, name, *ty, &case.value());
            results.push(Operand::Value(value));
        }
        (lower, [value]) if flat(lower).is_some() => {
            let (Some(cases), Some(flat)) = (cases(generator, lower), flat(lower)) else { return false };
            variant_lower(generator, &cases, flat, value, results);
        }
        (lift, [case]) => {
            let Some(cases) = cases(generator, lift) else { return false };
            let value = variant_lift(generator, &cases, &case.value());
            results.push(Operand::Value(value));
        }
        _ => return false,
    }
    true
}

/// The core values that lowering gives; none for an instruction that lowers no variant.
fn flat<'a>(instruction: &Instruction<'a>) -> Option<&'a [WasmType]> {
    match instruction {
        Instruction::VariantLower { results, .. }
        | Instruction::OptionLower { results, .. }
        | Instruction::ResultLower { results, .. } => Some(results),
        _ => None,
    }
}

/// The cases of one variant.
struct Cases {
    /// The WIT name.
    name: String,
    list: Vec<Case>,
    /// The path of the type, if it is the firmware's own, and its cases thus only known by their numbers.
    own: Option<TokenStream>,
}

struct Case {
    /// The path of the case.
    path: TokenStream,
    payload: Payload,
}

#[derive(Clone, Copy)]
enum Payload {
    /// A value.
    Value,
    /// Nothing, and Rust's case is plain.
    None,
    /// Nothing, and Rust's case holds `()`, as in `Ok(())`.
    Unit,
}

impl Payload {
    fn or_unit(has_value: bool) -> Self {
        if has_value { Self::Value } else { Self::Unit }
    }
}

fn cases(generator: &Generator<'_, '_>, instruction: &Instruction<'_>) -> Option<Cases> {
    let case = |path, payload| Case { path, payload };
    Some(match instruction {
        Instruction::VariantLower { variant, ty, name, .. }
        | Instruction::VariantLift { variant, ty, name } => {
            let path = generator.path(*ty);
            let list = variant.cases.iter().map(|one| {
                let name = camel_ident(&one.name);
                case(quote!(#path::#name), if one.ty.is_some() { Payload::Value } else { Payload::None })
            });
            let own = generator.is_own(*ty).then(|| path.clone());
            Cases { name: (*name).to_owned(), list: list.collect(), own }
        }
        Instruction::OptionLower { .. } | Instruction::OptionLift { .. } => Cases {
            name: "option".to_owned(),
            list: vec![
                case(quote!(::core::option::Option::None), Payload::None),
                case(quote!(::core::option::Option::Some), Payload::Value),
            ],
            own: None,
        },
        Instruction::ResultLower { result, .. } | Instruction::ResultLift { result, .. } => Cases {
            name: "result".to_owned(),
            list: vec![
                case(quote!(::core::result::Result::Ok), Payload::or_unit(result.ok.is_some())),
                case(quote!(::core::result::Result::Err), Payload::or_unit(result.err.is_some())),
            ],
            own: None,
        },
        _ => return None,
    })
}

fn variant_lower(
    generator: &mut Generator<'_, '_>,
    cases: &Cases,
    flat: &[WasmType],
    value: &Operand,
    results: &mut Vec<Operand>,
) {
    let blocks = generator.blocks(cases.list.len());
    let reference = value.reference();
    let (matched, arms) = match &cases.own {
        None => (reference, lower_arms(cases, &blocks)),
        Some(_) => {
            let matched = quote!(::linchpin_host::wit::WitVariant::index(#reference));
            (matched, own_lower_arms(cases, &blocks, &reference))
        }
    };
    let locals: Vec<_> = flat.iter().map(|_| generator.local("flat")).collect();
    generator.statements.push(match locals.as_slice() {
        [] => quote!(match #matched { #arms }),
        [one] => quote!(let #one = match #matched { #arms };),
        several => quote!(let (#(#several),*) = match #matched { #arms };),
    });
    results.extend(locals.into_iter().map(|local| Operand::Value(quote!(#local))));
}

fn lower_arms(cases: &Cases, blocks: &[Block]) -> TokenStream {
    let arms = cases.list.iter().zip(blocks).map(|(case, block)| {
        let (path, body) = (&case.path, block.expression());
        let payload = format_ident!("payload{}", block.number);
        match case.payload {
            Payload::Value => quote!(#path(#payload) => #body,),
            Payload::None => quote!(#path => #body,),
            Payload::Unit => quote!(#path(()) => #body,),
        }
    });
    arms.collect()
}

/// Arms over the number of the case.
fn own_lower_arms(cases: &Cases, blocks: &[Block], value: &TokenStream) -> TokenStream {
    let arms = cases.list.iter().zip(blocks).zip(0_u32..).map(|((case, block), number)| {
        let (body, number) = (block.expression(), Literal::u32_unsuffixed(number));
        let payload = format_ident!("payload{}", block.number);
        match case.payload {
            Payload::Value => {
                quote!(#number => { let #payload = ::linchpin_host::wit::payload::<_, #number>(#value); #body })
            }
            Payload::None | Payload::Unit => quote!(#number => #body,),
        }
    });
    let arms: TokenStream = arms.collect();
    quote!(#arms _ => ::linchpin_host::wit::impossible(),)
}

fn variant_lift(generator: &mut Generator<'_, '_>, cases: &Cases, case: &TokenStream) -> TokenStream {
    let blocks: Vec<Block> = generator.blocks(cases.list.len());
    let arms = cases.list.iter().zip(&blocks).zip(0_u32..).map(|((case, block), number)| {
        let (path, number) = (&case.path, Literal::u32_unsuffixed(number));
        let body = block.expression();
        if let Some(own) = &cases.own {
            let payload = if let Payload::Value = case.payload { body } else { quote!(()) };
            return quote! {
                #number => <#own as ::linchpin_host::wit::WitCase<#number>>::from_payload(#payload),
            };
        }
        match case.payload {
            Payload::Value => quote!(#number => #path(#body),),
            Payload::None => quote!(#number => #path,),
            Payload::Unit => quote!(#number => #path(()),),
        }
    });
    let otherwise = otherwise(&cases.name, cases.list.len());
    quote!(match #case { #(#arms)* #otherwise })
}

fn enum_lift(
    generator: &Generator<'_, '_>,
    cases: &Enum,
    name: &str,
    ty: TypeId,
    case: &TokenStream,
) -> TokenStream {
    let path = generator.path(ty);
    if generator.is_own(ty) {
        let count = Literal::usize_unsuffixed(cases.cases.len());
        return quote! {{
            let case = #case;
            <#path as ::linchpin_host::wit::WitEnum>::from_index(case)
                .ok_or_else(|| abi::no_such_case(#name, case, #count))?
        }};
    }
    let arms = cases.cases.iter().zip(0_u32..).map(|(case, number)| {
        let (case, number) = (camel_ident(&case.name), Literal::u32_unsuffixed(number));
        quote!(#number => #path::#case,)
    });
    let otherwise = otherwise(name, cases.cases.len());
    quote!(match #case { #(#arms)* #otherwise })
}

/// The arm for a case that does not exist.
fn otherwise(name: &str, cases: usize) -> TokenStream {
    let cases = Literal::usize_unsuffixed(cases);
    quote!(case => ::core::result::Result::Err(abi::no_such_case(#name, case, #cases))?,)
}
