//! The arguments of `bindings!`: `"heater"`, `{ world: "heater", path: "wit" }`, or nothing for an only world; `types` and `with`
//! name types of the firmware's own.

use linchpin_contract::World;
use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path, Token, braced};

use crate::locate::{Location, Origin};
use crate::report::Report;
use crate::source::Source;
use crate::{names, unsupported};

/// What the user wrote between the brackets.
#[derive(Clone, Default)]
pub struct Arguments {
    /// The world; may be left out where the package has one.
    pub world: Option<LitStr>,
    /// The folder or file of the WIT, relative to the crate's folder, instead of what `Cargo.toml` says.
    pub path: Option<LitStr>,
    /// A module that has a type of the firmware's own for every WIT type.
    pub types: Option<Path>,
    /// Types of the firmware's own for single WIT types.
    pub with: Vec<(LitStr, Path)>,
}

impl Arguments {
    /// The token that an error about the whole is placed at.
    pub(super) fn span(&self) -> Span {
        self.world.as_ref().or(self.path.as_ref()).map_or_else(super::call_site, LitStr::span)
    }

    /// The contract.
    pub(super) fn source(&self, report: &mut Report) -> Option<Source> {
        let Some(path) = &self.path else { return Source::current(report) };
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let folder = std::path::Path::new(&folder);
        let wit = folder.join(path.value());
        let location = Location { manifest: folder.join("Cargo.toml"), wit, origin: Origin::Manifest };
        let loaded = if location.wit.exists() {
            Source::load(&location).map_err(|error| error.to_string())
        } else {
            let wit = location.wit.display();
            Err(format!(
                "no WIT at `{wit}`\nhelp: `path` is relative to the folder of the crate's `Cargo.toml`"
            ))
        };
        loaded.map_err(|message| report.push(syn::Error::new(path.span(), message))).ok()
    }

    /// The world, if the host can call everything that it exports.
    pub(super) fn world<'s>(&self, source: &'s Source, report: &mut Report) -> Option<&'s World> {
        let wanted = self.world.as_ref().map(LitStr::value);
        let world = match source.contract.select_world(wanted.as_deref()) {
            Ok(world) => world,
            Err(error) => {
                report.push(syn::Error::new(self.span(), with_meant(&error)));
                return None;
            }
        };
        let messages = unsupported::refusals(world);
        for message in &messages {
            report.push(syn::Error::new(self.span(), message));
        }
        messages.is_empty().then_some(world)
    }
}

/// The error with what was probably meant.
fn with_meant(error: &linchpin_contract::Error) -> String {
    let linchpin_contract::Error::NoSuchWorld { wanted, known, .. } = error else { return error.to_string() };
    match names::closest(wanted, known.iter().map(String::as_str)) {
        Some(meant) => format!("{error}\nhelp: did you mean `{meant}`?"),
        None => error.to_string(),
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let world = input.parse()?;
            return end(input).map(|()| Self { world: Some(world), ..Self::default() });
        }
        if input.peek(syn::token::Brace) {
            let inner;
            braced!(inner in input);
            let arguments = Self::pairs(&inner)?;
            return end(input).map(|()| arguments);
        }
        Self::pairs(input)
    }
}

impl Arguments {
    fn pairs(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self::default();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            input.parse::<Token![:]>()?;
            match key.to_string().as_str() {
                "world" => once(&key, &mut arguments.world, input.parse()?)?,
                "path" => once(&key, &mut arguments.path, input.parse()?)?,
                "types" => once(&key, &mut arguments.types, input.call(Path::parse_mod_style)?)?,
                "with" => arguments.with.extend(named(input)?),
                _ => {
                    return Err(syn::Error::new(key.span(), "expected `world`, `path`, `types` or `with`"));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}

/// Takes the value of a key that may stand once.
fn once<T>(key: &Ident, slot: &mut Option<T>, value: T) -> syn::Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(syn::Error::new(key.span(), format!("`{key}` is written twice"))),
    }
}

/// `{ "interface/type": path, .. }`.
fn named(input: ParseStream<'_>) -> syn::Result<Vec<(LitStr, Path)>> {
    let inner;
    braced!(inner in input);
    let pair = |input: ParseStream<'_>| {
        let key = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok((key, input.call(Path::parse_mod_style)?))
    };
    Ok(inner.parse_terminated(pair, Token![,])?.into_iter().collect())
}

fn end(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    Err(input.error(
        "expected one world, as in `bindings!(\"heater\")`, or `{ world: \"heater\", path: \"wit\" }`",
    ))
}
