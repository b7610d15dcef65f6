//! The comparison that generated code asks for at each of the user's types.

use crate::shape::Shape;
use crate::text::Text;

/// Compares the WIT type that a Rust type stands for with the one that the contract asks for.
///
/// Derives and `export` place a call in a `const _: ()` at the user's type, so a difference is a compile error
/// there. `message` says what is compared and shows the line of the WIT, `help` says what to do; the two types are
/// put between them.
///
/// ```
/// use linchpin_guest::{Shape, WitType, check};
/// const _: () = check(&<Vec<f64> as WitType>::SHAPE, &Shape::List(&Shape::Primitive("f64")), "prices", "write Vec<f64>");
/// ```
///
/// # Panics
/// When the two differ, which at compile time is an error with the whole message.
#[track_caller]
pub const fn check(actual: &Shape, expected: &Shape, message: &str, help: &str) {
    if actual.agrees_with(expected) {
        return;
    }
    let text = Text::new().push(message);
    let text = text.push("\nexpected: ").shape(expected).push("\n   found: ").shape(actual);
    let text = text.push("\nhelp: ");
    let text = if actual.is_stale(expected) {
        text.push(
            "the type was checked against another text of its contract; bring the crate that derives it ",
        )
        .push("up to this one, or derive a type here")
    } else {
        text.push(help)
    };
    panic!("{}", text.as_str())
}

/// `T`, where it agrees with the contract. Generated code names it only through [`IfTrue`], so that a type which does not
/// agree is one error and not one for each of its uses: with an error for `AGREES` there is no such type, and the compiler
/// says nothing more of what would have it.
#[derive(Debug)]
pub struct Checked<const AGREES: bool, T>(core::marker::PhantomData<T>);

/// Has a type only where the comparison came out well.
pub trait IfTrue {
    /// The type.
    type Type;
}

impl<T> IfTrue for Checked<true, T> {
    type Type = T;
}
