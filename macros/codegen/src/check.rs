//! The comparison that is left for the compiler, placed at the user's type.

use linchpin_contract::{Error, Type};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};

use crate::report::Message;
use crate::shape;

/// A constant that fails to compile, at `ty`, if `ty` is not what the WIT says.
///
/// # Errors
/// When the expected type expands to more text than is reasonable.
pub fn check(ty: &syn::Type, expected: Option<&Type>, message: &Message) -> Result<TokenStream, Error> {
    let help = format!("write `{}`", expected.map_or_else(|| "()".to_owned(), shape::rust_text));
    let (first, _) = ends(ty);
    let call = call(ty, &quote!(#ty), expected, message, &help)?;
    Ok(quote_spanned! {first=> const _: () = #call; })
}

/// The comparison itself, placed at `ty`; `named` is how the type is written where the comparison stands.
///
/// # Errors
/// As [`check`].
pub fn call(
    ty: &syn::Type,
    named: &TokenStream,
    expected: Option<&Type>,
    message: &Message,
    help: &str,
) -> Result<TokenStream, Error> {
    let shape = shape::payload(expected)?;
    let message = message.to_string();
    let (first, last) = ends(ty);
    // The compiler underlines a call from its first to its last token.
    let arguments = quote! { &<#named as ::linchpin_guest::WitType>::SHAPE, &#shape, #message, #help };
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(last);
    Ok(quote_spanned! {first=> ::linchpin_guest::check #arguments })
}

/// The spans of the first and the last token of a type.
pub(crate) fn ends(ty: &syn::Type) -> (Span, Span) {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let first = tokens.first().map_or_else(Span::call_site, TokenTree::span);
    let last = tokens.last().map_or_else(Span::call_site, TokenTree::span);
    (first, last)
}
