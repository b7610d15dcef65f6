//! Doc comments and deprecation, from the WIT's own.

mod inert;

use linchpin_contract::{Stability, Tags, World};
use proc_macro2::TokenStream;
use quote::quote;

/// The docs of the generated module.
pub(super) fn module(world: &World) -> TokenStream {
    let own = if world.docs.is_empty() { String::new() } else { format!("{}\n\n", world.docs) };
    attribute(&format!("{own}Generated from the world `{}`.", super::contract::world_name(world)))
}

/// The docs of an item: its own text, then its tags; where there is neither, what it is.
pub(crate) fn item(docs: &str, tags: &Tags, what: &str) -> TokenStream {
    let facts = [
        tags.unit.as_ref().map(|unit| format!("Unit: `{unit}`.")),
        tags.range.as_ref().map(|range| format!("Range: `{range}`.")),
        tags.step.as_ref().map(|step| format!("Step: `{step}`.")),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [docs, facts.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    if parts.is_empty() { attribute(what) } else { attribute(&parts.join("\n\n")) }
}

/// `#[deprecated]` for an item that a newer version advises against.
pub(super) fn deprecation(stability: &Stability) -> TokenStream {
    let deprecated = match stability {
        Stability::Unknown => None,
        Stability::Since { deprecated, .. } | Stability::Unstable { deprecated, .. } => deprecated.as_ref(),
    };
    deprecated.map_or_else(TokenStream::new, |version| {
        let version = version.to_string();
        quote!(#[deprecated(since = #version)])
    })
}

/// A doc comment.
pub(crate) fn attribute(text: &str) -> TokenStream {
    let text = inert::inert(text);
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}
