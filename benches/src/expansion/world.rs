//! The world, and a guest of it as `linchpin new-types` prints one.

use std::fmt::Write as _;
use std::path::Path;

use linchpin_codegen::derive::Kind;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::Failure;

const INTERFACES: usize = 10;

/// How many functions the world exports.
pub(crate) const FUNCTIONS: usize = INTERFACES * 10;
/// How many types they use.
pub(crate) const TYPES: usize = INTERFACES * 20;

/// The contract: of every four types a record, an enum, a variant and flags, in interfaces of twenty.
pub(crate) fn wit() -> String {
    let mut text = String::from("package bench:big@1.0.0;\n\n");
    for interface in 0..INTERFACES {
        let _ = writeln!(text, "/// Interface {interface}.\ninterface i{interface} {{");
        for number in 0..5 {
            let name = format!("{interface}-n{number}");
            let _ = write!(
                text,
                "    /// How it runs.\n    enum mode{name} {{ off, low, high, most }}\n    \
                 /// What answers.\n    flags parts{name} {{ top, bottom, inlet, outlet }}\n    \
                 /// What is known.\n    record inputs{name} {{\n        /// Now.\n        now: u32,\n        \
                 temp: f64,\n        prices: list<f64>,\n        label: option<string>,\n        mode: mode{name},\n        \
                 parts: parts{name},\n    }}\n    \
                 /// What is done.\n    variant action{name} {{ nothing, hold(f64), follow(list<f64>), as-told(inputs{name}) }}\n"
            );
        }
        for number in 0..10 {
            let name = format!("{interface}-n{}", number % 5);
            let _ = writeln!(
                text,
                "    /// Decides.\n    decide{number}: func(inputs: inputs{name}, before: list<action{name}>, limit: f64) \
                 -> result<action{name}, string>;"
            );
        }
        text.push_str("}\n\n");
    }
    text.push_str("world big {\n");
    (0..INTERFACES).for_each(|interface| {
        let _ = writeln!(text, "    export i{interface};");
    });
    text.push_str("}\n");
    text
}

/// A guest's own tokens, as the compiler hands them to the macros.
pub(crate) struct Guest {
    pub(crate) types: Vec<(Kind, TokenStream)>,
    pub(crate) block: TokenStream,
}

/// The guest of the contract in `file`.
pub(crate) fn guest(file: &Path) -> Result<Guest, Failure> {
    let contract = linchpin_contract::load_wit(file)?;
    let source = linchpin_codegen::starter::starter(&contract, contract.select_world(None)?)
        .map_err(|messages| messages.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut guest = Guest { types: Vec::new(), block: TokenStream::new() };
    for item in syn::parse_file(&source)?.items {
        match item {
            Item::Struct(item) => guest.take(&item.attrs, &item),
            Item::Enum(item) => guest.take(&item.attrs, &item),
            Item::Impl(mut block) => {
                block.attrs.clear();
                guest.block = block.into_token_stream();
            }
            _ => {}
        }
    }
    let found = guest.types.len();
    if found == TYPES { Ok(guest) } else { Err(format!("{found} types in place of {TYPES}").into()) }
}

impl Guest {
    /// Keeps a type with a derive of ours, which the struct of the exports has not.
    fn take(&mut self, attributes: &[Attribute], item: &impl ToTokens) {
        let kinds = [
            ("Record", Kind::Record),
            ("Enum", Kind::Enum),
            ("Variant", Kind::Variant),
            ("Flags", Kind::Flags),
        ];
        let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
        let derives: String = derives.map(|attribute| attribute.meta.to_token_stream().to_string()).collect();
        if let Some((_, kind)) = kinds.iter().find(|(name, _)| derives.contains(name)) {
            self.types.push((*kind, item.to_token_stream()));
        }
    }
}
