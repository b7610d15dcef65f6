//! WIT as it was written years ago: what each removed form is called, and what to write now.
//!
//! Upstream's parser only says which token it wanted. What stands around that token tells which old form it is.

/// What to say of the text at the token that the parser stopped at; absent where it is no old form.
pub(super) fn message(before: &str, from: &str) -> Option<String> {
    let word = word_at(from);
    let previous = before.trim_end();
    let last = last_word(previous);
    results(previous, from)
        .or_else(|| types(last, from))
        .or_else(|| declarations(previous, last, word, from))
        .or_else(|| references(previous, last, from))
        .or_else(|| semicolon(before, previous))
}

/// What to say of a type's name that WIT does not have any more, or never had.
pub(super) fn type_name(name: &str) -> Option<String> {
    let now = match name {
        "float32" | "float64" => name.replace("float", "f"),
        "i8" | "i16" | "i32" | "i64" => name.replace('i', "s"),
        "unit" => return Some("`unit` was removed from WIT: leave the type out".to_owned()),
        _ => return None,
    };
    let was = if name.starts_with('f') { "an older spelling" } else { "not a type of WIT" };
    Some(format!("`{name}` is {was}: write `{now}`"))
}

/// `-> (a: u32, b: u32)` and `-> ()`.
fn results(previous: &str, from: &str) -> Option<String> {
    let list = from.strip_prefix('(').filter(|_| previous.ends_with("->"))?;
    Some(if list.trim_start().starts_with(')') {
        "an empty list of results was removed from WIT: leave `-> ()` out".to_owned()
    } else {
        "named results were removed from WIT: return a record or tuple".to_owned()
    })
}

fn types(last: &str, from: &str) -> Option<String> {
    let message = match (last, from.chars().next()?) {
        ("expected", '<') => "`expected<..>` is an older spelling: write `result<..>`",
        ("handle", first) if first.is_alphabetic() => {
            "`handle` was removed from WIT: write `own<..>` or `borrow<..>`"
        }
        ("union", first) if first.is_alphabetic() || first == '%' => {
            "`union` was removed from WIT: write a `variant` with a named case for each type"
        }
        _ => return None,
    };
    Some(message.to_owned())
}

fn declarations(previous: &str, last: &str, word: &str, from: &str) -> Option<String> {
    let next = word_at(from.strip_prefix(word).unwrap_or_default().trim_start());
    let defaults = |word: &str| matches!(word, "interface" | "world" | "self" | "pkg");
    if (word == "default" && defaults(next)) || (last == "default" && defaults(word)) {
        return Some(
            "`default` was removed from WIT: name the interface or world where it is used".to_owned(),
        );
    }
    if word == "function" {
        return Some("`function` is an older spelling: write `func`".to_owned());
    }
    let declared = last_word(previous.strip_suffix(last).unwrap_or_default().trim_end());
    match (declared, from.chars().next()?) {
        ("interface" | "world" | "record" | "variant" | "enum" | "flags" | "resource", ':') => {
            Some(format!("`{declared} {last}: {{ .. }}` is older WIT: leave the `:` out"))
        }
        ("package", '.') => Some("a package is named `namespace:name`, with a `:`".to_owned()),
        _ => None,
    }
}

/// `use self.i.{t}`, `use { t } from i`, `use * from i`.
fn references(previous: &str, last: &str, from: &str) -> Option<String> {
    let root = if previous.ends_with('.') { last_word(previous.trim_end_matches('.')) } else { last };
    for name in ["self", "pkg"] {
        if root == name && (previous.ends_with('.') || from.starts_with('.')) {
            return Some(format!(
                "`{name}.` was removed from WIT: name the interface alone, as in `use types.{{t}};`"
            ));
        }
    }
    (last == "use" && from.starts_with(['{', '*']))
        .then(|| "`use .. from` was removed from WIT: write `use types.{t};`".to_owned())
}

/// A line that ends where the next one cannot go on.
fn semicolon(before: &str, previous: &str) -> Option<String> {
    let line = previous.lines().last()?.trim();
    let ended = before.get(previous.len()..).is_some_and(|gap| gap.contains('\n'));
    let statement = ["package ", "use ", "type ", "import ", "export ", "include "];
    let open = statement.iter().any(|start| line.starts_with(start)) || line.contains("func(");
    (ended && open && !line.ends_with([';', '{', '}', ',', '(']))
        .then(|| format!("`;` is missing after `{line}`; older WIT had none"))
}

fn word_at(text: &str) -> &str {
    let end = text.find(|character: char| !is_word(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|character: char| !is_word(character)).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '%')
}
