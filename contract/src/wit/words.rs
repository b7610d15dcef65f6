//! The parser's messages in words for people: no code points in Rust's spelling, and what to write instead.

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
    } else {
        return shortened(message);
    };
    instead.to_owned()
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
    use super::{short_version, told};

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
    fn a_version_of_two_numbers_is_told() {
        for (before, short) in
            [("package a:b@1.0", true), ("package a:b@1", true), ("a:b@1.0.0", false), ("@since", false)]
        {
            assert_eq!(short_version(before).is_some(), short, "{before}");
        }
    }
}
