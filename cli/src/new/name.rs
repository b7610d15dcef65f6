//! Which names a guest may have: those that are a crate, a folder and a WIT package at once.

use crate::error::Error;

/// Words that Rust keeps for itself, as the name of a crate in code.
const RUST: &[&str] = &[
    "abstract", "alloc", "as", "async", "await", "become", "box", "break", "const", "continue", "core",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
    "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "self", "static", "std", "struct", "super", "test", "trait", "true", "try", "type", "typeof", "unsafe",
    "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that WIT keeps for itself and that Rust does not.
const WIT: &[&str] = &[
    "bool",
    "borrow",
    "char",
    "constructor",
    "export",
    "f32",
    "f64",
    "flags",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "stream",
    "string",
    "tuple",
    "u16",
    "u32",
    "u64",
    "u8",
    "variant",
    "with",
    "world",
];

/// Crates whose names would be taken for ours.
const OURS: &[&str] = &["linchpin", "linchpin-guest"];

const LONGEST: usize = 64;

/// Refuses a name that cannot be used, with one that can.
pub(super) fn check(name: &str) -> Result<(), Error> {
    match flaw(name) {
        None => Ok(()),
        Some(reason) => Err(Error::BadName { name: name.into(), reason, suggestion: suggestion(name) }),
    }
}

fn flaw(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("it is empty".into());
    }
    if name.len() > LONGEST {
        return Some(format!("it has more than {LONGEST} characters"));
    }
    if let Some(bad) = name.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
        return Some(format!("`{bad}` is not a lower-case letter, a digit or `-`"));
    }
    let word_starts = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase());
    if let Some(word) = name.split('-').find(|word| !word_starts(word)) {
        let reason = if word.is_empty() {
            "a `-` must stand between two words".into()
        } else {
            format!("`{word}` does not begin with a letter")
        };
        return Some(reason);
    }
    if RUST.contains(&name) {
        return Some("Rust keeps this word for itself".into());
    }
    if WIT.contains(&name) {
        return Some("WIT keeps this word for itself".into());
    }
    OURS.contains(&name).then(|| "a crate of Linchpin has this name".into())
}

/// The nearest name that can be used.
fn suggestion(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.map(|word| word.trim_start_matches(|c: char| c.is_ascii_digit())).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    [joined.clone(), format!("{joined}-fn")].into_iter().find(|candidate| flaw(candidate).is_none())
}

#[cfg(test)]
mod tests {
    use super::{flaw, suggestion};

    #[test]
    fn good_names_pass() {
        for name in ["demo-fn", "setpoint", "volt-var2", "a"] {
            assert_eq!(flaw(name), None, "{name}");
        }
    }

    #[test]
    fn bad_names_get_a_reason_and_a_better_one() {
        let cases = [
            ("Demo_Fn", Some("demo-fn")),
            ("2-way-valve", Some("way-valve")),
            ("fn", Some("fn-fn")),
            ("list", Some("list-fn")),
            ("linchpin", Some("linchpin-fn")),
            ("a--b", Some("a-b")),
            ("../x", Some("x")),
            ("", None),
            ("\u{6c34}", None),
        ];
        for (name, better) in cases {
            assert!(flaw(name).is_some(), "{name}");
            assert_eq!(suggestion(name).as_deref(), better, "{name}");
        }
    }
}
