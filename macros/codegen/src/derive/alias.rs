//! `#[derive(Alias)]`: a newtype for a WIT alias of a primitive.

use linchpin_contract::{Primitive, Range};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Data, DeriveInput, Fields, Type, Visibility};

use super::{Cx, Expansion};
use crate::number::{self, Kind};
use crate::report::{Message, Report};
use crate::{alias, host::docs, shape};

pub(super) fn newtype(
    cx: &Cx<'_>,
    primitive: Primitive,
    input: &DeriveInput,
    report: &mut Report,
) -> Expansion {
    if !input.generics.params.is_empty() {
        return Expansion::default();
    }
    let name = shape::rust_name(primitive);
    let Some(field) = only_field(&input.data) else { return wrong_form(cx, name, input, report) };
    let mut newtype = Newtype { cx, primitive, ty: &field.ty, visibility: &input.vis, range: None };
    let kind = number::kind(primitive);
    let range = alias::range(cx.def).zip(kind);
    if !is_written(&field.ty, name) {
        let what = format!("`{}` stands for `{}`, and this is another type", cx.def.name, primitive.as_str());
        let help = format!("write `{name}`");
        report.error(&field.ty, Message::new(what).at(cx.def.place.as_ref()).help(help));
    } else if let Some((range, kind)) = range {
        check_range(cx, &range, kind, &field.vis, report);
        newtype.range = report.is_empty().then_some((range, kind));
    }
    // The constructor stays whatever is wrong, so that its uses are not further mistakes.
    Expansion { checks: newtype.own_items(), parts: newtype.conversions() }
}

fn only_field(data: &Data) -> Option<&syn::Field> {
    match data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    }
}

fn wrong_form(cx: &Cx<'_>, name: &str, input: &DeriveInput, report: &mut Report) -> Expansion {
    let what = format!("WIT type `{}` is one `{name}`, so it needs a struct around one", cx.def.name);
    let help = format!("write `struct {}({name});`", cx.ident);
    let message = Message::new(what).at(cx.def.place.as_ref()).help(help);
    match &input.data {
        Data::Struct(data) if !data.fields.is_empty() => report.error(&data.fields, message),
        Data::Struct(_) | Data::Enum(_) | Data::Union(_) => report.error(cx.ident, message),
    }
    Expansion::default()
}

/// Whether the type is written as the primitive's name. It has no other, so there is nothing to leave to the compiler.
fn is_written(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else { return false };
    path.qself.is_none() && path.path.segments.last().is_some_and(|last| last.ident == name)
}

fn check_range(cx: &Cx<'_>, range: &Range, kind: Kind, visibility: &Visibility, report: &mut Report) {
    let place = cx.def.place.as_ref();
    if number::is_empty(kind, range) {
        let what = format!("no value is in the range of `{}`, which is {range}", cx.def.name);
        let help = "correct `@range`, of the alias or of what it stands for";
        report.error(cx.ident, Message::new(what).at(place).help(help));
    } else if !matches!(visibility, Visibility::Inherited) {
        let what = format!("a value could be set past the range of `{}`, which is {range}", cx.def.name);
        let help = "leave the field private: `new` makes a value, `get` reads it";
        report.error(visibility.to_token_stream(), Message::new(what).at(place).help(help));
    }
}

struct Newtype<'a> {
    cx: &'a Cx<'a>,
    primitive: Primitive,
    /// The field's type, as written.
    ty: &'a Type,
    visibility: &'a Visibility,
    range: Option<(Range, Kind)>,
}

