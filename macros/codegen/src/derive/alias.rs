//! `#[derive(Alias)]`: a newtype for a WIT alias of a primitive.

mod guess;
mod items;

use linchpin_contract::{Primitive, Range};
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Data, DeriveInput, Fields, Type, Visibility};

use self::items::{Ends, Newtype};
use super::{Cx, Expansion};
use crate::number::{self, Kind};
use crate::report::{Message, Report};
use crate::{alias, shape};

pub(super) fn newtype(
    cx: &Cx<'_>,
    primitive: Primitive,
    input: &DeriveInput,
    report: &mut Report,
) -> Expansion {
    if !input.generics.params.is_empty() {
        return Expansion::default();
    }
    let name = shape::rust_name(primitive);
    let Some(field) = only_field(&input.data) else { return wrong_form(cx, name, input, report) };
    if !is_written(&field.ty, name) {
        let what = format!("`{}` stands for `{}`, and this is another type", cx.def.name, primitive.as_str());
        let help = format!("write `{name}`");
        report.error(&field.ty, Message::new(what).at(cx.def.place.as_ref()).help(help));
        return Expansion::default();
    }
    let range = alias::range(cx.def).zip(number::kind(primitive));
    if let Some((range, kind)) = &range {
        check_range(cx, range, *kind, &field.vis, report);
    }
    let newtype = Newtype {
        ident: cx.ident,
        ty: &field.ty,
        visibility: &input.vis,
        name: alias::short_name(cx.def),
        unit: alias::unit(cx.def).map(ToOwned::to_owned),
        range: range.map(|(range, kind)| {
            let (min, max) = number::bounds(kind, &range);
            Ends { min, max, text: range.to_string() }
        }),
    };
    // All of it stays whatever is wrong with the range, so that its uses are not further mistakes.
    Expansion { checks: newtype.items(), parts: TokenStream::new() }
}

/// What stands for the items of a newtype that has an error. They have the error's own type where the error is told here,
/// and are otherwise what the text of the WIT lets one guess.
pub(super) fn stub(input: &DeriveInput, report: &mut Report) -> TokenStream {
    match report.first_as_type() {
        Some(reported) => items::of_type(input, &reported),
        None => guess::items(input).unwrap_or_default(),
    }
}

fn only_field(data: &Data) -> Option<&syn::Field> {
    match data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    }
}

fn wrong_form(cx: &Cx<'_>, name: &str, input: &DeriveInput, report: &mut Report) -> Expansion {
    let what = format!("WIT type `{}` is one `{name}`, so it needs a struct around one", cx.def.name);
    let help = format!("write `struct {}({name});`", cx.ident);
    let message = Message::new(what).at(cx.def.place.as_ref()).help(help);
    match &input.data {
        Data::Struct(data) if !data.fields.is_empty() => report.error(&data.fields, message),
        Data::Struct(_) | Data::Enum(_) | Data::Union(_) => report.error(cx.ident, message),
    }
    Expansion::default()
}

/// Whether the type is written as the primitive's name. It has no other, so there is nothing to leave to the compiler.
fn is_written(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else { return false };
    path.qself.is_none() && path.path.segments.last().is_some_and(|last| last.ident == name)
}

fn check_range(cx: &Cx<'_>, range: &Range, kind: Kind, visibility: &Visibility, report: &mut Report) {
    let place = cx.def.place.as_ref();
    if number::is_empty(kind, range) {
        let what = format!("no value is in the range of `{}`, which is {range}", cx.def.name);
        let help = "correct `@range`, of the alias or of what it stands for";
        report.error(cx.ident, Message::new(what).at(place).help(help));
    } else if !matches!(visibility, Visibility::Inherited) {
        let what = format!("a value could be set past the range of `{}`, which is {range}", cx.def.name);
        let help = "leave the field private: `new` makes a value, `get` reads it";
        report.error(visibility.to_token_stream(), Message::new(what).at(place).help(help));
    }
}
