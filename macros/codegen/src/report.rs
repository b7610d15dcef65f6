//! Errors at the user's tokens, collected and shown all at once.

use linchpin_contract::Place;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The errors of one macro call.
#[derive(Debug, Default)]
pub struct Report {
    errors: Vec<syn::Error>,
    /// Whether the first error is told as a type.
    is_first_a_type: bool,
}

impl Report {
    /// Adds an error that underlines these tokens.
    pub fn error(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds an error that upstream already placed.
    pub fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// How many errors there are.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// One `compile_error!` for each error.
    pub fn tokens(&self) -> TokenStream {
        self.errors.iter().skip(usize::from(self.is_first_a_type)).map(syn::Error::to_compile_error).collect()
    }

    /// The first error as a type: whoever uses what has this type gets no error of it. It is told where the type is
    /// written, and no more with the others.
    pub(crate) fn first_as_type(&mut self) -> Option<TokenStream> {
        let first = self.errors.first()?.to_compile_error();
        self.is_first_a_type = true;
        // In braces it would be a statement, which has no value.
        let first: TokenStream = first.into_iter().map(in_parentheses).collect();
        Some(quote! {
            <::linchpin_guest::__private::Checked<{ #first }, ()> as ::linchpin_guest::__private::IfTrue>::Type
        })
    }

    /// The messages, for tests.
    pub fn messages(&self) -> Vec<String> {
        self.errors.iter().flat_map(|error| error.clone().into_iter().map(|one| one.to_string())).collect()
    }
}

fn in_parentheses(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = token else { return token };
    let mut inner = Group::new(Delimiter::Parenthesis, group.stream());
    inner.set_span(group.span());
    TokenTree::Group(inner)
}

/// A message with the line of the WIT that it speaks of.
///
/// ```text
/// record `inputs` has no field `tank-tmp`
///   --> wit/heater.wit:12:5
///    |
/// 12 |     tank-temp: f64,
///    |     ^^^^^^^^^
/// help: did you mean `tank_temp`?
/// ```
#[derive(Debug, Clone)]
pub struct Message {
    text: String,
}

impl Message {
    /// What is wrong.
    pub fn new(what: impl Into<String>) -> Self {
        Self { text: what.into() }
    }

    /// Shows the line of the WIT.
    #[must_use]
    pub fn at(mut self, place: Option<&Place>) -> Self {
        if let Some(place) = place {
            self.text.push('\n');
            self.text.push_str(&snippet(place));
        }
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl std::fmt::Display) -> Self {
        self.text.push_str(&format!("\nhelp: {help}"));
        self
    }

    /// Says what was probably meant, if anything is close; else what there is.
    #[must_use]
    pub fn did_you_mean(self, meant: Option<String>, known: &[String]) -> Self {
        match (meant, known) {
            (Some(meant), _) => self.help(format!("did you mean `{meant}`?")),
            (None, []) => self,
            (None, known) => self.help(format!("there is `{}`", known.join("`, `"))),
        }
    }
}

impl From<&linchpin_contract::Error> for Message {
    fn from(error: &linchpin_contract::Error) -> Self {
        Self::new(error.reason()).at(error.place())
    }
}

impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

fn snippet(place: &Place) -> String {
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    if place.line_text.is_empty() {
        return format!("{gutter}--> {}:{}:{}", place.file, place.line, place.column);
    }
    // Tabs are kept, so that the marks stand under what they mark.
    let lead: String = place
        .line_text
        .chars()
        .take(place.column.saturating_sub(1) as usize)
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    let marks = "^".repeat(place.length.max(1) as usize);
    format!(
        "{gutter}--> {}:{}:{}\n{gutter} |\n{number} | {}\n{gutter} | {lead}{marks}",
        place.file, place.line, place.column, place.line_text
    )
}
