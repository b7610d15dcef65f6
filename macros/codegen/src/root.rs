//! The crate that generated code names: the guest's own, or for device software the one that it links anyway.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// Whose dependency the expansion may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// `::linchpin_guest`, for guests and for crates of types that guests and hosts share.
    Guest,
    /// `::linchpin_host::wit`, which has the same items.
    Host,
}

impl Root {
    /// The same tokens, whose paths from `::linchpin_guest` begin at this root. What a user wrote keeps its
    /// paths: nobody but generated code writes this one from `::`.
    pub(crate) fn place(self, tokens: TokenStream) -> TokenStream {
        match self {
            Self::Guest => tokens,
            Self::Host => moved(tokens),
        }
    }
}

fn moved(tokens: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    // How many colons stand right before: one more than a path's where a type follows a name.
    let mut leading = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if leading >= 2 && ident == "linchpin_guest" => {
                let name = |name: &str| Ident::new(name, ident.span());
                let (host, wit) = (name("linchpin_host"), name("wit"));
                out.extend(quote::quote_spanned!(ident.span()=> #host::#wit));
                leading = 0;
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), moved(group.stream()));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
                leading = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                leading += 1;
                out.extend([TokenTree::Punct(punct)]);
            }
            other => {
                leading = 0;
                out.extend([other]);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Root;
    use quote::quote;

    #[test]
    fn generated_paths_begin_at_the_host() {
        let tokens = quote!(impl ::linchpin_guest::WitType for X { const A: ::linchpin_guest::C = f(::linchpin_guest::B); });
        let placed = quote! {
            impl ::linchpin_host::wit::WitType for X { const A: ::linchpin_host::wit::C = f(::linchpin_host::wit::B); }
        };
        assert_eq!(Root::Host.place(tokens.clone()).to_string(), placed.to_string());
        assert_eq!(Root::Guest.place(tokens.clone()).to_string(), tokens.to_string());
    }

    #[test]
    fn names_that_only_look_like_it_stay() {
        let tokens = quote!(linchpin_guest, a: linchpin_guest, "::linchpin_guest", ::other::linchpin_guests);
        assert_eq!(Root::Host.place(tokens.clone()).to_string(), tokens.to_string());
    }
}
