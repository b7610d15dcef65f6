//! What a newtype gets: constants, constructor, `get`, conversions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, Type, Visibility};

use crate::host::docs;

/// A newtype around a primitive.
pub(super) struct Newtype<'a> {
    pub(super) ident: &'a Ident,
    /// The field's type, as written.
    pub(super) ty: &'a Type,
    pub(super) visibility: &'a Visibility,
    /// The alias, as in messages about values.
    pub(super) name: String,
    pub(super) unit: Option<String>,
    /// The range; none where every value is right.
    pub(super) range: Option<Ends>,
}

/// A range in tokens.
pub(super) struct Ends {
    pub(super) min: TokenStream,
    pub(super) max: TokenStream,
    /// As in messages about values.
    pub(super) text: String,
}

impl Newtype<'_> {
    /// Everything that the type gets.
    pub(super) fn items(&self) -> TokenStream {
        let (own, conversions) = (self.own_items(), self.conversions());
        quote!(#own #conversions)
    }

    /// Constants, the constructor and `get`. They are as visible as the type itself.
    fn own_items(&self) -> TokenStream {
        let (ident, ty, visibility) = (self.ident, self.ty, self.visibility);
        let unit = self.unit.as_ref().map(|unit| {
            quote! {
                /// The unit, as in the contract.
                #visibility const UNIT: &'static ::core::primitive::str = #unit;
            }
        });
        let (ends, new) = (self.ends(), self.constructor());
        let get = if self.is_text() {
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
        let Ends { min, max, .. } = self.range.as_ref()?;
        let visibility = self.visibility;
        Some(quote! {
            /// The least value, as the contract's range says.
            #visibility const MIN: Self = Self(#min);

            /// The greatest value, as the contract's range says.
            #visibility const MAX: Self = Self(#max);
        })
    }

    fn constructor(&self) -> TokenStream {
        let (ty, visibility) = (self.ty, self.visibility);
        let Some(Ends { text, .. }) = &self.range else {
            // Text is freed, which no constant function does.
            let constant = (!self.is_text()).then(|| quote!(const));
            return quote! {
                /// The value; every one is in the contract.
                #[inline]
                #[must_use]
                #visibility #constant fn new(value: #ty) -> Self { Self(value) }
            };
        };
        let (name, unit) = (&self.name, self.unit.as_deref().unwrap_or_default());
        let docs = docs::attribute(&format!(
            "The value, if it is in the contract's range {text}, both ends included.\n\n# Errors\nIf it is outside, \
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
                        range: #text,
                        unit: #unit,
                    })
                }
            }
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
    }

    /// The standard conversions, and the trait by which generated code makes and reads values.
    fn conversions(&self) -> TokenStream {
        let (ident, ty) = (self.ident, self.ty);
        let (from, make) = if self.range.is_some() {
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

/// The same names, all of one type that is an error already.
pub(super) fn of_type(input: &DeriveInput, reported: &TokenStream) -> TokenStream {
    let (ident, visibility) = (&input.ident, &input.vis);
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let value = super::only_field(&input.data).filter(|_| input.generics.params.is_empty()).map(|field| {
        let ty = &field.ty;
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#ident> for #ty {
                fn from(value: #ident) -> Self { value.0 }
            }
        }
    });
    quote! {
        #value

        const _: () = {
            type Reported = #reported;

            #[automatically_derived]
            #[allow(dead_code, reason = "generated whether used or not")]
            impl #generics #ident #arguments #bounds {
                #visibility const MIN: Reported = ();
                #visibility const MAX: Reported = ();
                #visibility const UNIT: Reported = ();
                #visibility const fn new(value: Reported) -> Reported { value }
                #visibility const fn get(&self) -> Reported { loop {} }
            }
        };
    }
}
