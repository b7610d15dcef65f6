//! One of the user's functions against its WIT function: form, parameters, result.

use linchpin_contract::{Function, Param};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{FnArg, Pat, PatType, ReturnType, Signature, Type};

use super::matching::Export;
use crate::check::check;
use crate::derive::attributes::wit_name;
use crate::names::{self, snake_ident};
use crate::report::{Message, Report};

/// The comparisons of one function's types. What can be said without types is reported at once.
pub(super) fn checks(export: &Export<'_>, self_ty: &Type, report: &mut Report) -> TokenStream {
    let (function, signature) = (export.function, &export.own.sig);
    let has_right_form = form(function, signature, report);
    let params: Vec<_> = signature.inputs.iter().filter_map(typed).collect();
    if !has_right_form || !count(function, signature, &params, report) {
        return TokenStream::new();
    }
    let is_in_order = parameter_names(function, &params, report);
    let mut checks = TokenStream::new();
    for (param, own) in function.params.iter().zip(&params).filter(|_| is_in_order) {
        let what = format!("parameter `{}` of `{}` differs from the WIT", param.name, function.name);
        let place = param.place.as_ref().or(function.place.as_ref());
        let ty = without_self(&own.ty, self_ty);
        if !is_reference(function, &ty, report) {
            compare(&ty, Some(&param.ty), &Message::new(what).at(place), &mut checks, report);
        }
    }
    let what = format!("the result of `{}` differs from the WIT", function.name);
    let message = Message::new(what).at(function.place.as_ref());
    match (&signature.output, &function.result) {
        (ReturnType::Default, None) => {}
        (ReturnType::Default, Some(result)) => {
            let help = format!("write `-> {}`", crate::shape::rust_text(result));
            let what = format!("`{}` returns nothing, but `{result}` in WIT", signature.ident);
            report.error(&signature.ident, Message::new(what).at(function.place.as_ref()).help(help));
        }
        (ReturnType::Type(_, ty), result) => {
            let ty = without_self(ty, self_ty);
            if !is_reference(function, &ty, report) {
                compare(&ty, result.as_ref(), &message, &mut checks, report);
            }
        }
    }
    checks
}

fn compare(
    ty: &Type,
    expected: Option<&linchpin_contract::Type>,
    message: &Message,
    checks: &mut TokenStream,
    report: &mut Report,
) {
    match check(ty, expected, message) {
        Ok(check) => checks.extend(check),
        Err(error) => report.error(ty, Message::from(&error)),
    }
}

/// The type with `Self` written out, since comparisons stand outside the block.
pub(super) fn without_self(ty: &Type, self_ty: &Type) -> Type {
    fn replace(tokens: TokenStream, self_ty: &Type) -> TokenStream {
        tokens
            .into_iter()
            .flat_map(|token| match token {
                TokenTree::Ident(ident) if ident == "Self" => quote!(#self_ty),
                TokenTree::Group(group) => {
                    let mut inner =
                        proc_macro2::Group::new(group.delimiter(), replace(group.stream(), self_ty));
                    inner.set_span(group.span());
                    TokenTree::Group(inner).into_token_stream()
                }
                other @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => {
                    other.into_token_stream()
                }
            })
            .collect()
    }
    syn::parse2(replace(ty.to_token_stream(), self_ty)).unwrap_or_else(|_| ty.clone())
}

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(param) => Some(param),
        FnArg::Receiver(_) => None,
    }
}

/// Refuses whatever a plain function does not have.
fn form(function: &Function, signature: &Signature, report: &mut Report) -> bool {
    let place = function.place.as_ref();
    let mut refuse = |tokens: &dyn ToTokens, what: &str, help: &str| {
        report.error(tokens.to_token_stream(), Message::new(what).at(place).help(help));
        false
    };
    if let Some(receiver) = signature.receiver() {
        return refuse(receiver, "an exported function keeps no state between calls", "remove the receiver");
    }
    if let Some(token) = &signature.asyncness {
        return refuse(
            token,
            "an exported function returns when it is done, without waiting",
            "remove `async`",
        );
    }
    if let Some(token) = &signature.unsafety {
        return refuse(token, "an exported function can be called by anyone", "remove `unsafe`");
    }
    if !signature.generics.params.is_empty() {
        let what = "an exported function has no generic parameters: a contract fixes every type";
        return refuse(&signature.generics, what, "fill in the parameters");
    }
    true
}

fn count(function: &Function, signature: &Signature, params: &[&PatType], report: &mut Report) -> bool {
    if params.len() == function.params.len() {
        return true;
    }
    let number =
        |count: usize| if count == 1 { "1 parameter".to_owned() } else { format!("{count} parameters") };
    let (own, wit) = (number(params.len()), number(function.params.len()));
    let what = format!("`{}` has {own}, its WIT function has {wit}", signature.ident);
    let list = function
        .params
        .iter()
        .map(|param| format!("{}: {}", snake_ident(&param.name), crate::shape::rust_text(&param.ty)));
    let help = format!("write `({})`", list.collect::<Vec<_>>().join(", "));
    let message = Message::new(what).at(function.place.as_ref()).help(help);
    if signature.inputs.is_empty() {
        report.error(&signature.ident, message);
    } else {
        report.error(&signature.inputs, message);
    }
    false
}

/// Parameters go by position, so a name that differs may be a value that is mixed up. One error a function. Says whether
/// the parameters stand in the right order, so that their types can be compared.
fn parameter_names(function: &Function, params: &[&PatType], report: &mut Report) -> bool {
    for (param, own) in function.params.iter().zip(params) {
        let Ok(renamed) = wit_name(&own.attrs, report) else { continue };
        let ident = match (&renamed, own.pat.as_ref()) {
            (Some(renamed), _) if renamed.value() == param.name => continue,
            (Some(renamed), _) => Ident::new("token", renamed.span()),
            (None, Pat::Ident(pattern)) if names::same(&pattern.ident, &param.name) => continue,
            (None, Pat::Ident(pattern)) => pattern.ident.clone(),
            // A pattern takes the value apart and gives it no name.
            (None, _) => continue,
        };
        let name = renamed.map_or_else(|| names::kebab(&ident), |renamed| renamed.value());
        let rust = snake_ident(&param.name);
        let is_elsewhere = function.params.iter().any(|other| other.name == name);
        let message = if is_elsewhere {
            let order: Vec<_> = function.params.iter().map(|Param { name, .. }| name.as_str()).collect();
            let what =
                format!("the parameters of `{}` stand in another order than in the WIT", function.name);
            Message::new(what).at(param.place.as_ref()).help(format!("the order is `{}`", order.join("`, `")))
        } else {
            let what = format!("the WIT calls this parameter of `{}` `{}`", function.name, param.name);
            let help = format!("name it `{rust}`, or write `#[wit(\"{}\")]` before it", param.name);
            Message::new(what).at(param.place.as_ref()).help(help)
        };
        report.error(ident, message);
        return !is_elsewhere;
    }
    true
}

fn is_reference(function: &Function, ty: &Type, report: &mut Report) -> bool {
    let what = match ty {
        Type::Reference(_) => "a reference",
        Type::ImplTrait(_) => "an `impl Trait`",
        _ => return false,
    };
    let what = format!("{what} cannot cross a WIT interface: values are owned on each side");
    let help = "write the owned type, as `Vec<f64>` for `&[f64]` or `String` for `&str`";
    report.error(ty, Message::new(what).at(function.place.as_ref()).help(help));
    true
}
