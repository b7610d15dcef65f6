//! A finding in a few lines of plain text, for programs that show text beside a place.

use super::words;
use super::{hits, origin};
use crate::verdict::Finding;

/// What is wrong, the other places, whom it hits, who moves first, what to do: a line each.
pub(super) fn prose(finding: &Finding, base: &origin::Origin) -> Vec<String> {
    let places = origin::located(finding);
    let mut lines = vec![finding.message.clone()];
    if let Some((side, _)) = places.first {
        lines.push(words::label(side));
    }
    for (side, spot) in &places.others {
        let path = base.path(&spot.file);
        lines.push(format!("{path}:{}:{}: {}", spot.line, spot.column, words::label(side)));
    }
    lines.extend(finding.sides.iter().filter(|side| side.place.is_none()).flat_map(words::placeless));
    lines.push(format!("at {}", finding.path));
    if !finding.hits.is_empty() {
        lines.push(format!("hits {}", hits::brief(&finding.hits)));
    }
    lines.extend(words::devices(finding));
    lines.extend(words::order(finding));
    lines.extend(words::waiver(finding));
    lines.push(format!("help: {}", finding.help));
    lines
}
