//! Every module on every firmware, as a table a class of device.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{ContentArrangement, Table, TableStyle, presets};

use super::markdown::cell;
use super::words::{self, visible};
use crate::verdict::{EdgeEnd, Pair, Verdict};

/// One table a class of device: modules down, firmwares across; then one of all edges, if there are any. Tables of pairs that are wider than `width` columns are cut
/// between firmwares.
pub fn matrix(verdict: &Verdict, width: Option<usize>) -> String {
    let mut out = String::new();
    for target in targets(verdict) {
        for columns in target.blocks(width) {
            out.push_str(&table(&target, columns, Form::Plain));
            out.push_str("\n\n");
        }
    }
    if !verdict.edges.is_empty() {
        out.push_str(&edges(verdict, Form::Plain, width));
    }
    if out.is_empty() { "no module names a target\n".to_owned() } else { out.trim_end().to_owned() + "\n" }
}

/// The same as tables of Markdown.
pub(super) fn matrix_markdown(verdict: &Verdict) -> Vec<String> {
    let targets = targets(verdict);
    let tables = targets.iter().map(|target| table(target, &target.firmwares, Form::Markdown) + "\n");
    let edges = (!verdict.edges.is_empty()).then(|| edges(verdict, Form::Markdown, None) + "\n");
    tables.chain(edges).collect()
}

/// The pairs of one class of device.
struct Target<'v> {
    name: &'v str,
    /// Versions, in the order of the verdict: oldest first.
    firmwares: Vec<&'v str>,
    /// Modules with their versions, and each one's answer by firmware.
    modules: BTreeMap<String, BTreeMap<&'v str, &'static str>>,
}

fn targets(verdict: &Verdict) -> Vec<Target<'_>> {
    let version_of: BTreeMap<&str, &str> =
        verdict.modules.iter().map(|module| (module.name.as_str(), module.version.as_str())).collect();
    let names: BTreeSet<&str> = verdict.pairs.iter().map(|pair| pair.target.as_str()).collect();
    let mut pairs_of: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in &verdict.pairs {
        pairs_of.entry(pair.target.as_str()).or_default().push(pair);
    }
    let target = |name| {
        let firmwares = verdict.firmwares.iter().filter(|firmware| firmware.target == name);
        let mut modules: BTreeMap<String, BTreeMap<&str, &'static str>> = BTreeMap::new();
        for pair in pairs_of.get(name).into_iter().flatten() {
            let version = version_of.get(pair.module.as_str()).copied().unwrap_or_default();
            let row = modules.entry(visible(&format!("{} {version}", pair.module)).into_owned()).or_default();
            row.insert(pair.firmware.as_str(), words::pair(pair.level));
        }
        Target { name, firmwares: firmwares.map(|firmware| firmware.version.as_str()).collect(), modules }
    };
    names.into_iter().map(target).collect()
}

impl<'v> Target<'v> {
    /// The firmwares, in runs whose tables are not wider than `width`; each run has one at least.
    fn blocks(&self, width: Option<usize>) -> Vec<&[&'v str]> {
        let Some(width) = width else { return vec![&self.firmwares] };
        let first = self.modules.keys().map(String::len).max().unwrap_or_default().max(self.name.len());
        let column = |firmware: &str| {
            let cells = self.modules.values().filter_map(|row| row.get(firmware)).map(|cell| cell.len());
            cells.max().unwrap_or_default().max(firmware.len()) + COLUMN_FRAME
        };
        let mut blocks = Vec::new();
        let (mut start, mut taken) = (0, first + COLUMN_FRAME + 1);
        for (at, firmware) in self.firmwares.iter().enumerate() {
            let wide = column(firmware);
            if at > start && taken + wide > width {
                blocks.extend(self.firmwares.get(start..at));
                (start, taken) = (at, first + COLUMN_FRAME + 1);
            }
            taken += wide;
        }
        blocks.extend(self.firmwares.get(start..));
        blocks
    }
}

/// A space on both sides and one line.
const COLUMN_FRAME: usize = 3;

/// Who reads a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// People, as it is.
    Plain,
    /// A renderer, which takes some characters of a name for its own.
    Markdown,
}

impl Form {
    fn style(self) -> TableStyle {
        match self {
            Self::Plain => presets::ASCII_FULL_CONDENSED,
            Self::Markdown => presets::ASCII_MARKDOWN,
        }
    }

    fn written(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Markdown => cell(text),
        }
    }
}

fn table(target: &Target<'_>, firmwares: &[&str], form: Form) -> String {
    let mut table = Table::new();
    table.load_style(form.style()).set_content_arrangement(ContentArrangement::Disabled);
    table
        .set_header(std::iter::once(target.name).chain(firmwares.iter().copied()).map(|it| form.written(it)));
    for (module, row) in &target.modules {
        let cells = firmwares.iter().map(|firmware| row.get(firmware).copied().unwrap_or("-").to_owned());
        table.add_row(std::iter::once(form.written(module)).chain(cells));
    }
    table.to_string()
}

/// Cells that do not fit into `width` are broken.
fn edges(verdict: &Verdict, form: Form, width: Option<usize>) -> String {
    let end = |end: &EdgeEnd| {
        let version = end.version.as_deref().unwrap_or("unknown");
        form.written(&visible(&format!("{} {version} {}", end.module, end.path)))
    };
    let mut table = Table::new();
    table.load_style(form.style()).set_content_arrangement(ContentArrangement::Disabled);
    if let Some(width) = width.and_then(|width| u16::try_from(width).ok()) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(["from", "to", "edge"]);
    for edge in &verdict.edges {
        table.add_row([end(&edge.from), end(&edge.to), words::pair(edge.level).to_owned()]);
    }
    table.to_string()
}
