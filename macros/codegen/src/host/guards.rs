//! Guards from the contract's `@range` and `@step` tags.
//!
//! A tag on a field, a case, an alias or a function speaks of every number that is reached from there without
//! passing another declared type's name: through aliases, lists, options, tuples and the `ok` side of a result.
//! Ranges hold for arguments and results; steps hold for results only, since a measured argument lies on no step.

mod number;

use std::collections::BTreeMap;

use linchpin_contract::{Case, Field, Owner, Tags, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::own::unique_ident;
use super::plan::{Plan, PlannedFunction};
use super::rust_type::{From, Passing, passing, path};
use crate::names::{camel_ident, snake_ident};

/// One function for each declared type that has something to check, under a name of its own.
pub(super) fn emit(plan: &Plan<'_>) -> TokenStream {
    let defs = plan.modules.iter().flat_map(|module| &module.types).chain(&plan.own_types);
    defs.filter(|def| is_checked_def(def)).map(|def| function(plan, def)).collect()
}

/// Statements that refuse arguments outside their ranges, inside a function that returns a `CallError`.
pub(super) fn inputs(plan: &Plan<'_>, planned: &PlannedFunction<'_>, names: &[Ident]) -> TokenStream {
    let params = planned.function.params.iter().zip(names);
    params
        .filter_map(|(param, name)| {
            let value = match passing(&param.ty) {
                Passing::Value => quote!(&#name),
                Passing::Reference => quote!(#name),
            };
            let check = check(&param.ty, &[], &value, &Bound::argument(plan))?;
            let label = &param.name;
            Some(quote! {
                #check.map_err(|violation| ::linchpin_host::CallError::Input(violation.within(#label)))?;
            })
        })
        .collect()
}

/// A closure that checks a result.
pub(super) fn output(plan: &Plan<'_>, planned: &PlannedFunction<'_>) -> TokenStream {
    let (tags, bound) = ([&planned.function.tags], Bound::result(plan));
    let check = planned.function.result.as_ref().and_then(|ty| check(ty, &tags, &quote!(value), &bound));
    match check {
        Some(check) => quote!(|value| #check.map_err(|violation| violation.or_at("result"))),
        None => quote!(|_| ::core::result::Result::Ok(())),
    }
}

/// How the generated code knows which way a value goes, and what a number is.
struct Bound<'p> {
    plan: &'p Plan<'p>,
    side: TokenStream,
}

impl<'p> Bound<'p> {
    fn argument(plan: &'p Plan<'_>) -> Self {
        Self { plan, side: quote!(::linchpin_host::abi::Side::Argument) }
    }

    fn result(plan: &'p Plan<'_>) -> Self {
        Self { plan, side: quote!(::linchpin_host::abi::Side::Result) }
    }

    /// Inside a function for a declared type.
    fn inherited(plan: &'p Plan<'_>) -> Self {
        Self { plan, side: quote!(side) }
    }

    /// A reference to the number behind a reference. It may be inside a newtype where the firmware has any.
    fn number(&self, value: &TokenStream) -> TokenStream {
        if self.plan.has_own() {
            quote!(::linchpin_host::wit::WitPrimitive::as_primitive(#value))
        } else {
            value.clone()
        }
    }
}

/// An expression that checks the value behind a reference; none where there is nothing to check.
fn check(ty: &Type, tags: &[&Tags], value: &TokenStream, bound: &Bound<'_>) -> Option<TokenStream> {
    match ty {
        Type::Primitive(primitive) => number::check(*primitive, tags, value, bound),
        Type::Named(def) => named(def, tags, value, bound),
        Type::List(item) => {
            let inner = check(item, tags, &quote!(value), bound)?;
            Some(quote!(::linchpin_host::abi::each(#value, |value| #inner)))
        }
        Type::Option(item) => {
            let inner = check(item, tags, &quote!(value), bound)?;
            Some(quote! {
                match #value {
                    ::core::option::Option::Some(value) => #inner,
                    ::core::option::Option::None => ::core::result::Result::Ok(()),
                }
            })
        }
        Type::Result { ok, err } => result(ok.as_deref(), err.as_deref(), tags, value, bound),
        Type::Tuple(items) => {
            let checks = items.iter().enumerate().filter_map(|(index, item)| {
                let label = index.to_string();
                let index = Literal::usize_unsuffixed(index);
                let check = check(item, tags, &quote!(&(#value).#index), bound)?;
                Some(within(&check, &label))
            });
            all(&checks.collect::<Vec<_>>())
        }
        // Nothing of these gets as far as here: `Arguments::world`.
        Type::FixedList(..)
        | Type::Map(..)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => None,
    }
}

/// An alias adds its tags to those that hold already; any other declared type has a function.
fn named(def: &TypeDef, tags: &[&Tags], value: &TokenStream, bound: &Bound<'_>) -> Option<TokenStream> {
    if let TypeKind::Alias(target) = &def.kind {
        let tags: Vec<&Tags> = tags.iter().copied().chain([&def.tags]).collect();
        return check(target, &tags, value, bound);
    }
    let (name, side) = (function_ident(bound.plan, def), &bound.side);
    is_checked_def(def).then(|| quote!(self::#name(#value, #side)))
}

fn result(
    ok: Option<&Type>,
    err: Option<&Type>,
    tags: &[&Tags],
    value: &TokenStream,
    bound: &Bound<'_>,
) -> Option<TokenStream> {
    let side = |ty: Option<&Type>, tags: &[&Tags], label: &str| {
        let check = ty.and_then(|ty| check(ty, tags, &quote!(value), bound))?;
        Some(within(&check, label))
    };
    let (ok, err) = (side(ok, tags, "ok"), side(err, &[], "err"));
    if ok.is_none() && err.is_none() {
        return None;
    }
    let arm = |check: Option<TokenStream>| match check {
        Some(check) => quote!((value) => #check),
        None => quote!((_) => ::core::result::Result::Ok(())),
    };
    let (ok, err) = (arm(ok), arm(err));
    Some(quote!(match #value { ::core::result::Result::Ok #ok, ::core::result::Result::Err #err, }))
}

/// The function that checks one declared type.
fn function(plan: &Plan<'_>, def: &TypeDef) -> TokenStream {
    let (name, ty) = (function_ident(plan, def), path(plan, def, From::World));
    let (is_own, bound) = (plan.own(def).is_some(), &Bound::inherited(plan));
    let body = match &def.kind {
        TypeKind::Record(fields) if is_own => own_record(fields, bound),
        TypeKind::Variant(cases) if is_own => Some(own_variant(cases, bound)),
        TypeKind::Record(fields) => {
            let checks = fields.iter().filter_map(|field| {
                let ident = snake_ident(&field.name);
                let check = check(&field.ty, &[&field.tags], &quote!(&value.#ident), bound)?;
                Some(within(&check, &field.name))
            });
            all(&checks.collect::<Vec<_>>())
        }
        TypeKind::Variant(cases) => {
            let arms = cases.iter().filter_map(|case| {
                let ident = camel_ident(&case.name);
                let check = check(case.payload.as_ref()?, &[&case.tags], &quote!(value), bound)?;
                let check = within(&check, &case.name);
                Some(quote!(#ty::#ident(value) => #check,))
            });
            let arms: TokenStream = arms.collect();
            Some(quote!(match value { #arms _ => ::core::result::Result::Ok(()) }))
        }
        // Checked where they are used, or without numbers.
        TypeKind::Alias(_) | TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => None,
    };
    quote! {
        fn #name(
            value: &#ty,
            side: ::linchpin_host::abi::Side,
        ) -> ::core::result::Result<(), ::linchpin_host::GuardViolation> {
            #body
        }
    }
}

/// The checks of a record whose fields only its trait reaches.
fn own_record(fields: &[Field], bound: &Bound<'_>) -> Option<TokenStream> {
    let mut names = Vec::new();
    let mut checks = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let name = format_ident!("field{index}");
        match check(&field.ty, &[&field.tags], &quote!(#name), bound) {
            Some(check) => {
                checks.push(within(&check, &field.name));
                names.push(quote!(#name));
            }
            None => names.push(quote!(_)),
        }
    }
    let checks = all(&checks)?;
    Some(quote! {{
        let (#(#names,)*) = ::linchpin_host::wit::WitRecord::parts(value);
        #checks
    }})
}

/// The checks of a variant whose cases only its traits reach.
fn own_variant(cases: &[Case], bound: &Bound<'_>) -> TokenStream {
    let arms = cases.iter().zip(0_u32..).filter_map(|(case, number)| {
        let check = check(case.payload.as_ref()?, &[&case.tags], &quote!(value), bound)?;
        let (check, number) = (within(&check, &case.name), Literal::u32_unsuffixed(number));
        let payload = quote!(::linchpin_host::wit::payload::<_, #number>(value));
        Some(quote!(#number => { let value = #payload; #check }))
    });
    let arms: TokenStream = arms.collect();
    quote!(match ::linchpin_host::wit::WitVariant::index(value) { #arms _ => ::core::result::Result::Ok(()) })
}

/// Whether a record or variant has anything to check.
fn is_checked_def(def: &TypeDef) -> bool {
    let mut known = BTreeMap::new();
    is_checked(&mut known, def)
}

/// With what is known of each type, so that a type that is used twice is looked at once.
fn is_checked(known: &mut BTreeMap<(Owner, String), bool>, def: &TypeDef) -> bool {
    let key = (def.owner.clone(), def.name.clone());
    if let Some(known) = known.get(&key) {
        return *known;
    }
    let found = match &def.kind {
        TypeKind::Record(fields) => fields.iter().any(|field| has_checks(known, &field.ty, &[&field.tags])),
        TypeKind::Variant(cases) => cases.iter().any(|case| {
            case.payload.as_ref().is_some_and(|payload| has_checks(known, payload, &[&case.tags]))
        }),
        TypeKind::Alias(_) | TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => false,
    };
    known.insert(key, found);
    found
}

fn has_checks(known: &mut BTreeMap<(Owner, String), bool>, ty: &Type, tags: &[&Tags]) -> bool {
    match ty {
        Type::Primitive(primitive) => number::is_checked(*primitive, tags),
        Type::Named(def) => match &def.kind {
            TypeKind::Alias(target) => {
                let tags: Vec<&Tags> = tags.iter().copied().chain([&def.tags]).collect();
                has_checks(known, target, &tags)
            }
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => is_checked(known, def),
        },
        Type::List(item) | Type::Option(item) => has_checks(known, item, tags),
        Type::Result { ok, err } => {
            ok.as_deref().is_some_and(|ty| has_checks(known, ty, tags))
                || err.as_deref().is_some_and(|ty| has_checks(known, ty, &[]))
        }
        Type::Tuple(items) => items.iter().any(|item| has_checks(known, item, tags)),
        Type::FixedList(..)
        | Type::Map(..)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => false,
    }
}

fn within(check: &TokenStream, label: &str) -> TokenStream {
    quote!(#check.map_err(|violation| violation.within(#label)))
}

/// One expression for several checks, which stops at the first violation. Not with `?`: that would leave the function
/// before the violation has learned where it is.
fn all(checks: &[TokenStream]) -> Option<TokenStream> {
    let (first, rest) = checks.split_first()?;
    Some(rest.iter().fold(first.clone(), |all, check| quote!(#all.and_then(|()| #check))))
}

/// Unique, as the type's own name there.
fn function_ident(plan: &Plan<'_>, def: &TypeDef) -> Ident {
    format_ident!("check_{}", unique_ident(plan, def))
}
