//! Upstream's generator of guest bindings, used as a library. Only this file and `names` name it.

use std::collections::BTreeMap;
use std::path::Path;

use linchpin_contract::{InterfaceId, Owner, TypeDef};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::{Item, ItemMacro, ItemMod};
use wit_bindgen_core::wit_parser::{Resolve, WorldId, WorldItem, WorldKey};
use wit_bindgen_core::{Files, WorldGenerator as _, name_package_module};
use wit_bindgen_rust::Opts;

use super::qualified::qualified;
use crate::names::{upstream_snake, upstream_type};

/// The type that carries all exports, at the root of the bindings. No WIT name becomes an identifier like it.
pub(super) const COMPONENT: &str = "__Component";

/// Upstream's code for one world, and where it puts what.
#[derive(Debug, Default)]
pub struct Bindings {
    /// The code, with the type of all exports at its root.
    pub code: TokenStream,
    imports: BTreeMap<String, Vec<String>>,
    exports: BTreeMap<String, Vec<String>>,
}

/// Whether a declared type belongs to an export or came in by `use`. Upstream makes two of a type that is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side<'a> {
    /// Of this exported interface: the exported copy goes first.
    Export(&'a InterfaceId),
    /// Of the world itself: the imported copy goes first.
    Import,
}

impl Bindings {
    /// Generates the bindings of a world.
    ///
    /// # Errors
    /// The reason, where upstream refuses the WIT or its output is not as this version's should be.
    pub fn generate(wit: &Path, world: &str) -> Result<Self, String> {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(wit).map_err(|error| format!("{error:#}"))?;
        let world = resolve.select_world(&[package], Some(world)).map_err(|error| format!("{error:#}"))?;
        let mut bindings = Self::places(&resolve, world);
        let mut files = Files::default();
        options().build().generate(&mut resolve, world, &mut files).map_err(|error| format!("{error:#}"))?;
        let (_, source) = files.iter().next().ok_or("upstream generated nothing")?;
        let source = std::str::from_utf8(source).map_err(|error| error.to_string())?;
        let file = syn::parse_file(source).map_err(|error| format!("upstream's code: {error}"))?;
        let component = format_ident!("{COMPONENT}");
        let items = with_exports(file.items, 0)?;
        bindings.code = qualified(quote!(pub struct #component; #(#items)*));
        Ok(bindings)
    }

    /// Where things would be, without the code: for looking at the rest of the glue.
    ///
    /// # Errors
    /// As [`Bindings::generate`].
    pub fn without_code(wit: &Path, world: &str) -> Result<Self, String> {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(wit).map_err(|error| format!("{error:#}"))?;
        let world = resolve.select_world(&[package], Some(world)).map_err(|error| format!("{error:#}"))?;
        Ok(Self::places(&resolve, world))
    }

    fn places(resolve: &Resolve, world: WorldId) -> Self {
        let mut bindings = Self::default();
        let Some(world) = resolve.worlds.get(world) else { return bindings };
        for (key, item) in &world.imports {
            if matches!(item, WorldItem::Interface { .. }) {
                bindings.imports.insert(resolve.name_world_key(key), modules(resolve, key));
            }
        }
        for (key, item) in &world.exports {
            if matches!(item, WorldItem::Interface { .. }) {
                let path = std::iter::once("exports".to_owned()).chain(modules(resolve, key)).collect();
                bindings.exports.insert(resolve.name_world_key(key), path);
            }
        }
        bindings
    }

    /// The module of an interface.
    pub(super) fn interface_path(&self, id: &InterfaceId, side: Side<'_>) -> TokenStream {
        let name = id.to_string();
        let (first, second) = match side {
            Side::Export(_) => (&self.exports, &self.imports),
            Side::Import => (&self.imports, &self.exports),
        };
        let modules = first.get(&name).or_else(|| second.get(&name)).map(Vec::as_slice).unwrap_or_default();
        let modules = modules.iter().map(|module| Ident::new(module, Span::call_site()));
        quote!(__bindings #(::#modules)*)
    }

    /// The path of a declared type.
    pub(super) fn type_path(&self, def: &TypeDef, side: Side<'_>) -> TokenStream {
        let name = upstream_type(&def.name);
        match (&def.owner, side) {
            // An interface written inline in a world has no name of its own, and its types stay inside it.
            (Owner::Interface(InterfaceId { package: None, .. }), Side::Export(id))
            | (Owner::Interface(id), _) => {
                let path = self.interface_path(id, side);
                quote!(#path::#name)
            }
            (Owner::World(..), _) => quote!(__bindings::#name),
        }
    }
}

fn options() -> Opts {
    Opts {
        generate_all: true,
        runtime_path: Some("::linchpin_guest::__private::wit_bindgen::rt".to_owned()),
        disable_run_ctors_once_workaround: true,
        disable_custom_section_link_helpers: true,
        ..Opts::default()
    }
}

fn modules(resolve: &Resolve, key: &WorldKey) -> Vec<String> {
    match key {
        WorldKey::Name(name) => vec![upstream_snake(name).to_string()],
        WorldKey::Interface(id) => {
            let Some(interface) = resolve.interfaces.get(*id) else { return Vec::new() };
            let (Some(package), Some(name)) = (interface.package, &interface.name) else { return Vec::new() };
            let Some(owner) = resolve.packages.get(package) else { return Vec::new() };
            vec![
                upstream_snake(&owner.name.namespace).to_string(),
                name_package_module(resolve, package),
                upstream_snake(name).to_string(),
            ]
        }
    }
}

/// The items with every export macro written out for [`COMPONENT`].
///
/// Upstream leaves the exports in `macro_rules!` for the user to call. Written out, the `unsafe` in them belongs to
/// this macro and not to the user's crate, which may forbid it.
fn with_exports(items: Vec<Item>, depth: usize) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    for item in items {
        match item {
            Item::Mod(module) => out.push(Item::Mod(in_module(module, depth)?)),
            Item::Macro(definition) if is_export(&definition) => {
                if let Some(exports) = written_out(&definition, depth)? {
                    out.push(exports);
                }
            }
            Item::Use(import) if import.tree.to_token_stream().to_string().starts_with("__export_") => {}
            other => out.push(other),
        }
    }
    Ok(out)
}

fn in_module(mut module: ItemMod, depth: usize) -> Result<ItemMod, String> {
    if let Some((brace, items)) = module.content {
        module.content = Some((brace, with_exports(items, depth + 1)?));
    }
    Ok(module)
}

fn is_export(definition: &ItemMacro) -> bool {
    definition.ident.as_ref().is_some_and(|ident| ident.to_string().starts_with("__export_"))
}

/// The right side of `($ty:ident with_types_in $($path_to_types:tt)*) => (..)`; none for the macro of macros.
fn written_out(definition: &ItemMacro, depth: usize) -> Result<Option<Item>, String> {
    let name = definition.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    if !name.ends_with("_cabi") {
        return Ok(None);
    }
    let groups = definition.mac.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    });
    let body = groups.last().ok_or_else(|| format!("upstream's macro `{name}` has no body"))?;
    let component = format_ident!("{COMPONENT}");
    let up = std::iter::repeat_n(quote!(super::), depth);
    let ty = quote!(self::#(#up)*#component);
    syn::parse2(substituted(body.stream(), &ty))
        .map(Some)
        .map_err(|error| format!("upstream's macro `{name}`: {error}"))
}

/// The tokens with `$ty` replaced by a type and `$($path_to_types)*` by `self`.
fn substituted(tokens: TokenStream, ty: &TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Group(_)) => {
                    // The `*` of the repetition.
                    tokens.next();
                    out.extend(quote!(self));
                }
                Some(_) | None => out.extend(ty.clone()),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), substituted(group.stream(), ty));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            other @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => {
                out.extend([other])
            }
        }
    }
    out
}
