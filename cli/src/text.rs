//! Small pieces of text that several commands share.

use std::path::Path;

use linchpin_contract::World;

use crate::build::ExportedFunction;
use crate::console::{BOLD, DIM, styled};

/// As `acme:water-heater/heater@1.0.0`.
pub(crate) fn world_name(world: &World) -> String {
    let package = &world.package;
    let version = package.version.as_ref().map_or(String::new(), |version| format!("@{version}"));
    format!("{}:{}/{}{version}", package.namespace, package.name, world.name)
}

/// `path` relative to the current folder where that is shorter to read.
pub(crate) fn shown_path(path: &Path) -> String {
    let relative =
        std::env::current_dir().ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned()).display().to_string()
}

/// The last part of a path.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// `12345` as `12,345`.
pub(crate) fn thousands(number: usize) -> String {
    thousands_u64(number as u64)
}

/// `12345` as `12,345`.
pub(crate) fn thousands_u64(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Columns, the first to the left and the others to the right; the first row is the head, the last the sum.
pub(crate) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::from(" ");
        for (column, cell) in row.iter().enumerate() {
            let width = width(column);
            let cell = if column == 0 { format!(" {cell:<width$}") } else { format!("  {cell:>width$}") };
            line.push_str(&cell);
        }
        let line = line.trim_end();
        let style = if number == 0 {
            DIM
        } else if number + 1 == rows.len() {
            BOLD
        } else {
            anstyle::Style::new()
        };
        out.push_str(&format!("{}\n", styled(style, line)));
    }
    out
}

/// Functions by interface with their digests, under a title.
pub(crate) fn function_list(title: &str, functions: &[ExportedFunction]) -> String {
    let mut out = String::new();
    let mut last: Option<&Option<String>> = None;
    for function in functions {
        if last != Some(&function.interface) {
            let owner = function.interface.as_deref().unwrap_or("the world itself");
            out.push_str(&format!("{} {owner}\n", styled(DIM, title)));
            last = Some(&function.interface);
        }
        out.push_str(&format!(
            "  {}\n    {} {}\n",
            styled(BOLD, &function.name),
            styled(DIM, "sha256"),
            function.digest
        ));
    }
    if functions.is_empty() {
        out.push_str(&format!("{} nothing\n", styled(DIM, title)));
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_grouped() {
        assert_eq!(super::thousands(7), "7");
        assert_eq!(super::thousands(1234), "1,234");
        assert_eq!(super::thousands(12_345_678), "12,345,678");
    }
}
