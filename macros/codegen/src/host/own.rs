//! Types that the firmware has itself: found, compared with the contract, and named where a generated type would be.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{Contract, Owner, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{LitStr, Path};

use super::plan::{Plan, type_ident};
use crate::alias;
use crate::check::{call, ends};
use crate::lookup::{Found, closest_type, find_named};
use crate::report::{Message, Report};
use crate::root::Root;

/// What stands for which WIT type.
#[derive(Default)]
pub struct OwnTypes {
    /// The module that has a type for every WIT type not named.
    all: Option<Path>,
    named: BTreeMap<(Owner, String), Own>,
}

struct Own {
    key: LitStr,
    path: Path,
    def: Arc<TypeDef>,
}

impl OwnTypes {
    /// Finds the WIT types of `with`. What is wrong goes to the report.
    pub(super) fn new(
        contract: &Contract,
        types: Option<&Path>,
        with: &[(LitStr, Path)],
        report: &mut Report,
    ) -> Self {
        let mut own = Self { all: types.cloned(), named: BTreeMap::new() };
        for path in types.into_iter().chain(with.iter().map(|(_, path)| path)) {
            if let Some(message) = unreachable_from_the_module(path) {
                report.error(path, message);
            }
        }
        for (key, path) in with {
            let Some(def) = find(contract, key, report) else { continue };
            let one = Own { key: key.clone(), path: path.clone(), def: Arc::clone(&def) };
            if own.named.insert((def.owner.clone(), def.name.clone()), one).is_some() {
                let message = Message::new(format!("`{}` stands here twice", key.value()));
                report.error(key, message.help("keep one"));
            }
        }
        own.report_parts(contract, report);
        own
    }

    /// Whether the firmware has any type itself.
    pub(super) fn is_any(&self) -> bool {
        self.all.is_some() || !self.named.is_empty()
    }

