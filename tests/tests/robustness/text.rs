//! Changes of text: by its words and lines, and by what parsers fear, depth and length.

use super::bytes;
use super::random::Random;

const LENGTH_MAX: usize = 64 << 10;

const WIT_WORDS: [&str; 44] = [
    "package",
    "interface",
    "world",
    "record",
    "variant",
    "enum",
    "flags",
    "resource",
    "type",
    "use",
    "include",
    "import",
    "export",
    "func",
    "async",
    "static",
    "constructor",
    "list",
    "option",
    "result",
    "tuple",
    "stream",
    "future",
    "own",
    "borrow",
    "u8",
    "s64",
    "f64",
    "char",
    "string",
    "bool",
    "error-context",
    "map",
    "_",
    "->",
    "{",
    "}",
    "<",
    ">",
    ",",
    ";",
    "@1.0.0",
    "@since(version = 1.0.0)",
    "%",
];
const MANIFEST_WORDS: [&str; 24] = [
    "[system]",
    "[targets.x]",
    "[[edges]]",
    "[modules.\"a b\"]",
    "limits",
    "firmware",
    "runtime",
    "component",
    "version",
    "targets",
    "=",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'''",
    "\"\"\"",
    "1_000",
    "-1",
    "0x_f",
    "1979-05-27T07:32:00Z",
    "99999999999999999999",
];

const INVENTORY_WORDS: [&str; 24] = [
    "class",
    "firmware",
    "modules",
    "count",
    "devices",
    "format",
    ",",
    ";",
    "=",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "-1",
    "1e400",
    "18446744073709551615",
    "1.0.0-rc.1+b",
    "\u{feff}",
];

pub(crate) fn inventory(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    changed(random, corpus, &INVENTORY_WORDS, inventory_extreme)
}

pub(crate) fn wit(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    changed(random, corpus, &WIT_WORDS, wit_extreme)
}

pub(crate) fn manifest(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    changed(random, corpus, &MANIFEST_WORDS, manifest_extreme)
}

fn changed(
    random: &mut Random,
    corpus: &[Vec<u8>],
    words: &[&str],
    extreme: fn(&mut Random) -> String,
) -> Vec<u8> {
    // Some inputs are changed as bytes, which breaks UTF-8 too.
    if random.below(16) == 0 {
        return bytes::changed(random, corpus);
    }
    let mut text = String::from_utf8_lossy(random.pick::<Vec<u8>>(corpus)).into_owned();
    for _ in 0..=random.below(6) {
        let mut tokens = tokens(&text);
        let at = random.below(tokens.len());
        match random.below(9) {
            0 if !tokens.is_empty() => drop(tokens.remove(at)),
            1 if !tokens.is_empty() => tokens.insert(at, tokens[at].clone()),
            2 if !tokens.is_empty() => {
                let other = random.below(tokens.len());
                tokens.swap(at, other);
            }
            3 => tokens.insert(at, (*random.pick(words)).to_owned()),
            4 if !tokens.is_empty() => (*random.pick(words)).clone_into(&mut tokens[at]),
            5 => tokens.insert(at, extreme(random)),
            6 => tokens.truncate(at),
            7 => drop(tokens.drain(random.range(tokens.len(), 20))),
            _ => {
                let other = self::tokens(&String::from_utf8_lossy(random.pick::<Vec<u8>>(corpus)));
                let piece = other[random.range(other.len(), 40)].to_vec();
                tokens.splice(at..at, piece);
            }
        }
        text = tokens.concat();
    }
    let mut bytes = text.into_bytes();
    bytes.truncate(LENGTH_MAX);
    bytes
}

/// Words, single marks, and the white space between them.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    for c in text.chars() {
        match tokens.last_mut() {
            Some(last) if word(c) && last.ends_with(word) => last.push(c),
            _ => tokens.push(c.to_string()),
        }
    }
    tokens
}

fn wit_extreme(random: &mut Random) -> String {
    let depth = 1 << random.below(13);
    match random.below(8) {
        0 => format!("{}u8{}", "list<".repeat(depth), ">".repeat(depth)),
        1 => "option<".repeat(depth),
        2 => "{".repeat(depth),
        3 => "a".repeat(depth * 4),
        4 => "/*".repeat(depth),
        5 => format!("{}x", "a-".repeat(depth)),
        6 => doubled(random),
        _ => (0..depth).map(|n| format!("type t{} = list<t{n}>;", n + 1)).collect(),
    }
}

/// Types that double at each step: short text, and an expansion beyond all bounds.
fn doubled(random: &mut Random) -> String {
    let steps = random.below(40);
    let types: String = (0..steps).map(|n| format!("type d{} = tuple<d{n}, d{n}>;\n", n + 1)).collect();
    format!("package x:y@1.0.0; interface i {{ type d0 = u8;\n{types} f: func(a: d{steps}) -> d{steps}; }}\n")
}

fn manifest_extreme(random: &mut Random) -> String {
    let depth = 1 << random.below(13);
    match random.below(7) {
        0 => format!("x = {}{}\n", "[".repeat(depth), "]".repeat(depth)),
        1 => format!("x = {}{}\n", "{ a = ".repeat(depth), "}".repeat(depth)),
        2 => format!("{} = 1\n", vec!["a"; depth].join(".")),
        3 => format!("\"{}\" = 1\n", "é".repeat(depth)),
        4 => (0..depth).map(|n| format!("[targets.t{n}]\n")).collect(),
        5 => (0..depth).map(|n| format!("k{n} = {n}\n")).collect(),
        _ => format!("\"{}", "\\u00e9".repeat(depth)),
    }
}

fn inventory_extreme(random: &mut Random) -> String {
    let depth = 1 << random.below(13);
    match random.below(7) {
        0 => format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
        1 => format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
        2 => (0..depth).map(|n| format!("m{n}=1.0.{n};")).collect(),
        3 => (0..depth).map(|n| format!("heater,3.0.{n},,{n}\n")).collect(),
        4 => format!("\"{}", "\"\"".repeat(depth)),
        5 => format!("{}.0.0", "9".repeat(depth)),
        _ => "\\u00e9".repeat(depth),
    }
}
