//! What every command writes to: standard output for results, standard error for errors.
//!
//! A reader that goes away (`linchpin check | head -1`) is no error: the rest is dropped and the exit code
//! stays what the command found.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::error::Error;
use crate::failure;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing was found: exit code 0.
    Clean,
    /// Something was found: exit code 1.
    Findings,
    /// The question could not be answered: exit code 2.
    CouldNotRun,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::CouldNotRun => 2,
        }
    }
}

/// The form of a command's result. Every command has the first two; see [`Command::formats`](crate::command::Command::formats).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON document.
    Json,
    /// For programs: one JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// JUnit XML, for test reports.
    Junit,
    /// Markdown, for a comment on a pull request.
    Markdown,
    /// A table of modules and firmwares.
    Matrix,
}

impl Format {
    /// As the user writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Matrix => "matrix",
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal that has it.
    #[default]
    Auto,
    /// Also into a pipe or a file.
    Always,
    /// Not at all.
    Never,
}

impl Color {
    /// The word that cargo's own `--color` takes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// Emphasis.
pub const BOLD: Style = Style::new().bold();
/// Said with less weight.
pub const DIM: Style = Style::new().dimmed();
/// In order.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Worth a look.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();
/// Out of order.
pub const BAD: Style = AnsiColor::Red.on_default().bold();

/// Narrower text cannot be read; a terminal may claim to have no columns at all.
const MIN_WIDTH: usize = 40;

/// Puts `text` in `style`.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The two output streams and the choices that hold for all commands.
pub struct Console {
    /// The form of the result.
    pub format: Format,
    /// When to use colour.
    pub color: Color,
    /// Where to break sentences, in columns, if the user says so.
    pub width: Option<usize>,
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
}

impl Console {
    /// The process's own streams.
    pub fn new(format: Format, color: Color) -> Self {
        Self {
            format,
            color,
            width: None,
            out: AutoStream::new(io::stdout(), color.choice()),
            err: AutoStream::new(io::stderr(), color.choice()),
        }
    }

    /// Whether standard output takes colour.
    pub fn colored(&self) -> bool {
        self.out.current_choice() != anstream::ColorChoice::Never
    }

    /// Whether somebody reads standard output as it is written.
    pub fn watched(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Where to break sentences, in columns: as the user says, or `COLUMNS`, or the terminal's width; absent where
    /// there is no terminal, for programs that search by line.
    pub fn width(&self) -> Option<usize> {
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let terminal =
            || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        self.width.or_else(columns).or_else(terminal).map(|width| width.max(MIN_WIDTH))
    }

    /// Writes the result: `value` as JSON or what `text` makes of it, as the user asked.
    ///
    /// # Errors
    /// If standard output cannot be written, other than by a reader that went away.
    pub fn result<T: Serialize>(&mut self, value: &T, text: impl FnOnce(&T) -> String) -> Result<(), Error> {
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(value)
                .map_err(|reason| Error::Output { reason: reason.to_string() })?,
            Format::Text
            | Format::Jsonl
            | Format::Sarif
            | Format::Github
            | Format::Junit
            | Format::Markdown
            | Format::Matrix => text(value),
        };
        self.print(&text)
    }

    /// Writes `text` to standard output, with a line end if it has none.
    ///
    /// # Errors
    /// As [`Console::result`].
    pub fn print(&mut self, text: &str) -> Result<(), Error> {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let written = write!(self.out, "{text}{end}").and_then(|()| self.out.flush());
        match written {
            Err(reason) if reason.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::Output { reason: reason.to_string() })
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Writes `error: ..` and `fix: ..` to standard error, and for programs the same to standard output in the form
    /// that they asked for. There is nobody to tell if that fails.
    pub fn report(&mut self, error: &Error) {
        if let Some(document) = failure::document(error, self.format) {
            drop(self.print(&document));
        }
        let mut text = format!("{} {error}\n", styled(BAD, "error:"));
        if let Some(fix) = error.fix() {
            text.push_str(&format!("  {} {fix}\n", styled(GOOD, "fix:")));
        }
        self.note(&text);
    }

    /// Writes `text` to standard error, where progress and remarks go.
    pub fn note(&mut self, text: &str) {
        drop(write!(self.err, "{text}").and_then(|()| self.err.flush()));
    }
}
