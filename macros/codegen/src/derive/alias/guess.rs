//! What a newtype probably gets, where the contract cannot be read and somebody else tells why.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr};

use super::items::{Ends, Newtype};
use super::only_field;
use crate::derive::attributes::wit_name;
use crate::names;
use crate::report::Report;
use crate::source::current_texts;

/// The items; none for a struct of another form.
pub(super) fn items(input: &DeriveInput) -> Option<TokenStream> {
    let ty = &only_field(&input.data).filter(|_| input.generics.params.is_empty())?.ty;
    let named = wit_name(&input.attrs, &mut Report::default()).unwrap_or_default();
    let name = named.as_ref().map_or_else(|| names::kebab(&input.ident), LitStr::value);
    let texts = current_texts();
    let range = texts.iter().any(|text| has_range(text, &name)).then(|| Ends {
        min: quote!(<#ty>::MIN),
        max: quote!(<#ty>::MAX),
        text: String::new(),
    });
    let newtype = Newtype {
        ident: &input.ident,
        ty,
        visibility: &input.vis,
        name: name.clone(),
        unit: Some(String::new()),
        range,
    };
    Some(newtype.items())
}

/// Whether the alias, or one that it stands for, has a `@range` above it in text that need not be WIT.
fn has_range(text: &str, name: &str) -> bool {
    let mut name = name.rsplit_once('/').map_or(name, |(_, name)| name);
    // As many aliases as anyone chains; they may stand for each other.
    for _ in 0..16 {
        match declaration(text, name) {
            Some((true, _)) => return true,
            Some((false, target)) => name = target,
            None => return false,
        }
    }
    false
}

/// Whether a `@range` stands above `type name = target;`, and the target.
fn declaration<'t>(text: &'t str, name: &str) -> Option<(bool, &'t str)> {
    let mut has_range = false;
    for line in text.lines().map(str::trim) {
        if let Some(docs) = line.strip_prefix("///") {
            has_range |= docs.trim_start().starts_with("@range");
            continue;
        }
        let declared = line.strip_prefix("type ").and_then(|rest| rest.split_once('='));
        if let Some((_, target)) = declared.filter(|(own, _)| own.trim().trim_start_matches('%') == name) {
            let target = target.split([';', '/']).next().unwrap_or_default();
            return Some((has_range, target.trim().trim_start_matches('%')));
        }
        has_range &= line.starts_with('@');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::has_range;

    #[test]
    fn a_range_is_seen_in_text_that_is_no_wit() {
        let text = "interface i {\n  /// @range 0..=1\n  @since(version = 1.0.0)\n  type a = u33;\n  type b = a; // b\n\
                    /// @range 0..=1\n  record r {}\n  type %c = d;\n  type d = c;\n";
        assert!(has_range(text, "a") && has_range(text, "b") && has_range(text, "i/a"));
        assert!(!has_range(text, "c") && !has_range(text, "e"));
    }
}
