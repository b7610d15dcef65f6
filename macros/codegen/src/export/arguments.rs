//! What stands in the parentheses of `#[export(..)]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, MetaNameValue, Token};

use crate::names;
use crate::report::{Message, Report};

/// The arguments of `export`.
#[derive(Default, Clone)]
pub struct Arguments {
    /// The world to export.
    pub world: Option<LitStr>,
    /// Whether something was wrong and is reported, so that nothing more is said of the world.
    pub is_reported: bool,
}

impl Arguments {
    /// Reads `world = "name"`, or nothing.
    pub fn parse(tokens: TokenStream, report: &mut Report) -> Self {
        let mut arguments = Self::default();
        let reported = report.len();
        let pairs = match Punctuated::<MetaNameValue, Token![,]>::parse_terminated.parse2(tokens) {
            Ok(pairs) => pairs,
            Err(error) => {
                let message = Message::new("`export` takes `world = \"name\"`");
                report
                    .push(syn::Error::new(error.span(), message.help("write `#[export(world = \"name\")]`")));
                arguments.is_reported = true;
                return arguments;
            }
        };
        for pair in pairs {
            if arguments.world.is_some() && pair.path.is_ident("world") {
                report.error(&pair.path, Message::new("`world` is written twice").help("keep one"));
                continue;
            }
            match (&pair.value, pair.path.is_ident("world")) {
                (Expr::Lit(ExprLit { lit: Lit::Str(world), .. }), true) => {
                    arguments.world = Some(world.clone())
                }
                (_, true) => {
                    let message = Message::new("the name of a world is text in quotes");
                    report.error(&pair.value, message.help("write `world = \"name\"`"));
                }
                (_, false) => {
                    let name = pair.path.get_ident().map(ToString::to_string).unwrap_or_default();
                    let meant = names::closest(&name, ["world"]).map(ToOwned::to_owned);
                    let message = Message::new(format!("`export` has no argument `{name}`"));
                    report.error(&pair.path, message.did_you_mean(meant, &["world".to_owned()]));
                }
            }
        }
        arguments.is_reported = report.len() > reported;
        arguments
    }

    /// A token where errors about the world are shown.
    pub fn token(&self) -> Ident {
        Ident::new("token", self.world.as_ref().map_or_else(Span::call_site, LitStr::span))
    }
}
