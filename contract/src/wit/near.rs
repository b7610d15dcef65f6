//! What was probably meant by a name that WIT text uses and nothing declares.

use super::files::Text;
use super::scan;

/// How alike two names are at least, from 0 to 1, where one may be a slip for the other.
const ALIKE: f64 = 0.8;

/// What upstream says that it looked for, where it did not look for a type.
pub(super) const CONTAINER: &str = "interface or world";

/// Words that declare a type.
const TYPES: &[&str] = &["type", "record", "variant", "enum", "flags", "resource"];

/// Types of WIT itself.
const BUILT_IN: &[&str] =
    &["bool", "char", "f32", "f64", "s8", "s16", "s32", "s64", "string", "u8", "u16", "u32", "u64"];

/// The closest name that could stand in `texts` at this byte of `text`; `kind` is what upstream looked for there.
pub(super) fn near(name: &str, kind: &str, text: &Text, at: usize, texts: &[Text]) -> Option<String> {
    let everywhere = |words: &[&str]| -> Vec<String> {
        texts.iter().flat_map(|text| scan::declared(&text.text, words, None)).collect()
    };
    let known = if kind == CONTAINER {
        everywhere(&["interface", "world"])
    } else if is_used(text.text.get(..at)?) {
        everywhere(TYPES)
    } else {
        let own = scan::declared(&text.text, TYPES, Some(at));
        own.into_iter().chain(BUILT_IN.iter().map(|name| (*name).to_owned())).collect()
    };
    let scored = known.into_iter().filter(|known| known != name);
    let scored = scored.map(|known| (strsim::jaro_winkler(name, &known), known));
    let close = scored.filter(|(score, _)| *score >= ALIKE);
    close.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, known)| known)
}

/// Whether the text ends inside the braces of `use other.{a, b}`.
fn is_used(before: &str) -> bool {
    before.rsplit_once("use ").is_some_and(|(_, rest)| rest.contains(".{") && !rest.contains(';'))
}

#[cfg(test)]
mod tests {
    use super::super::files::Text;
    use super::near;

    /// What is meant by `wrong`, which stands once in the text.
    fn meant(text: &str, wrong: &str, kind: &str) -> Option<String> {
        let text = Text { name: "f.wit".to_owned(), text: text.to_owned() };
        let at = text.text.find(wrong).unwrap();
        near(wrong, kind, &text, at, std::slice::from_ref(&text))
    }

    #[test]
    fn types_of_wit_and_of_the_interface_are_near() {
        assert_eq!(meant("interface i { f: func() -> u33; }", "u33", "name").unwrap(), "u32");
        assert_eq!(meant("interface i { f: func(a: strng); }", "strng", "name").unwrap(), "string");
        let text = "interface i { record inputs { a: u8 } f: func(a: imputs); }";
        assert_eq!(meant(text, "imputs", "name").unwrap(), "inputs");
        assert_eq!(meant("interface i { f: func(a: quux); }", "quux", "name"), None);
    }

    #[test]
    fn what_another_interface_declares_is_near_in_use_alone() {
        let text = "interface a { type celsius = f64; } interface b { f: func() -> celcius; }";
        assert_eq!(meant(text, "celcius", "name"), None);
        let text = "interface a { type celsius = f64; } interface b { use a.{celcius}; }";
        assert_eq!(meant(text, "celcius", "name").unwrap(), "celsius");
        let text = "interface control {} world w { export contrl; }";
        assert_eq!(meant(text, "contrl", super::CONTAINER).unwrap(), "control");
    }

    #[test]
    fn a_name_is_not_meant_by_itself() {
        let text = "interface a { type t = u8; } interface b { use a.{t}; f: func() -> tt; }";
        assert_eq!(meant(text, "tt", "name"), None);
    }
}
