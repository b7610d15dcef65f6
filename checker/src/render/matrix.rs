//! Every module on every firmware, as a table a class of device.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{ContentArrangement, Table, TableStyle, presets};

use super::words::{self, visible};
use crate::verdict::{EdgeEnd, Pair, Verdict};

/// One table a class of device: modules down, firmwares across; then one of all edges, if there are any. Tables of pairs that are wider than `width` columns are cut
/// between firmwares.
pub fn matrix(verdict: &Verdict, width: Option<usize>) -> String {
    let mut out = String::new();
    for target in targets(verdict) {
        for columns in target.blocks(width) {
            out.push_str(&table(&target, columns, presets::ASCII_FULL_CONDENSED));
            out.push_str("\n\n");
        }
    }
    if !verdict.edges.is_empty() {
        out.push_str(&edges(verdict, presets::ASCII_FULL_CONDENSED, width));
    }
    if out.is_empty() { "no module names a target\n".to_owned() } else { out.trim_end().to_owned() + "\n" }
}

/// The same as tables of Markdown.
pub(super) fn matrix_markdown(verdict: &Verdict) -> Vec<String> {
    let targets = targets(verdict);
    let tables =
        targets.iter().map(|target| table(target, &target.firmwares, presets::ASCII_MARKDOWN) + "\n");
    let edges = (!verdict.edges.is_empty()).then(|| edges(verdict, presets::ASCII_MARKDOWN, None) + "\n");
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

fn table(target: &Target<'_>, firmwares: &[&str], style: TableStyle) -> String {
    let mut table = Table::new();
    table.load_style(style).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(std::iter::once(target.name).chain(firmwares.iter().copied()));
    for (module, row) in &target.modules {
        let cells = firmwares.iter().map(|firmware| row.get(firmware).copied().unwrap_or("-"));
        table.add_row(std::iter::once(module.as_str()).chain(cells));
    }
    table.to_string()
}

/// Cells that do not fit into `width` are broken.
fn edges(verdict: &Verdict, style: TableStyle, width: Option<usize>) -> String {
    let end = |end: &EdgeEnd| {
        let version = end.version.as_deref().unwrap_or("unknown");
        visible(&format!("{} {version} {}", end.module, end.path)).into_owned()
    };
    let mut table = Table::new();
    table.load_style(style).set_content_arrangement(ContentArrangement::Disabled);
    if let Some(width) = width.and_then(|width| u16::try_from(width).ok()) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(["from", "to", "edge"]);
    for edge in &verdict.edges {
        table.add_row([end(&edge.from), end(&edge.to), words::pair(edge.level).to_owned()]);
    }
    table.to_string()
}
