//! A page of Markdown in a terminal: headings, paragraphs and code as they look, not as they are written.

use anstyle::{AnsiColor, Style};

use crate::console::{BOLD, styled};

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const CODE: Style = AnsiColor::Green.on_default();
const CODE_INDENT: &str = "    ";

/// The page with ANSI styles, its paragraphs broken at `width` columns. Code is never broken.
pub(crate) fn page(markdown: &str, width: Option<usize>) -> String {
    let mut page = Page { width, out: String::new(), paragraph: String::new(), in_code: false };
    markdown.lines().for_each(|line| page.line(line));
    page.end_paragraph();
    page.out
}

/// One sentence with ANSI styles: words in backticks stand out. Broken at `width` columns less `indent`, which stands
/// before every line.
pub(crate) fn sentence(text: &str, indent: &str, width: Option<usize>) -> String {
    let broken = match width {
        Some(width) => textwrap::wrap(text, options(width.saturating_sub(indent.len())))
            .iter()
            .map(|line| format!("{indent}{line}"))
            .collect::<Vec<_>>()
            .join("\n"),
        None => format!("{indent}{text}"),
    };
    inline(&broken)
}

struct Page {
    width: Option<usize>,
    out: String,
    paragraph: String,
    in_code: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        if line.starts_with("```") {
            self.end_paragraph();
            self.in_code = !self.in_code;
        } else if self.in_code {
            let line = format!("{CODE_INDENT}{line}");
            self.out.push_str(&format!("{}\n", styled(CODE, line.trim_end())));
        } else if let Some((marks, title)) = heading(line) {
            self.end_paragraph();
            let style = if marks == 1 { BOLD } else { HEADING };
            self.out.push_str(&format!("{}\n", styled(style, &title.replace('`', ""))));
        } else if line.is_empty() {
            self.end_paragraph();
            self.out.push('\n');
        } else {
            if line.starts_with("- ") {
                self.end_paragraph();
            }
            let space = if self.paragraph.is_empty() { "" } else { " " };
            self.paragraph.push_str(space);
            self.paragraph.push_str(line.trim());
        }
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            let paragraph = std::mem::take(&mut self.paragraph);
            self.out.push_str(&format!("{}\n", sentence(&paragraph, "", self.width)));
        }
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let title = line.trim_start_matches('#');
    let marks = line.len() - title.len();
    Some((marks, title.strip_prefix(' ')?)).filter(|_| marks > 0)
}

/// Breaks between words alone, so that a name can be copied.
pub(crate) fn options<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}

/// What stands in backticks in the style of code, without them.
fn inline(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { styled(CODE, part) } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_shows_headings_code_and_paragraphs() {
        let markdown =
            "# `a-rule`\n\n## Example\n\nTake `one` thing\nand another.\n\n```wit\n// #\nenum e { a }\n```\n";
        let plain = anstream::adapter::strip_str(&page(markdown, Some(16))).to_string();
        assert_eq!(
            plain,
            "a-rule\n\nExample\n\nTake one thing\nand another.\n\n    // #\n    enum e { a }\n"
        );
    }
}
