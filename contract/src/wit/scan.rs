//! WIT text as words, marks and comments, for what upstream keeps no place of: the names of packages, and comments that
//! belong to no item.

use std::ops::Range;

use crate::tags;

/// One piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// `//` to the end of the line, or `/* .. */`.
    Comment,
    /// Letters, digits and what else stands in a name.
    Word,
    /// Any other character that is not space.
    Mark(char),
}

/// Where the packages that this text declares are named: each name without spaces, as `acme:heater@1.0.0`, and where it
/// stands.
pub(super) fn packages(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut pieces = Pieces { text, at: 0 }.filter(|(piece, _)| *piece != Piece::Comment);
    while let Some((piece, range)) = pieces.next() {
        if piece != Piece::Word || text.get(range) != Some("package") {
            continue;
        }
        let name: Vec<Range<usize>> = pieces
            .by_ref()
            .take_while(|(piece, _)| !matches!(piece, Piece::Mark(';' | '{')))
            .map(|(_, range)| range)
            .collect();
        if let (Some(first), Some(last)) = (name.first(), name.last()) {
            let place = first.start..last.end;
            found.push((name.iter().filter_map(|part| text.get(part.clone())).collect(), place));
        }
    }
    found
}

/// The names behind these words, as those behind `type` and `record`; where a byte is given, only those in the outermost
/// braces around it.
pub(super) fn declared(text: &str, words: &[&str], around: Option<usize>) -> Vec<String> {
    let (mut found, mut depth, mut declares) = (Vec::new(), 0_usize, false);
    for (piece, range) in (Pieces { text, at: 0 }) {
        match piece {
            Piece::Comment => {}
            Piece::Word if declares => {
                found.extend(text.get(range).map(|name| name.trim_start_matches('%').to_owned()));
                declares = false;
            }
            Piece::Word => declares = text.get(range).is_some_and(|word| words.contains(&word)),
            Piece::Mark('{') => (depth, declares) = (depth + 1, false),
            Piece::Mark('}') => {
                (depth, declares) = (depth.saturating_sub(1), false);
                match around {
                    Some(around) if depth == 0 && range.start < around => found.clear(),
                    Some(_) if depth == 0 => break,
                    Some(_) | None => {}
                }
            }
            Piece::Mark(_) => declares = false,
        }
    }
    found
}

/// Tags in doc comments between the parentheses of a function. WIT keeps no documentation of parameters, so nothing
/// ever sees them. The name of each tag, and where its comment stands.
pub(super) fn lost_tags(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (piece, range) in (Pieces { text, at: 0 }) {
        match piece {
            Piece::Mark('(') => depth += 1,
            Piece::Mark(')') => depth = depth.saturating_sub(1),
            Piece::Comment if depth > 0 => {
                let comment = text.get(range.clone()).unwrap_or_default();
                let names = comment.lines().filter_map(tag);
                found.extend(names.map(|name| (name, range.clone())));
            }
            Piece::Comment | Piece::Word | Piece::Mark(_) => {}
        }
    }
    found
}

/// The features that an `include` stands behind, in order. Upstream keeps the gates of items, and none of these.
pub(super) fn gated_includes(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = Pieces { text, at: 0 }
        .filter(|(piece, _)| *piece != Piece::Comment)
        .filter_map(|(_, range)| text.get(range))
        .collect();
    let mut features = Vec::new();
    let mut gate = None;
    let mut at = 0;
    while let Some(rest) = pieces.get(at..).filter(|rest| !rest.is_empty()) {
        at += match rest {
            ["@", "unstable", "(", "feature", "=", feature, ")", ..] => {
                gate = Some((*feature).to_owned());
                7
            }
            // Another gate of the same item.
            ["@", ..] => rest.iter().position(|piece| *piece == ")").map_or(1, |end| end + 1),
            [word, ..] => {
                features.extend(gate.take().filter(|_| *word == "include"));
                1
            }
            [] => 1,
        };
    }
    features
}

/// The tag that a line of a doc comment is.
fn tag(line: &str) -> Option<String> {
    let text = line.trim_start().trim_start_matches(['/', '*']).trim_start();
    let name = text.strip_prefix('@')?.split(char::is_whitespace).next()?;
    tags::NAMES.contains(&name).then(|| name.to_owned())
}

struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (Piece, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = self.text.get(start..)?;
        let (piece, length) = if rest.starts_with("//") {
            (Piece::Comment, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (Piece::Comment, block(rest))
        } else {
            match rest.find(|c: char| !in_word(c)).unwrap_or(rest.len()) {
                0 => {
                    let mark = rest.chars().next()?;
                    (Piece::Mark(mark), mark.len_utf8())
                }
                length => (Piece::Word, length),
            }
        };
        self.at = start + length;
        Some((piece, start..self.at))
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '%')
}

/// How long the block comment is that a text begins with; such comments nest.
fn block(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{gated_includes, lost_tags, packages};

    #[test]
    fn packages_are_named_wherever_they_stand() {
        let text = "// package no:no;\n/* package /* nested */ no:no; */ package a : b /* c */ @1.0.0-rc.1+x ;\n\
                    package c:d { interface package-docs { %package: func(); } }";
        let found: Vec<_> =
            packages(text).into_iter().map(|(name, at)| (name, text[at].to_owned())).collect();
        let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a:b@1.0.0-rc.1+x", "c:d"]);
        assert_eq!(found[0].1, "a : b /* c */ @1.0.0-rc.1+x");
        assert!(packages("package").is_empty() && packages("/* package a:b;").is_empty());
    }

    #[test]
    fn gates_of_includes_are_found_and_those_of_items_are_not() {
        let text = "world w { @unstable(feature = tls) import a; @unstable(feature = http /* c */)\n\
                    @deprecated(version = 1.0.0) include v; @since(version = 1.0.0) include u; include t; }";
        assert_eq!(gated_includes(text), ["http"]);
        assert!(gated_includes("@unstable(feature = x").is_empty() && gated_includes("@").is_empty());
    }

    #[test]
    fn tags_of_parameters_are_found_and_others_are_not() {
        let text = "interface i { /// @unit celsius\n f: func(/// @unit kelvin\n t: f64, /** @range 0..=1 */ u: f64,\n\
                    // see @unit\n /// @author me\n v: f64); /// @unit bar\n g: func(); }";
        let names: Vec<_> = lost_tags(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["unit", "range"]);
    }
}
