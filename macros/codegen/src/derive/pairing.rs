//! Fields and cases of a user's type, each paired with its WIT namesake.

use linchpin_contract::Place;
use proc_macro2::{Ident, Span};
use syn::{Attribute, LitStr};

use super::Cx;
use super::attributes::wit_name;
use crate::names;
use crate::report::{Message, Report};

/// A field or case in Rust.
pub(super) struct RustItem<'a> {
    ident: &'a Ident,
    renamed: Option<LitStr>,
    /// Whether its `#[wit(..)]` is wrong, so that its name is unknown.
    is_reported: bool,
}

impl<'a> RustItem<'a> {
    pub(super) fn new(ident: &'a Ident, attributes: &[Attribute], report: &mut Report) -> Self {
        let name = wit_name(attributes, report);
        let is_reported = name.is_err();
        Self { ident, renamed: name.unwrap_or_default(), is_reported }
    }

    fn is(&self, name: &str) -> bool {
        self.renamed.as_ref().map_or_else(|| names::same(self.ident, name), |renamed| renamed.value() == name)
    }

    fn name(&self) -> String {
        self.renamed.as_ref().map_or_else(|| names::kebab(self.ident), LitStr::value)
    }

    fn span(&self) -> Span {
        self.renamed.as_ref().map_or_else(|| self.ident.span(), LitStr::span)
    }
}

/// A field or case in WIT.
pub(super) struct WitItem<'a> {
    pub(super) name: &'a str,
    pub(super) place: Option<&'a Place>,
    /// Its name in Rust.
    pub(super) rust: Ident,
    /// How it is declared in Rust, as in `tank_temp: f64`.
    pub(super) declaration: String,
}

/// For each WIT item the position of its Rust namesake. Whatever has none is reported, a slip of the pen once.
pub(super) fn pair(
    cx: &Cx<'_>,
    noun: &str,
    rust: &[RustItem<'_>],
    wit: &[WitItem<'_>],
    report: &mut Report,
) -> Vec<Option<usize>> {
    let paired: Vec<_> = wit.iter().map(|wit| rust.iter().position(|rust| rust.is(wit.name))).collect();
    let mut missing: Vec<_> =
        wit.iter().zip(&paired).filter(|(_, at)| at.is_none()).map(|(wit, _)| wit).collect();
    let has_wit = |index: &usize| paired.contains(&Some(*index));
    let extra: Vec<_> =
        (0..rust.len()).filter(|index| !has_wit(index)).filter_map(|index| rust.get(index)).collect();
    let is_rename = extra.len() == 1 && missing.len() == 1;
    // Any of the missing ones may be what an item of an unknown name was to be.
    let is_unknown = extra.iter().any(|item| item.is_reported);
    for item in extra {
        let name = item.name();
        let meant = names::closest(&name, missing.iter().map(|wit| wit.name));
        let meant = missing.iter().position(|wit| Some(wit.name) == meant || is_rename);
        let meant = meant.map(|index| missing.remove(index));
        if item.is_reported {
            continue;
        }
        report.error(Ident::new("token", item.span()), stray(cx, noun, item, meant, wit));
    }
    for wit in missing.iter().filter(|_| !is_unknown) {
        let what =
            format!("{noun} `{}` of WIT {} `{}` is missing", wit.rust, cx.def.kind.as_str(), cx.def.name);
        report.error(cx.ident, Message::new(what).at(wit.place).help(format!("add `{}`", wit.declaration)));
    }
    paired
}

fn stray(
    cx: &Cx<'_>,
    noun: &str,
    item: &RustItem<'_>,
    meant: Option<&WitItem<'_>>,
    wit: &[WitItem<'_>],
) -> Message {
    let name = item.name();
    let owner = format!("WIT {} `{}`", cx.def.kind.as_str(), cx.def.name);
    if wit.iter().any(|wit| item.is(wit.name)) {
        return Message::new(format!("{noun} `{name}` of {owner} stands here twice"))
            .help("remove one of the two");
    }
    let message = Message::new(format!("{owner} has no {noun} `{name}`"));
    match (meant, &item.renamed) {
        (Some(wit), Some(_)) => message.at(wit.place).help(format!("did you mean `{}`?", wit.name)),
        (Some(wit), None) => message.at(wit.place).help(format!("did you mean `{}`?", wit.rust)),
        (None, _) => {
            message.at(cx.def.place.as_ref()).help(format!("remove the {noun}, or add it to the WIT"))
        }
    }
}
