//! The relation of two functions: what it takes for a caller built against one to call the other.
//!
//! Values go from the caller to the callee in parameters and back in the result, so each position is judged in
//! its own direction. For a value that goes from `S` to `T`:
//!
//! | `T` | relates when |
//! |---|---|
//! | record | each field of `T` is in `S` and relates, or is an `option<_>` and becomes `none`; other fields of `S` are dropped |
//! | variant, enum | each case of `S` is in `T` |
//! | flags | each flag of `S` is in `T` |
//! | `option<T>` | `S` is `option<S>` or `S` itself; never the other way round |
//! | list, tuple, result, map | its parts relate |
//! | integer, float | equal, or wider without loss |
//!
//! Parameters are judged as the fields of a record. Names match exactly, or by a declared `@was`; never by a
//! guess. What relates is a conversion that code can be generated from; what does not is a full list of reasons.
//!
//! The relation is reflexive, and transitive as long as no `@was` takes part (`@was` reaches back one name).

mod members;
mod names;
mod reason;
mod step;
mod value;

pub use reason::{Reason, ReasonKind};
pub use step::{CaseStep, Conversion, FieldSource, FieldStep, NameStep, Step, Target};

use crate::model::Function;
use crate::text::canonical_text;
use members::Member;
use value::{Direction, Walk};

/// What it takes for a caller to call a callee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// The digests are equal: the same bytes with the same meaning.
    Same,
    /// Every value can be converted without losing meaning. The steps fill the callee's parameters in order
    /// and then the caller's result; together they are the whole conversion.
    Adaptable(Vec<Step>),
    /// Some value cannot be converted. Every reason is listed.
    Breaks(Vec<Reason>),
}

/// Relates the function that a caller was built against to the function that it would call.
pub fn relate(caller: &Function, callee: &Function) -> Relation {
    let mut walk = Walk::new(caller);
    match (canonical_text(caller), canonical_text(callee)) {
        (Ok(wanted), Ok(given)) if wanted == given => return Relation::Same,
        (Ok(_), Ok(_)) => {}
        (Err(_), _) | (_, Err(_)) => {
            walk.breaks(ReasonKind::TooLarge, callee.name.clone(), caller.name.clone());
            return Relation::Breaks(walk.reasons);
        }
    }
    if caller.is_async() != callee.is_async() {
        walk.breaks(ReasonKind::Async, calling(callee), calling(caller));
    }
    let mut steps = params(&mut walk, caller, callee);
    steps.extend(result(&mut walk, caller, callee));
    if walk.reasons.is_empty() { Relation::Adaptable(steps) } else { Relation::Breaks(walk.reasons) }
}

fn calling(function: &Function) -> String {
    if function.is_async() { "an `async` function" } else { "a function without `async`" }.to_owned()
}

fn params(walk: &mut Walk, caller: &Function, callee: &Function) -> Vec<Step> {
    walk.direct(Direction::ToCallee, caller.place.as_ref(), callee.place.as_ref());
    let from: Vec<Member<'_>> = caller.params.iter().map(Member::of_param).collect();
    let to: Vec<Member<'_>> = callee.params.iter().map(Member::of_param).collect();
    let fields = walk.fields("param", &from, &to);
    fields
        .into_iter()
        .enumerate()
        .map(|(index, field)| Step {
            target: Target::Param { index, name: field.name },
            source: field.source,
            conversion: field.conversion,
        })
        .collect()
}

fn result(walk: &mut Walk, caller: &Function, callee: &Function) -> Option<Step> {
    walk.direct(Direction::ToCaller, callee.place.as_ref(), caller.place.as_ref());
    match (&callee.result, &caller.result) {
        (None, None) => None,
        (Some(given), None) => {
            // It might be an error that the caller would never see.
            walk.breaks(ReasonKind::Result, "no result".to_owned(), format!("a result `{given}`"));
            None
        }
        (None, Some(wanted)) => {
            walk.breaks(ReasonKind::Result, format!("a result `{wanted}`"), "no result".to_owned());
            None
        }
        (Some(given), Some(wanted)) => {
            let conversion = walk.within("result", |walk| walk.value(given, wanted))?;
            Some(Step { target: Target::Result, source: FieldSource::At(0), conversion })
        }
    }
}