impl Newtype<'_> {
    /// Constants, the constructor and `get`. They are as visible as the type itself.
    fn own_items(&self) -> TokenStream {
        let (ident, ty, visibility) = (self.cx.ident, self.ty, self.visibility);
        let unit = alias::unit(self.cx.def).map(|unit| {
            quote! {
                /// The unit, as in the contract.
                #visibility const UNIT: &'static ::core::primitive::str = #unit;
            }
        });
        let (ends, new) = (self.ends(), self.constructor());
        let get = if self.primitive == Primitive::String {
            quote!(#visibility fn get(&self) -> &::core::primitive::str { &self.0 })
        } else {
            quote!(#visibility const fn get(&self) -> #ty { self.0 })
        };
        quote! {
            #[automatically_derived]
            #[allow(dead_code, clippy::all, clippy::pedantic, reason = "generated whether used or not")]
            impl #ident {
                #unit
                #ends
                #new

                /// The value inside.
                #[inline]
                #[must_use]
                #get
            }
        }
    }

    /// The ends of the range.
    fn ends(&self) -> Option<TokenStream> {
        let (range, kind) = self.range.as_ref()?;
        let (visibility, (min, max)) = (self.visibility, number::bounds(*kind, range));
        Some(quote! {
            /// The least value, as the contract's range says.
            #visibility const MIN: Self = Self(#min);

            /// The greatest value, as the contract's range says.
            #visibility const MAX: Self = Self(#max);
        })
    }

    fn constructor(&self) -> TokenStream {
        let (ty, visibility) = (self.ty, self.visibility);
        // Text is freed, which no constant function does.
        let constant = (self.primitive != Primitive::String).then(|| quote!(const));
        let Some((range, _)) = &self.range else {
            // With a range that was not usable the signature is still what it will be.
            return if self.is_checked() {
                quote! {
                    #visibility const fn new(value: #ty) -> ::core::result::Result<Self, ::linchpin_guest::OutOfRange<#ty>> {
                        ::core::result::Result::Ok(Self(value))
                    }
                }
            } else {
                quote! {
                    /// The value; every one is in the contract.
                    #[inline]
                    #[must_use]
                    #visibility #constant fn new(value: #ty) -> Self { Self(value) }
                }
            };
        };
        let (name, range) = (alias::short_name(self.cx.def), range.to_string());
        let unit = alias::unit(self.cx.def).unwrap_or_default();
        let docs = docs::attribute(&format!(
            "The value, if it is in the contract's range {range}, both ends included.\n\n# Errors\nIf it is outside, \
             or not a number."
        ));
        quote! {
            #docs
            #[inline]
            #visibility const fn new(value: #ty) -> ::core::result::Result<Self, ::linchpin_guest::OutOfRange<#ty>> {
                if Self::MIN.0 <= value && value <= Self::MAX.0 {
                    ::core::result::Result::Ok(Self(value))
                } else {
                    ::core::result::Result::Err(::linchpin_guest::OutOfRange {
                        name: #name,
                        value,
                        range: #range,
                        unit: #unit,
                    })
                }
            }
        }
    }

    /// Whether the contract has a range for the type.
    fn is_checked(&self) -> bool {
        number::kind(self.primitive).is_some() && alias::range(self.cx.def).is_some()
    }

    /// The standard conversions, and the trait by which generated code makes and reads values.
    fn conversions(&self) -> TokenStream {
        let (ident, ty) = (self.cx.ident, self.ty);
        let (from, make) = if self.is_checked() {
            let from = quote! {
                #[automatically_derived]
                impl ::core::convert::TryFrom<#ty> for #ident {
                    type Error = ::linchpin_guest::OutOfRange<#ty>;

                    #[inline]
                    fn try_from(value: #ty) -> ::core::result::Result<Self, Self::Error> { Self::new(value) }
                }
            };
            (from, quote!(Self::new(primitive)))
        } else {
            let from = quote! {
                #[automatically_derived]
                impl ::core::convert::From<#ty> for #ident {
                    #[inline]
                    fn from(value: #ty) -> Self { Self::new(value) }
                }
            };
            (from, quote!(::core::result::Result::Ok(Self::new(primitive))))
        };
        quote! {
            #from

            #[automatically_derived]
            impl ::core::convert::From<#ident> for #ty {
                #[inline]
                fn from(value: #ident) -> Self { value.0 }
            }

            #[automatically_derived]
            impl ::linchpin_guest::WitPrimitive for #ident {
                type Primitive = #ty;

                #[inline(always)]
                fn from_primitive(
                    primitive: #ty,
                ) -> ::core::result::Result<Self, ::linchpin_guest::OutOfRange<#ty>> {
                    #make
                }

                #[inline(always)]
                fn as_primitive(&self) -> &#ty { &self.0 }

                #[inline(always)]
                fn into_primitive(self) -> #ty { self.0 }
            }
            ::linchpin_guest::__testing! { alias #ident }
        }
    }
}