    /// The path of what stands for a WIT type; none if it is generated.
    pub(super) fn path(&self, def: &TypeDef) -> Option<TokenStream> {
        let named = self.named.get(&(def.owner.clone(), def.name.clone()));
        named.map(|own| &own.path).map(|path| quote!(#path)).or_else(|| {
            // Whether a module has a newtype for an alias is not to be seen from here.
            let module = self.all.as_ref().filter(|_| is_declared(def))?;
            let mut ident = type_ident(def);
            if let Some(last) = module.segments.last() {
                ident.set_span(last.ident.span());
            }
            Some(quote!(#module::#ident))
        })
    }

    /// The module `__own`, in which each of the firmware's types has a unique name: the error type unless it agrees with
    /// the contract, so that code made for the type of the contract adds no errors of its own.
    ///
    /// Each path is written here and nowhere else: one that leads nowhere is one error.
    pub(super) fn checked(&self, plan: &Plan<'_>) -> Result<TokenStream, linchpin_contract::Error> {
        let (mut given, mut checked) = (TokenStream::new(), TokenStream::new());
        for def in plan.defs() {
            let Some(path) = self.path(def) else { continue };
            let ident = unique_ident(plan, def);
            given.extend(quote!(pub type #ident = #path;));
            checked.extend(one(def, &path, &ident)?);
        }
        if given.is_empty() {
            return Ok(TokenStream::new());
        }
        Ok(Root::Host.place(quote! {
            #[doc(hidden)]
            #[allow(nonstandard_style, reason = "names are those of the contract")]
            pub mod __own {
                mod given { #given }
                #checked
                const fn stands<T: ::core::clone::Clone + ::core::marker::Send + 'static>() {}
            }
        }))
    }

    /// A type of the firmware cannot hold a generated one: it was there before.
    fn report_parts(&self, contract: &Contract, report: &mut Report) {
        if self.all.is_some() {
            return;
        }
        for own in self.named.values() {
            let mut parts = Vec::new();
            parts_of(&own.def, &mut parts);
            parts.retain(|part| !self.named.contains_key(&(part.owner.clone(), part.name.clone())));
            if let Some(part) = parts.first() {
                let (key, part) = (own.key.value(), crate::lookup::shortest_name(contract, part));
                let what =
                    format!("`{key}` is a type of your own, and `{part}` inside it would be generated");
                let help = format!("add `\"{part}\": ..` to `with`");
                report.error(&own.key, Message::new(what).help(help));
            }
        }
    }
}

/// One type: the comparison, its name where that holds, and what calls need of it.
fn one(
    def: &Arc<TypeDef>,
    path: &TokenStream,
    ident: &Ident,
) -> Result<TokenStream, linchpin_contract::Error> {
    let ty: syn::Type = syn::parse_quote!(#path);
    let (kind, name) = (def.kind.as_str(), &def.name);
    let message = Message::new(format!("this type is to stand for WIT {kind} `{name}`"));
    let help = format!("put `#[wit(\"{}\")]` on the type, or name another", crate::lookup::type_key(def));
    let expected = Type::Named(Arc::clone(def));
    let message = message.at(def.place.as_ref());
    let (first, last) = ends(&ty);
    let placed = Ident::new(&ident.to_string(), last);
    let named = quote_spanned!(first=> given::#placed);
    let call = call(&ty, &named, Some(&expected), &message, &quote!(#help))?;
    Ok(quote! {
        pub const #ident: bool = {
            stands::<#named>();
            #call;
            true
        };
        pub type #ident =
            <::linchpin_host::wit::Checked<{ #ident }, given::#ident> as ::linchpin_host::wit::IfTrue>::Type;
    })
}

/// The name of the module, which no other interface has, and the type's in it. Modules are written in lower case, so
/// that none is called as the world is here.
pub(super) fn unique_ident(plan: &Plan<'_>, def: &TypeDef) -> Ident {
    let owner = plan.module(&def.owner).map_or_else(|| "World".to_owned(), |module| module.ident.to_string());
    format_ident!("{}_{}", owner.trim_start_matches("r#"), type_ident(def))
}

fn find(contract: &Contract, key: &LitStr, report: &mut Report) -> Option<Arc<TypeDef>> {
    let wanted = key.value();
    let message = match find_named(contract, &wanted) {
        Found::One(def) if is_declared(&def) || alias::primitive(&def).is_some() => return Some(def),
        Found::One(def) => {
            let what = format!("`{wanted}` is a WIT {}, which needs no type of its own", def.kind.as_str());
            Message::new(what).at(def.place.as_ref()).help("remove it: the type that it stands for is used")
        }
        Found::None(known) => Message::new(format!("the contract has no type `{wanted}`"))
            .did_you_mean(closest_type(&wanted, &known), &known),
        Found::Several(several) => Message::new(format!("`{wanted}` is declared in several places"))
            .help(format!("write `\"{}\"`", several.join("\"` or `\""))),
    };
    report.error(key, message);
    None
}

fn is_declared(def: &TypeDef) -> bool {
    match def.kind {
        TypeKind::Record(_) | TypeKind::Variant(_) | TypeKind::Enum(_) | TypeKind::Flags(_) => true,
        TypeKind::Alias(_) | TypeKind::Resource => false,
    }
}

/// What a path would not lead to from inside the generated module.
fn unreachable_from_the_module(path: &Path) -> Option<Message> {
    let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let is_relative = first == "self" || first == "super";
    is_relative.then(|| {
        Message::new("generated code lies in a module of its own, where this path leads elsewhere")
            .help("begin it with `crate`, or with the name of a crate")
    })
}

/// The declared types directly inside a declared type, seen through aliases.
fn parts_of(def: &TypeDef, parts: &mut Vec<Arc<TypeDef>>) {
    match &def.kind {
        TypeKind::Record(fields) => fields.iter().for_each(|field| parts_in(&field.ty, parts)),
        TypeKind::Variant(cases) => {
            cases.iter().filter_map(|case| case.payload.as_ref()).for_each(|ty| parts_in(ty, parts));
        }
        TypeKind::Alias(target) => parts_in(target, parts),
        TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
    }
}

fn parts_in(ty: &Type, parts: &mut Vec<Arc<TypeDef>>) {
    match ty {
        Type::Named(def) if is_declared(def) => parts.push(Arc::clone(def)),
        Type::Named(def) => parts_of(def, parts),
        Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => parts_in(item, parts),
        Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|ty| parts_in(ty, parts)),
        Type::Tuple(items) => items.iter().for_each(|item| parts_in(item, parts)),
        Type::Map(key, value) => [key, value].into_iter().for_each(|ty| parts_in(ty, parts)),
        Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
    }
}
