//! `#[export(world = "..")]`: plain functions against the functions that a world exports.

mod arguments;
mod bridges;
mod glue;
pub(crate) mod matching;
mod methods;
mod qualified;
mod testing;
mod upstream;
mod wire;

use std::path::Path;

use linchpin_contract::{Contract, Error, World, impurities};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{ItemImpl, LitStr};

use crate::derive::attributes::is_wit;
use crate::names;
use crate::report::{Message, Report};
use crate::source::Source;
use crate::unsupported::unsupported;

pub use arguments::Arguments;
pub use upstream::Bindings;

/// Expands `#[export(..)]` in the crate that is being compiled.
pub fn export(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let block: ItemImpl = match syn::parse2(item.clone()) {
        Ok(block) => block,
        Err(_) => {
            let message =
                Message::new("`export` stands on an `impl` block").help("write `impl Name { pub fn .. }`");
            report.push(syn::Error::new(Span::call_site(), message));
            let errors = report.tokens();
            return quote!(#errors #item);
        }
    };
    let arguments = Arguments::parse(arguments, &mut report);
    let expanded = Source::current(&mut report).map(|source| {
        let expanded = expand(&source.contract, &arguments, &block, &mut report);
        let glue = match &expanded {
            Some(plan) if report.is_empty() => {
                let here = std::env::current_dir().unwrap_or_default();
                let testing = plan.testing(&here.join(&source.wit));
                let glue = with_bindings(plan, &source.wit, &mut report);
                quote!(#testing #glue)
            }
            Some(_) | None => TokenStream::new(),
        };
        let (tracking, checks) = (source.tracking(), expanded.map(|plan| plan.checks));
        quote!(#checks #glue #tracking)
    });
    let (errors, block) = (report.tokens(), plain(block));
    quote!(#block #errors #expanded)
}

/// What one `impl` block exports.
pub struct Plan<'a> {
    /// Comparisons of types, for every build.
    pub checks: TokenStream,
    world: &'a World,
    exports: Vec<matching::Export<'a>>,
    block: &'a ItemImpl,
}

impl Plan<'_> {
    /// The glue around upstream's bindings, for WebAssembly builds only.
    pub fn glue(&self, bindings: &Bindings) -> TokenStream {
        glue::glue(self.world, &self.exports, &self.block.self_ty, bindings)
    }

    /// What lets tests call the functions by bytes, for all other builds; the contract lies at `wit`.
    pub fn testing(&self, wit: &Path) -> TokenStream {
        testing::exports(self.world, &self.exports, &self.block.self_ty, wit)
    }

    /// The name of the world.
    pub fn world(&self) -> &str {
        &self.world.name
    }
}

/// Compares an `impl` block with a world. Errors go to the report.
pub fn expand<'a>(
    contract: &'a Contract,
    arguments: &Arguments,
    block: &'a ItemImpl,
    report: &mut Report,
) -> Option<Plan<'a>> {
    let is_plain = is_plain_block(block, report);
    if arguments.is_reported {
        return None;
    }
    let world = select(contract, arguments, report)?;
    if !is_pure(world, &arguments.token(), report) || !is_plain {
        return None;
    }
    let exports = matching::matching(world, block, report);
    let mut checks = TokenStream::new();
    for export in &exports {
        checks.extend(methods::checks(export, &block.self_ty, report));
    }
    Some(Plan { checks, world, exports, block })
}

fn with_bindings(plan: &Plan<'_>, wit: &Path, report: &mut Report) -> TokenStream {
    match Bindings::generate(wit, plan.world()) {
        Ok(bindings) => plan.glue(&bindings),
        Err(reason) => {
            let what = format!("world `{}` cannot be turned into bindings: {reason}", plan.world());
            report.error(&plan.block.self_ty, Message::new(what));
            TokenStream::new()
        }
    }
}

fn select<'a>(contract: &'a Contract, arguments: &Arguments, report: &mut Report) -> Option<&'a World> {
    let wanted = arguments.world.as_ref().map(LitStr::value);
    match contract.select_world(wanted.as_deref()) {
        Ok(world) => Some(world),
        Err(Error::NoSuchWorld { wanted, package, known }) => {
            let meant = names::closest(&wanted, known.iter().map(String::as_str)).map(ToOwned::to_owned);
            let what = format!("WIT package `{package}` has no world `{wanted}`");
            report.error(arguments.token(), Message::new(what).did_you_mean(meant, &known));
            None
        }
        Err(Error::WorldNotNamed { package, known }) => {
            let what =
                format!("WIT package `{package}` has {} worlds, so `export` must name one", known.len());
            let help =
                known.iter().map(|world| format!("`#[export(world = \"{world}\")]`")).collect::<Vec<_>>();
            let message = Message::new(what);
            let help = format!("write {}", help.join(" or "));
            report.error(arguments.token(), if known.is_empty() { message } else { message.help(help) });
            None
        }
        Err(error) => {
            report.error(arguments.token(), Message::from(&error));
            None
        }
    }
}

fn is_pure(world: &World, token: &Ident, report: &mut Report) -> bool {
    let impurities = impurities(world);
    for impurity in &impurities {
        let what =
            format!("world `{}` is not pure: {}: `{}`", world.name, impurity.kind.reason(), impurity.path);
        let message = Message::new(what).at(impurity.place.as_ref()).help(impurity.kind.help());
        report.error(token, message);
    }
    let unsupported = unsupported(world);
    unsupported.iter().for_each(|message| report.error(token, message));
    impurities.is_empty() && unsupported.is_empty()
}

fn is_plain_block(block: &ItemImpl, report: &mut Report) -> bool {
    if let Some((_, of, _)) = &block.trait_ {
        let message = Message::new("`export` stands on a plain `impl` block, not on that of a trait");
        report.error(of, message.help("move the functions to `impl Name { .. }`"));
        return false;
    }
    if !block.generics.params.is_empty() {
        let message =
            Message::new("an exported `impl` block has no generic parameters: a component has one form");
        report.error(&block.generics, message.help("remove the parameters"));
        return false;
    }
    true
}

/// The block as the user wrote it, without the attributes that only mean something here.
fn plain(mut block: ItemImpl) -> ItemImpl {
    for item in &mut block.items {
        if let syn::ImplItem::Fn(function) = item {
            function.attrs.retain(|attribute| !is_wit(attribute));
            for input in &mut function.sig.inputs {
                if let syn::FnArg::Typed(param) = input {
                    param.attrs.retain(|attribute| !is_wit(attribute));
                }
            }
        }
    }
    block
}
