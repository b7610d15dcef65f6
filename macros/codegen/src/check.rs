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
    let (first, _) = ends(ty);
    let call = call(ty, &quote!(#ty), expected, message, &help(ty, expected))?;
    Ok(quote_spanned! {first=> const _: () = #call; })
}

/// What to write. Who has newtypes is told of those alone: the primitive would lose what they check.
fn help(ty: &syn::Type, expected: Option<&Type>) -> TokenStream {
    let unit = || "()".to_owned();
    let (text, plain) =
        (expected.map_or_else(unit, shape::rust_text), expected.map_or_else(unit, shape::plain_text));
    let help = format!("write `{text}`");
    if text == plain {
        return quote!(#help);
    }
    let either = format!("{help}, or `{plain}` without newtypes");
    quote!(if <#ty as ::linchpin_guest::WitType>::SHAPE.has_newtype() { #help } else { #either })
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
    help: &TokenStream,
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
