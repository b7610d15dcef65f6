//! `#[wit("..")]`.

use syn::{Attribute, LitStr};

use crate::report::{Message, Report};

/// Something is wrong and was reported, so that nothing that follows from it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

/// The name that a `#[wit("..")]` among the attributes gives.
pub(crate) fn wit_name(attributes: &[Attribute], report: &mut Report) -> Result<Option<LitStr>, Reported> {
    let mut name = Ok(None);
    for attribute in attributes.iter().filter(|attribute| is_wit(attribute)) {
        match attribute.parse_args::<LitStr>() {
            Ok(_) if !matches!(name, Ok(None)) => {
                report
                    .error(attribute, Message::new("this is the second `#[wit(..)]` here").help("keep one"));
                name = Err(Reported);
            }
            Ok(literal) => name = Ok(Some(literal)),
            Err(_) => {
                let what = "`wit` takes one name in quotes";
                report.error(attribute, Message::new(what).help("write `#[wit(\"name\")]`"));
                name = Err(Reported);
            }
        }
    }
    name
}

/// Whether this is a `#[wit(..)]`.
pub(crate) fn is_wit(attribute: &Attribute) -> bool {
    attribute.path().is_ident("wit")
}
