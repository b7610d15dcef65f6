//! The parser's messages in words for people: no code points in Rust's spelling, and what to write instead.

use std::fmt::Display;

/// What a reader of WebAssembly says, in one line and without bytes in Rust's spelling.
pub fn wasm_reason(error: impl Display) -> String {
    let message = error.to_string();
    if !message.contains("bad magic number") {
        return message.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let at = message.rsplit_once("(at offset ").map(|(_, at)| format!(" (at offset {at}"));
    format!("what is here does not begin as WebAssembly does{}", at.unwrap_or_default())
}

/// A message as it is told.
pub(super) fn told(message: &str) -> String {
    let starts = |start: &str| message.starts_with(start);
    let instead = if starts("Input contains bidirectional override") {
        "a character here turns the direction of writing, so the text does not read as it is: take it out"
    } else if starts("Control code") {
        "a control character stands here: take it out"
    } else if starts("Codepoint") {
        "a character here is discouraged by Unicode: write another one"
    } else if starts("no `package` header") {
        "no file names its package: begin one with `package namespace:name@1.0.0;`"
    } else if message.contains("contains a feature gate with a version specifier") {
        "a gate here names a version, and the package has none: give it one, as in `package acme:heater@1.0.0;`"
    } else if starts("mismatch in stability") {
        "one item is behind two different gates: give it the same gate everywhere"
    } else if starts("cannot specify both @deprecated") {
        "`@deprecated` stands alone here: write `@since` or `@unstable` beside it, or take it out"
    } else if starts("cannot specify both @since") {
        "an item is either `@since` a version or `@unstable`: take one of the two out"
    } else {
        return unreleased(message).or_else(|| not_included(message)).unwrap_or_else(|| shortened(message));
    };
    instead.to_owned()
}

/// Of a gate in the future.
fn unreleased(message: &str) -> Option<String> {
    let rest = message.strip_prefix("feature gate cannot reference unreleased version ")?;
    let (gate, rest) = rest.split_once(" of package [")?;
    let (package, current) = rest.split_once("] (current version ")?;
    let current = current.trim_end_matches(')');
    Some(format!(
        "the gate names version {gate}, and package `{package}` is at {current}: raise the version of the package, or correct the gate"
    ))
}

/// Of `include .. with { a as b }`.
fn not_included(message: &str) -> Option<String> {
    let (name, _) = message.strip_prefix("no import or export kebab-name `")?.split_once('`')?;
    Some(format!(
        "the world that is included has nothing of the plain name `{name}` to rename: correct the name; an interface of a package keeps its own"
    ))
}

/// Whether a version stands before the token that the parser stopped at, and is too short to be one.
pub(super) fn short_version(before: &str) -> Option<String> {
    let (_, version) = before.trim_end().rsplit_once('@')?;
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = version.split('.').collect();
    let short = parts.len() < 3 && parts.iter().all(|part| number(part));
    short.then(|| "a version has three numbers, as in `1.0.0`".to_owned())
}

fn shortened(message: &str) -> String {
    match message {
        "empty enum" => "an enum needs at least one case".to_owned(),
        "empty variant" => "a variant needs at least one case".to_owned(),
        other => other
            .strip_suffix("found eof")
            .map_or_else(|| other.to_owned(), |expected| format!("{expected}found the end of the file")),
    }
}

#[cfg(test)]
mod tests {
    use super::{short_version, told, wasm_reason};

    #[test]
    fn nothing_is_spelled_as_rust_spells_it() {
        assert_eq!(
            told(
                "Input contains bidirectional override codepoint EscapeUnicode(EscapeIterInner('\\u{202e}'))"
            ),
            "a character here turns the direction of writing, so the text does not read as it is: take it out"
        );
        assert_eq!(told("expected '(', found eof"), "expected '(', found the end of the file");
        assert_eq!(told("name `f` is defined more than once"), "name `f` is defined more than once");
    }

    #[test]
    fn gates_and_renamings_are_told_with_what_to_do() {
        let gate = "feature gate cannot reference unreleased version 2.0.0 of package [a:b@1.0.0] (current version 1.0.0)";
        assert!(
            told(gate).starts_with("the gate names version 2.0.0, and package `a:b@1.0.0` is at 1.0.0: ")
        );
        let name = "no import or export kebab-name `g`. Note that an ID does not support renaming";
        assert!(told(name).contains("nothing of the plain name `g`"));
        assert!(told("cannot specify both @deprecated without @since or @unstable").contains("beside it"));
    }

    #[test]
    fn bytes_that_begin_as_something_else_are_not_spelled_out() {
        let message = "magic header not detected: bad magic number - expected=[\n    0x0,\n] actual=[\n    0x1,\n] (at offset 0x9)";
        assert_eq!(wasm_reason(message), "what is here does not begin as WebAssembly does (at offset 0x9)");
        assert_eq!(wasm_reason("unexpected\n    end (at offset 0x9)"), "unexpected end (at offset 0x9)");
    }

    #[test]
    fn a_version_of_two_numbers_is_told() {
        for (before, short) in
            [("package a:b@1.0", true), ("package a:b@1", true), ("a:b@1.0.0", false), ("@since", false)]
        {
            assert_eq!(short_version(before).is_some(), short, "{before}");
        }
    }
}
