//! Byte ranges of the sources as places, and what upstream keeps no place of.

use std::collections::BTreeMap;

use wit_parser::{Resolve, Span};

use super::files::{Files, Text};
use super::scan;
use crate::model::Place;
use crate::tags::TagNote;

/// Turns byte ranges of the sources into places.
#[derive(Default)]
pub(crate) struct Places {
    texts: BTreeMap<String, Lines>,
    /// Where each package is named.
    packages: BTreeMap<String, Place>,
    /// Tags of the package's own files that nothing ever sees.
    lost_tags: Vec<TagNote>,
}

impl Places {
    pub(super) fn of_files(files: &Files) -> Self {
        let mut places = Self::default();
        for text in files.texts() {
            let lines = Lines::of(text);
            for (name, range) in scan::packages(&text.text) {
                places.packages.entry(name).or_insert_with(|| lines.place(range));
            }
            places.texts.insert(text.name.clone(), lines);
        }
        for text in &files.main {
            let lost = scan::lost_tags(&text.text).into_iter();
            let lines = places.texts.get(&text.name);
            places.lost_tags.extend(lost.map(|(name, range)| TagNote {
                item: "parameter".to_owned(),
                place: lines.map(|lines| lines.place(range)),
                message: format!(
                    "tag `@{name}` stands at a parameter, and WIT keeps no documentation of those"
                ),
                help: format!(
                    "declare `type .. = ..` with the tag `@{name}`, and give the parameter that type"
                ),
            }));
        }
        places
    }

    /// No sources: for binaries.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// The place of a span; none where it is unknown, as everything in a binary is.
    pub(super) fn of(&self, resolve: &Resolve, span: Span) -> Option<Place> {
        let location = resolve.source_map.resolve_span(span)?;
        self.texts.get(location.path).map(|lines| lines.place(location.range))
    }

    /// Where a package is named, by its full name.
    pub(super) fn package(&self, name: &str) -> Option<Place> {
        self.packages.get(name).cloned()
    }

    /// Tags of the package's own files that nothing ever sees.
    pub(super) fn lost_tags(&self) -> &[TagNote] {
        &self.lost_tags
    }
}

/// A text whose line starts are known.
pub(super) struct Lines {
    file: String,
    text: String,
    starts: Vec<usize>,
    /// Characters before each block of the text: a line may be as long as the whole text.
    before: Vec<usize>,
}

/// How many bytes a block has.
const BLOCK_BYTES: usize = 256;

impl Lines {
    pub(super) fn of(text: &Text) -> Self {
        let newlines = text.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(offset, _)| offset + 1)).collect();
        let mut seen = 0;
        let blocks = text.text.as_bytes().chunks(BLOCK_BYTES).map(|block| {
            seen += characters(block);
            seen
        });
        let before = std::iter::once(0).chain(blocks).collect();
        Self { file: text.name.clone(), text: text.text.clone(), starts, before }
    }

    /// How many characters stand before this byte.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK_BYTES;
        let rest = self.text.as_bytes().get(block * BLOCK_BYTES..offset).unwrap_or_default();
        self.before.get(block).copied().unwrap_or_default() + characters(rest)
    }

    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Place {
        let line = self.starts.partition_point(|start| *start <= range.start).max(1);
        let line_start = self.starts.get(line - 1).copied().unwrap_or_default();
        let line_end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let slice = |start: usize, end: usize| self.text.get(start..end).unwrap_or_default();
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let column = self.characters_before(range.start).saturating_sub(self.characters_before(line_start));
        Place {
            file: self.file.clone(),
            line: small(line),
            column: small(column).saturating_add(1),
            length: small(first_line(slice(range.start, range.end)).chars().count()).max(1),
            line_text: Place::held(without_end(slice(line_start, line_end))),
        }
    }
}

/// Bytes that begin a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// A line without the characters that end it.
fn without_end(line: &str) -> &str {
    let Some(line) = line.strip_suffix('\n') else { return line };
    line.strip_suffix('\r').unwrap_or(line)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
