//! Upstream's code with the names that it takes from Rust's prelude written in full, since types of the WIT stand beside
//! them and may be called the same.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

/// The same code. Documentation is left out: nobody reads it there.
pub(super) fn qualified(tokens: TokenStream) -> TokenStream {
    in_group(tokens, false)
}

/// Right inside the braces of an enum, names are those of its cases.
fn in_group(tokens: TokenStream, is_enum: bool) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = TokenStream::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let (before, after) =
            (tokens.get(..index).unwrap_or_default(), tokens.get(index + 1..).unwrap_or_default());
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' && is_doc(after) => index += 1,
            TokenTree::Ident(ident) => out.extend(whole(ident, before, after, is_enum)),
            TokenTree::Group(group) => {
                let is_enum = matches!(before, [.., word, TokenTree::Ident(_)] if is(word, "enum"));
                let mut inner = Group::new(group.delimiter(), in_group(group.stream(), is_enum));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => out.extend([token.clone()]),
        }
        index += 1;
    }
    out
}

/// The name in full, if it is the prelude's here.
fn whole(ident: &Ident, before: &[TokenTree], after: &[TokenTree], is_enum: bool) -> TokenStream {
    let whole = match ident.to_string().as_str() {
        "Option" if has_parameters(after) => quote!(::core::option::Option),
        "Result" if has_parameters(after) => quote!(::core::result::Result),
        "Some" if has_payload(after, is_enum) => quote!(::core::option::Option::Some),
        "None" if is_arm(before, after) => quote!(::core::option::Option::None),
        "Ok" if has_payload(after, is_enum) => quote!(::core::result::Result::Ok),
        "Err" if has_payload(after, is_enum) => quote!(::core::result::Result::Err),
        "Into" if is_behind(before, "as") => quote!(::core::convert::Into),
        "From" if is_behind(before, "as") => quote!(::core::convert::From),
        // Upstream gives this mark to every type that would be called as its trait of exports is, but to flags.
        "Guest" if is_behind(before, "struct") => quote!(Guest_),
        _ => quote!(#ident),
    };
    if is_in_path(before) { quote!(#ident) } else { whole }
}

fn is_in_path(before: &[TokenTree]) -> bool {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    matches!(before, [.., a, b] if is_colon(a) && is_colon(b))
}

/// Upstream writes no parameters behind a WIT type.
fn has_parameters(after: &[TokenTree]) -> bool {
    matches!(after, [TokenTree::Punct(next), ..] if next.as_char() == '<')
}

/// Upstream writes a case of a WIT type with the type before it, but where it declares the type.
fn has_payload(after: &[TokenTree], is_enum: bool) -> bool {
    !is_enum && matches!(after, [TokenTree::Group(next), ..] if next.delimiter() == Delimiter::Parenthesis)
}

fn is_behind(before: &[TokenTree], word: &str) -> bool {
    before.last().is_some_and(|last| is(last, word))
}

/// Whether a pattern or an expression of a `match` is only this name.
fn is_arm(before: &[TokenTree], after: &[TokenTree]) -> bool {
    let is_arrow = |a: &TokenTree, b: &TokenTree| matches!((a, b), (TokenTree::Punct(a), TokenTree::Punct(b)) if a.as_char() == '=' && b.as_char() == '>');
    matches!(before, [.., a, b] if is_arrow(a, b)) || matches!(after, [a, b, ..] if is_arrow(a, b))
}

/// Whether the rest of an attribute is that of a doc comment.
fn is_doc(after: &[TokenTree]) -> bool {
    let Some(TokenTree::Group(group)) = after.first() else { return false };
    group.stream().into_iter().next().is_some_and(|word| is(&word, "doc"))
}

fn is(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

#[cfg(test)]
mod tests {
    use super::qualified;
    use quote::quote;

    #[test]
    fn what_rust_brings_along_is_written_in_full() {
        let code = quote! {
            /// Text.
            fn f(a: Option<u8>) -> Result<Option, Err> { match a { Some(e) => Ok(<_ as Into<V>>::into(e)), None => Err(x) } }
            enum Option { None, Some(Option<u8>), Ok(Result) }
            type Result = Result<(Some, None), ()>;
            fn g() { match x { 0 => None, _ => Option::None } }
        };
        let whole = quote! {
            fn f(a: ::core::option::Option<u8>) -> ::core::result::Result<Option, Err> {
                match a {
                    ::core::option::Option::Some(e) => ::core::result::Result::Ok(<_ as ::core::convert::Into<V>>::into(e)),
                    ::core::option::Option::None => ::core::result::Result::Err(x)
                }
            }
            enum Option { None, Some(::core::option::Option<u8>), Ok(Result) }
            type Result = ::core::result::Result<(Some, None), ()>;
            fn g() { match x { 0 => ::core::option::Option::None, _ => Option::None } }
        };
        assert_eq!(qualified(code).to_string(), whole.to_string());
    }
}
