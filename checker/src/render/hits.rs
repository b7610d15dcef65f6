//! Whom a finding hits, in one phrase. Long lists are summed up.

use super::words::{counted, thousands};
use crate::verdict::Hit;

/// Up to so many hits are all named.
const ALL: usize = 8;
/// Of longer lists, so many are named.
const FIRST: usize = 4;

/// `` `setpoint` 1.4.0 on `heater-3` 3.0.0, 3.1.0 ``; of more than eight, how many and the first four.
pub(super) fn brief(hits: &[Hit]) -> String {
    if hits.len() <= ALL {
        return full(hits);
    }
    let first = hits.get(..FIRST).unwrap_or(hits);
    format!(
        "{}: {}; and {} more",
        counted(hits.len(), kind(hits)),
        full(first),
        thousands(hits.len() - FIRST)
    )
}

/// All of them, grouped by module and target.
pub(super) fn full(hits: &[Hit]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last: Option<&Hit> = None;
    for hit in hits {
        match (parts.last_mut(), &hit.on) {
            (Some(part), Some(on)) if last.is_some_and(|last| same_seat(last, hit)) => {
                part.push_str(", ");
                part.push_str(&on.firmware);
            }
            (_, Some(on)) => {
                parts.push(format!("`{}` {} on `{}` {}", hit.module, hit.version, on.target, on.firmware));
            }
            (_, None) => parts.push(format!("`{}` {}", hit.module, hit.version)),
        }
        last = Some(hit);
    }
    parts.join("; ")
}

fn same_seat(one: &Hit, other: &Hit) -> bool {
    let target = |hit: &Hit| hit.on.as_ref().map(|on| on.target.clone());
    one.module == other.module && one.version == other.version && target(one) == target(other)
}

fn kind(hits: &[Hit]) -> &'static str {
    if hits.iter().all(|hit| hit.on.is_some()) { "pair" } else { "module" }
}
