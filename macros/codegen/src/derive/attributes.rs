//! `#[wit("..")]`.

use syn::{Attribute, LitStr};

use crate::report::{Message, Report};

/// The name that a `#[wit("..")]` among the attributes gives.
pub(crate) fn wit_name(attributes: &[Attribute], report: &mut Report) -> Option<LitStr> {
    let mut name = None;
    for attribute in attributes.iter().filter(|attribute| is_wit(attribute)) {
        match attribute.parse_args::<LitStr>() {
            Ok(_) if name.is_some() => {
                report
                    .error(attribute, Message::new("this is the second `#[wit(..)]` here").help("keep one"));
            }
            Ok(literal) => name = Some(literal),
            Err(_) => {
                let what = "`wit` takes one name in quotes";
                report.error(attribute, Message::new(what).help("write `#[wit(\"name\")]`"));
            }
        }
    }
    name
}

/// Whether this is a `#[wit(..)]`.
pub(crate) fn is_wit(attribute: &Attribute) -> bool {
    attribute.path().is_ident("wit")
}
