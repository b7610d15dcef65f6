//! Documentation in which no code is taken for Rust: `cargo test` compiles and runs whatever rustdoc takes for it.
//!
//! The WIT's authors write for readers of every language, so that code without a language is anything but a test.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The same text, where every block of code has the language `text`.
pub(super) fn inert(text: &str) -> String {
    if !["```", "~~~", "    ", "\t"].iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    let mut inert = text.replace('\t', "    ");
    // From the last to the first, so that the places of those before stay right.
    for (kind, block) in blocks(&inert).into_iter().rev() {
        match kind {
            CodeBlockKind::Fenced(_) => name_language(&mut inert, block.start),
            CodeBlockKind::Indented => fence(&mut inert, block),
        }
    }
    if is_inert(&inert) { inert } else { plain(text) }
}

/// Every block of code, with where it stands.
fn blocks(text: &str) -> Vec<(CodeBlockKind<'static>, Range<usize>)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_ext(text, options).into_offset_iter();
    let blocks = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(kind)) => Some((kind.into_static(), range)),
        _ => None,
    });
    blocks.collect()
}

/// Writes `text` behind the fence that begins at or after this byte.
fn name_language(text: &mut String, start: usize) {
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let Some(mark) = line.trim_start().chars().next() else { return };
    let fence = line.len() - line.trim_start().trim_start_matches(mark).len();
    let info = start + fence..start + line.len();
    text.replace_range(info, "text");
}

/// Puts fences around indented code. What stands before it, as the mark of a quotation, stands before the fences as well.
fn fence(text: &mut String, block: Range<usize>) {
    let first = text.get(..block.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let code = text.get(block.start..block.end).unwrap_or_default();
    let end = block.start + code.trim_end().len();
    let indent = code.len() - code.trim_start_matches(' ').len();
    let prefix = text.get(first..block.start + indent).unwrap_or_default();
    let prefix = prefix.strip_suffix("    ").unwrap_or(prefix).to_owned();
    let blank: String = prefix.chars().map(|mark| if mark == '>' { '>' } else { ' ' }).collect();
    text.insert_str(end, &format!("\n{blank}```"));
    text.replace_range(first..first + prefix.len(), &format!("{prefix}```text\n{blank}"));
}

fn is_inert(text: &str) -> bool {
    blocks(text).iter().all(|(kind, _)| matches!(kind, CodeBlockKind::Fenced(info) if &**info == "text"))
}

/// The words alone, where blocks stand in each other in ways that fences cannot follow.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.replace("```", "\'\'\'").replace("~~~", "\'\'\'")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{inert, is_inert};

    #[test]
    fn code_without_a_language_is_text() {
        assert_eq!(inert("Text.\n\n```\nx\n```\n"), "Text.\n\n```text\nx\n```\n");
        assert_eq!(inert("~~~~rust,no_run\nx\n~~~~"), "~~~~text\nx\n~~~~");
        assert_eq!(inert("- a\n  ``` rust\n  x\n  ```"), "- a\n  ```text\n  x\n  ```");
        assert_eq!(inert("As:\n\n    x\n\n    y\n\nText."), "As:\n\n```text\n    x\n\n    y\n```\n\nText.");
        assert_eq!(inert("> a\n>\n>     x"), "> a\n>\n> ```text\n>     x\n> ```");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["Text.", "- a\n    - b\n      c", "`code` and ``more``", "a\n    goes on", ""] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn nothing_that_marks_can_make_is_taken_for_rust() {
        let parts =
            ["```", "~~~", "    ", "\t", "\n", "\n\n", "> ", "- ", "1. ", "x", "rust", " ", "#", "[^1]:"];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let index = usize::try_from(state >> 33).unwrap() % parts.len();
                text.push_str(parts[index]);
            }
            assert!(is_inert(&inert(&text)), "{text:?}");
        }
    }
}
