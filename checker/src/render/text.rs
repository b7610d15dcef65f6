//! Text as rustc writes it: one report a finding, with the places of both sides.

use std::collections::BTreeSet;

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Style};
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet};

use super::closing::{rollout_text, summary_text};
use super::hits;
use super::words::{self, visible};
use crate::verdict::{Finding, Level, Side, Spot, Verdict};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// With ANSI escapes, of the terminal's own sixteen colours.
    Always,
    /// Plain.
    #[default]
    Never,
}

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Errors and warnings; long lists are summed up.
    #[default]
    Brief,
    /// Also what is allowed or waived; lists in full.
    Full,
}

/// How to write text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextOptions {
    /// Whether to colour.
    pub colour: Colour,
    /// How much to say.
    pub detail: Detail,
    /// Where to break sentences, in columns; absent to leave each on a line of its own. Lines of source are never
    /// broken.
    pub width: Option<usize>,
}

/// The whole report: each finding, the order of the rollout if there is one, then one line of summary.
pub fn text(verdict: &Verdict, options: &TextOptions) -> String {
    let findings = findings_text(&verdict.findings, options);
    findings + &rollout_text(verdict, options) + &summary_text(verdict, options)
}

/// One report a finding, each with an empty line behind it. What follows from the order of two sides is told once,
/// unless everything is asked for.
pub fn findings_text(findings: &[Finding], options: &TextOptions) -> String {
    let renderer = renderer(options);
    let mut out = String::new();
    let mut told = BTreeSet::new();
    for finding in findings.iter().filter(|finding| shown(finding, options)) {
        let first = told.insert((finding.role, finding.moves_first)) || options.detail == Detail::Full;
        let order = if first { words::order(finding) } else { words::order_brief(finding) };
        out.push_str(&renderer.render(&[group(finding, order, options)]));
        out.push_str("\n\n");
    }
    out
}

pub(super) const BAD: Style = AnsiColor::BrightRed.on_default().bold();
const WARN: Style = AnsiColor::Yellow.on_default().bold();
/// Bright green cannot be read on white.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();

fn renderer(options: &TextOptions) -> Renderer {
    let renderer = match options.colour {
        Colour::Always => Renderer::styled().error(BAD).warning(WARN).note(GOOD),
        Colour::Never => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    match options.width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    }
}

pub(super) fn paint(text: &str, style: Style, options: &TextOptions) -> String {
    match options.colour {
        Colour::Always => format!("{style}{text}{style:#}"),
        Colour::Never => text.to_owned(),
    }
}

pub(super) fn shown(finding: &Finding, options: &TextOptions) -> bool {
    options.detail == Detail::Full || finding.level != Level::Allow
}

fn group<'f>(finding: &'f Finding, order: Option<String>, options: &TextOptions) -> Group<'f> {
    let severity = match finding.level {
        Level::Deny => Severity::ERROR,
        Level::Warn => Severity::WARNING,
        Level::Allow => Severity::NOTE,
    };
    let head = words::level(finding.level).len() + finding.rule.len() + "[]: ".len();
    let title = wrapped(&finding.message, head, options);
    let mut group = Group::with_title(severity.primary_title(title).id(finding.rule.as_str()));
    for (index, side) in finding.sides.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match &side.place {
            Some(spot) if spot.line_text.is_empty() => group.element(origin(spot)),
            Some(spot) => group.element(snippet(spot, kind, words::label(side))),
            None => group,
        };
    }
    let indent = indent(&finding.sides);
    // Without their line, labels stand by themselves.
    let bare = |side: &&Side| side.place.as_ref().is_some_and(|spot| spot.line_text.is_empty());
    for side in finding.sides.iter().filter(bare) {
        let label = format!("{}: {}", words::label(side), side.text);
        group = group.element(Severity::NOTE.message(wrapped(&label, indent, options)));
    }
    for note in notes(finding, order, options) {
        group = group.element(Severity::NOTE.message(wrapped(&note, indent, options)));
    }
    group.element(Severity::HELP.message(wrapped(&finding.help, indent, options)))
}

/// Columns that stand before a note's first word: `  = note: `, behind the longest line number.
fn indent(sides: &[Side]) -> usize {
    let lines = sides.iter().filter_map(|side| side.place.as_ref()).map(|spot| spot.line);
    let digits = lines.max().map_or(0, |line| line.to_string().len());
    digits + " = note: ".len()
}

fn snippet(
    spot: &Spot,
    kind: AnnotationKind,
    label: String,
) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    // The same number of characters, so that the span stays where it is.
    let printed = |c: char| if c.is_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
    let line: String = spot.line_text.chars().map(printed).collect();
    let byte = |column: u32| {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    };
    let start = byte(spot.column.saturating_sub(1));
    let end = byte(spot.column.saturating_sub(1).saturating_add(spot.length)).max(start);
    Snippet::source(line)
        .line_start(usize::try_from(spot.line).unwrap_or(1))
        .path(visible(&spot.file))
        .annotation(kind.span(start..end).label(visible(&label).into_owned()))
}

/// A place whose line is too long to be shown.
fn origin(spot: &Spot) -> Origin<'_> {
    let number = |number: u32| usize::try_from(number).unwrap_or(1);
    Origin::path(visible(&spot.file)).line(number(spot.line)).char_column(number(spot.column))
}

fn notes(finding: &Finding, order: Option<String>, options: &TextOptions) -> Vec<String> {
    let mut notes: Vec<String> =
        finding.sides.iter().filter(|side| side.place.is_none()).flat_map(words::placeless).collect();
    notes.push(format!("at {}", finding.path));
    if !finding.hits.is_empty() {
        let hits = match options.detail {
            Detail::Brief => hits::brief(&finding.hits),
            Detail::Full => hits::full(&finding.hits),
        };
        notes.push(format!("hits {hits}"));
    }
    notes.extend(words::devices(finding));
    notes.extend(order);
    notes.extend(words::waiver(finding));
    if let (Detail::Full, Some(bump)) = (options.detail, finding.bump) {
        notes.push(format!("such a change of a contract needs a {} version", words::step(bump)));
    }
    notes
}

/// Breaks a sentence at the width, less the columns that are taken.
pub(super) fn wrapped(text: &str, taken: usize, options: &TextOptions) -> String {
    let text = visible(text);
    let Some(width) = options.width else { return text.into_owned() };
    let width = width.saturating_sub(taken).max(MIN_WIDTH);
    let options = textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    textwrap::wrap(&text, options).join("\n")
}

/// Narrower columns of words cannot be read.
const MIN_WIDTH: usize = 30;
