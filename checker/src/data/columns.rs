//! The columns that a function's parameters ask for, and which columns of a file they are.

use linchpin_contract::{Function, Place, Type, TypeKind};

use crate::config::did_you_mean;
use crate::edges::resolve::Value;
use crate::system::Data;

/// A value that one column holds.
pub(super) struct Wanted<'f> {
    /// As `inputs.now`.
    pub(super) name: String,
    /// As `now`, where the function has one parameter.
    short: Option<String>,
    pub(super) value: Value<'f>,
}

impl Wanted<'_> {
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.short.as_deref() == Some(name)
    }

    /// As people would write it.
    pub(super) fn short(&self) -> &str {
        self.short.as_ref().unwrap_or(&self.name)
    }

    /// Whether a file may do without it.
    pub(super) fn is_optional(&self) -> bool {
        matches!(self.value.ty.resolved(), Type::Option(_))
    }
}

/// Every value that a column is to hold: fields of records one by one, everything else as a whole.
pub(super) fn wanted(function: &Function) -> Vec<Wanted<'_>> {
    let mut wanted = Vec::new();
    let single = function.params.len() == 1;
    for param in &function.params {
        let value = Value { ty: &param.ty, tags: Vec::new(), name: &param.name, place: param.place.as_ref() };
        gather(&mut wanted, value, &param.name, single.then_some(""));
    }
    wanted
}

fn gather<'f>(wanted: &mut Vec<Wanted<'f>>, value: Value<'f>, name: &str, short: Option<&str>) {
    let value = value.resolved();
    if let Type::Named(def) = value.ty
        && let TypeKind::Record(fields) = &def.kind
    {
        for field in fields {
            let own = value.member(&field.name, &field.ty, &field.tags, field.place.as_ref());
            let short = short.map(|short| {
                if short.is_empty() { field.name.clone() } else { format!("{short}.{}", field.name) }
            });
            gather(wanted, own, &format!("{name}.{}", field.name), short.as_deref());
        }
        return;
    }
    let short = short.filter(|short| !short.is_empty()).map(str::to_owned);
    wanted.push(Wanted { name: name.to_owned(), short, value });
}

/// Which column a value has.
pub(super) enum Column<'d> {
    /// At this position of the header.
    At(usize),
    /// Nowhere, which is allowed.
    None,
    /// Nowhere: the header that was looked for, where `linchpin.toml` names it, and what was probably meant.
    Missing { header: String, place: Option<&'d Place>, help: String },
}

/// Finds the column of a value.
pub(super) fn column<'d>(data: &'d Data, wanted: &Wanted<'_>, header: &[String]) -> Column<'d> {
    let position = |name: &str| header.iter().position(|found| found == name);
    let named = data.columns.iter().find(|(name, _)| wanted.is_called(name));
    if let Some((_, (name, place))) = named {
        return match position(name) {
            Some(index) => Column::At(index),
            None => {
                Column::Missing { header: name.clone(), place: Some(place), help: did_you_mean(name, header) }
            }
        };
    }
    let short = wanted.short.as_deref().and_then(position);
    match position(&wanted.name).or(short) {
        Some(index) => Column::At(index),
        None if wanted.is_optional() => Column::None,
        None => {
            let name = wanted.short();
            let help = format!(
                "{} Where the header has another name for it, write `columns = {{ \"{name}\" = \"..\" }}` in `[data.{}]`",
                sentence(&did_you_mean(name, header)),
                data.name
            );
            Column::Missing { header: name.to_owned(), place: None, help }
        }
    }
}

fn sentence(text: &str) -> String {
    if text.ends_with('?') { text.to_owned() } else { format!("{text}.") }
}
