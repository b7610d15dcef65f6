//! The derives: a user's type against its WIT type.

mod alias;
pub(crate) mod attributes;
mod enumeration;
mod flags;
mod pairing;
mod record;
mod variant;

use std::sync::Arc;

use linchpin_contract::{Contract, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput};

use crate::lookup::{Found, closest_type, find_named, find_type};
use crate::names;
use crate::report::{Message, Report};
use crate::root::Root;
use crate::shape;
use crate::source::Source;

/// Which derive it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `#[derive(Record)]`
    Record,
    /// `#[derive(Enum)]`
    Enum,
    /// `#[derive(Variant)]`
    Variant,
    /// `#[derive(Flags)]`
    Flags,
    /// `#[derive(Alias)]`
    Alias,
}

/// Expands a derive of the crate that is being compiled, which has `root` among its dependencies.
pub fn derive(kind: Kind, root: Root, input: TokenStream) -> TokenStream {
    root.place(current(kind, input))
}

fn current(kind: Kind, input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut report = Report::default();
    match Source::current(&mut report) {
        Some(source) => {
            let expanded = expand(kind, &source.contract, &input, &mut report);
            let (errors, tracking) = (report.tokens(), source.tracking());
            quote!(#errors #expanded #tracking)
        }
        None => {
            let stub = stub(kind, &input, &mut report);
            let errors = report.tokens();
            quote!(#errors #stub)
        }
    }
}

/// Expands a derive against a contract. Errors go to the report; the tokens are usable all the same.
pub fn expand(kind: Kind, contract: &Contract, input: &DeriveInput, report: &mut Report) -> TokenStream {
    refuse_generics(input, report);
    let Some(def) = find(kind, contract, input, report) else { return stub(kind, input, report) };
    let Expansion { checks, parts } = expansion(&def, input, report);
    if report.is_empty() {
        match shape::shape(&Type::Named(def)) {
            Ok(shape) => {
                let implementation = wit_type(input, &shape);
                return quote!(#implementation #parts #checks);
            }
            Err(error) => report.error(&input.ident, Message::from(&error)),
        }
    }
    if checks.is_empty() {
        return stub(kind, input, report);
    }
    let implementation = wit_type(input, &reported());
    quote!(#implementation #checks)
}

/// What a derive emits.
#[derive(Debug, Default)]
struct Expansion {
    /// Comparisons that stand on their own, whatever else is wrong.
    checks: TokenStream,
    /// The implementations by which glue reaches the parts.
    parts: TokenStream,
}

fn expansion(def: &TypeDef, input: &DeriveInput, report: &mut Report) -> Expansion {
    let cx = Cx { def, ident: &input.ident };
    match (&def.kind, &input.data) {
        (TypeKind::Record(fields), Data::Struct(data)) => record::record(&cx, fields, data, report),
        (TypeKind::Flags(flags), Data::Struct(data)) => flags::flags(&cx, flags, data, report),
        (TypeKind::Enum(cases), Data::Enum(data)) => enumeration::enumeration(&cx, cases, data, report),
        (TypeKind::Variant(cases), Data::Enum(data)) => variant::variant(&cx, cases, data, report),
        (TypeKind::Record(_) | TypeKind::Flags(_), Data::Enum(_) | Data::Union(_)) => {
            cx.wrong_item("a struct with named fields", report)
        }
        (TypeKind::Enum(_) | TypeKind::Variant(_), Data::Struct(_) | Data::Union(_)) => {
            cx.wrong_item("a Rust enum", report)
        }
        (TypeKind::Alias(_), _) => match crate::alias::primitive(def) {
            Some(primitive) => alias::newtype(&cx, primitive, input, report),
            // `find` lets nothing else through.
            None => Expansion::default(),
        },
        (TypeKind::Resource, _) => Expansion::default(),
    }
}

/// What every kind of derive needs to know.
struct Cx<'a> {
    def: &'a TypeDef,
    ident: &'a Ident,
}

impl Cx<'_> {
    fn wrong_item(&self, needed: &str, report: &mut Report) -> Expansion {
        let what = format!("WIT {} `{}` needs {needed}", self.def.kind.as_str(), self.def.name);
        let help = format!("make `{}` {needed}", self.ident);
        report.error(self.ident, Message::new(what).at(self.def.place.as_ref()).help(help));
        Expansion::default()
    }
}

fn refuse_generics(input: &DeriveInput, report: &mut Report) {
    if !input.generics.params.is_empty() {
        let what =
            "a type that crosses a WIT interface has no generic parameters: a contract fixes every type";
        let help = "write one type for each WIT type, with the parameters filled in";
        report.error(&input.generics, Message::new(what).help(help));
    }
}

/// The WIT type that a Rust type stands for, if it is of the derive's kind.
fn find(kind: Kind, contract: &Contract, input: &DeriveInput, report: &mut Report) -> Option<Arc<TypeDef>> {
    let Ok(named) = attributes::wit_name(&input.attrs, report) else { return None };
    let wanted = named.as_ref().map_or_else(|| names::kebab(&input.ident), syn::LitStr::value);
    let span = named.as_ref().map_or_else(|| input.ident.span(), syn::LitStr::span);
    let token = Ident::new("token", span);
    let found = match kind {
        Kind::Alias => find_named(contract, &wanted),
        Kind::Record | Kind::Enum | Kind::Variant | Kind::Flags => find_type(contract, &wanted),
    };
    match found {
        Found::One(def) => is_of_kind(kind, &def, input, report).then_some(def),
        Found::None(known) => {
            let package = contract.main().map_or_else(String::new, |package| package.id.to_string());
            let what = format!("WIT package `{package}` has no type `{wanted}`");
            let meant = closest_type(&wanted, &known);
            report.error(token, Message::new(what).did_you_mean(meant, &known));
            None
        }
        Found::Several(several) => {
            let what = format!("`{wanted}` is declared in several places");
            let help = format!("write `#[wit(\"{}\")]`", several.join("\")]` or `#[wit(\""));
            report.error(token, Message::new(what).help(help));
            None
        }
    }
}

fn is_of_kind(kind: Kind, def: &TypeDef, input: &DeriveInput, report: &mut Report) -> bool {
    let needed = match &def.kind {
        TypeKind::Record(_) => Some((Kind::Record, "Record")),
        TypeKind::Variant(_) => Some((Kind::Variant, "Variant")),
        TypeKind::Enum(_) => Some((Kind::Enum, "Enum")),
        TypeKind::Flags(_) => Some((Kind::Flags, "Flags")),
        TypeKind::Alias(_) if crate::alias::primitive(def).is_some() => Some((Kind::Alias, "Alias")),
        TypeKind::Alias(_) | TypeKind::Resource => None,
    };
    let kind_name = def.kind.as_str();
    let (what, help) = match (needed, &def.kind) {
        (Some((needed, _)), _) if needed == kind => return true,
        (Some((_, derive)), TypeKind::Alias(target)) => (
            format!("`{}` is another name for `{target}`", def.name),
            format!("write `#[derive({derive})]`, or use `{}`", shape::rust_text(target)),
        ),
        (Some((_, derive)), _) => {
            (format!("`{}` is a WIT {kind_name}", def.name), format!("write `#[derive({derive})]`"))
        }
        (None, TypeKind::Alias(target)) => (
            format!("`{}` is another name for `{target}`, which needs no derive", def.name),
            format!("use `{}`", shape::rust_text(target)),
        ),
        (None, _) => (
            format!("`{}` is a WIT {kind_name}, which needs no derive", def.name),
            "use the type that it stands for".to_owned(),
        ),
    };
    report.error(&input.ident, Message::new(what).at(def.place.as_ref()).help(help));
    false
}

fn wit_type(input: &DeriveInput, shape: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics ::linchpin_guest::WitType for #ident #arguments #bounds {
            const SHAPE: ::linchpin_guest::Shape = #shape;
        }
    }
}

/// An implementation that agrees with everything, for a type whose error was reported, and what the derive would have
/// given the type, so that its uses are no further errors.
fn stub(kind: Kind, input: &DeriveInput, report: &mut Report) -> TokenStream {
    let implementation = wit_type(input, &reported());
    let items = match kind {
        Kind::Alias => alias::stub(input, report),
        Kind::Record | Kind::Enum | Kind::Variant | Kind::Flags => TokenStream::new(),
    };
    quote!(#implementation #items)
}

fn reported() -> TokenStream {
    quote!(::linchpin_guest::Shape::Reported)
}
