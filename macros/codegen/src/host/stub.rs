//! What stands for the module of a world where an error is told: one that holds the error and nothing else.
//!
//! The compiler says nothing of names that it does not find in a module with a macro that failed, since the macro might
//! have made them. A module that it does not find is another error, so that each name it may have leads there.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::LitStr;

use crate::names;
use crate::source::{current_texts, texts};

/// The module with the errors, for the arguments of a call. Where no name for it is known the errors stand alone.
pub(super) fn module(arguments: TokenStream, errors: &TokenStream) -> TokenStream {
    let arguments = arguments.into_iter().flat_map(flat).collect::<Vec<_>>();
    let texts = match value(&arguments, "path") {
        Some(path) => {
            let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
            texts(&Path::new(&folder).join(path))
        }
        None => current_texts(),
    };
    let worlds = texts.iter().flat_map(|text| worlds(text)).collect::<Vec<_>>();
    let first = arguments.first().and_then(text).filter(|text| is_name(text));
    let names = match value(&arguments, "world").or(first) {
        // A world of another name may be what was meant, and so its module what the firmware uses.
        Some(wanted) => {
            let meant = names::closest(&wanted, worlds.iter().copied()).map(ToOwned::to_owned);
            let other = meant.as_ref() != Some(&wanted);
            meant.into_iter().chain(other.then_some(wanted)).collect()
        }
        None => worlds.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>(),
    };
    let names: Vec<_> =
        names.iter().filter(|name| is_name(name)).map(|name| names::snake_ident(name)).collect();
    let Some((first, others)) = names.split_first() else { return errors.clone() };
    quote! {
        #[doc(hidden)]
        pub mod #first { #errors }
        #(#[doc(hidden)] #[allow(unused_imports)] pub use self::#first as #others;)*
    }
}

/// A token, or those in its braces.
fn flat(token: TokenTree) -> Vec<TokenTree> {
    match token {
        TokenTree::Group(group) => group.stream().into_iter().collect(),
        other @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => vec![other],
    }
}

/// The text behind a key.
fn value(arguments: &[TokenTree], key: &str) -> Option<String> {
    let at = arguments.iter().position(|token| matches!(token, TokenTree::Ident(ident) if ident == key))?;
    arguments.get(at + 2).and_then(text)
}

fn text(token: &TokenTree) -> Option<String> {
    syn::parse2::<LitStr>(token.clone().into()).ok().map(|text| text.value())
}

fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    text.split('-').all(is_word)
}

/// The worlds in text that need not be WIT.
fn worlds(text: &str) -> impl Iterator<Item = &str> {
    let declared = text.lines().filter_map(|line| line.trim_start().strip_prefix("world "));
    declared.map(|rest| rest.split('{').next().unwrap_or_default().trim().trim_start_matches('%'))
}

#[cfg(test)]
mod tests {
    use super::module;
    use quote::{ToTokens as _, quote};

    #[test]
    fn every_name_that_the_module_may_have_leads_to_the_error() {
        let stub = |arguments, first: &str, others: &[&str]| {
            let file: syn::File = syn::parse2(module(arguments, &quote!(compile_error!("it");))).unwrap();
            let items: Vec<_> = file.items.iter().map(|item| item.to_token_stream().to_string()).collect();
            assert!(items[0].contains(&format!("mod {first} {{ compile_error ! (\"it\") ; }}")), "{items:?}");
            assert_eq!(items.len(), 1 + others.len());
            for other in others {
                assert!(
                    items.iter().any(|item| item.ends_with(&format!("self :: {first} as {other} ;"))),
                    "{items:?}"
                );
            }
        };
        stub(quote!("tags"), "tags", &[]);
        stub(quote!({ world: "two-worlds", folder: "wit" }), "two_worlds", &[]);
        stub(quote!({ path: "tests/host/broken.wit" }), "broken", &[]);
        stub(quote!({ world: "brokn", path: "tests/host/broken.wit" }), "broken", &["brokn"]);
        stub(quote!({ path: "tests/host/two-worlds.wit" }), "first", &["second"]);
        let alone = module(quote!({ world: "no name" }), &quote!(compile_error!("it");));
        assert_eq!(alone.to_string(), quote!(compile_error!("it");).to_string());
    }
}
