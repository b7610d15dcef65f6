//! Which changes were seen on which edge, in which direction, and what they did there.

use std::collections::BTreeMap;

use linchpin_checker::link::Edge;
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::PairLevel;

use super::pair::runtime_name;

/// Which side has the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The host has it, the guest is old.
    HostUpgrade,
    /// The guest has it, the host is old.
    GuestUpgrade,
}

impl Direction {
    /// As tables and options name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HostUpgrade => "host-upgrade",
            Self::GuestUpgrade => "guest-upgrade",
        }
    }
}

/// An edge as tables and options name it.
#[must_use]
pub fn edge_name(edge: Edge) -> &'static str {
    match edge {
        Edge::HostToGuestImport => "import",
        Edge::GuestExportToHost => "export",
    }
}

/// A level as tables and options name it.
#[must_use]
pub fn level_name(level: PairLevel) -> &'static str {
    match level {
        PairLevel::Ok => "ok",
        PairLevel::Hazard => "hazard",
        PairLevel::Conditional => "conditional",
        PairLevel::CallFail => "call-fail",
        PairLevel::LinkFail => "link-fail",
        PairLevel::Unknown => "unknown",
    }
}

/// Where a change was seen.
pub type Cell = (&'static str, Edge, Direction, Runtime);

/// How often each change had which effect.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    cells: BTreeMap<Cell, BTreeMap<PairLevel, u64>>,
}

impl Coverage {
    /// One pair of the two sides of one change.
    pub fn add(&mut self, cell: Cell, level: PairLevel) {
        *self.cells.entry(cell).or_default().entry(level).or_default() += 1;
    }

    /// The sum of two.
    pub fn merge(&mut self, other: Self) {
        for (cell, levels) in other.cells {
            for (level, count) in levels {
                *self.cells.entry(cell).or_default().entry(level).or_default() += count;
            }
        }
    }

    /// What was seen of a cell.
    #[must_use]
    pub fn of(&self, cell: Cell) -> Option<&BTreeMap<PairLevel, u64>> {
        self.cells.get(&cell)
    }

    /// One JSON object for each cell.
    #[must_use]
    pub fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.cells.iter().map(|((change, edge, direction, runtime), levels)| {
            let mut line = serde_json::json!({
                "change": change,
                "edge": edge_name(*edge),
                "direction": direction.name(),
                "runtime": runtime_name(*runtime),
            });
            for (level, count) in levels {
                line[level_name(*level)] = (*count).into();
            }
            line
        });
        lines.collect()
    }

    /// How many cells were seen, and how many of them with effect and without.
    #[must_use]
    pub fn cells(&self) -> (usize, usize) {
        let both =
            |levels: &&BTreeMap<PairLevel, u64>| levels.len() > 1 && levels.contains_key(&PairLevel::Ok);
        (self.cells.len(), self.cells.values().filter(both).count())
    }

    /// Cells that were never seen, for changes that were seen on that edge in the other direction.
    #[must_use]
    pub fn holes(&self) -> Vec<Cell> {
        let seen = self.cells.keys().copied();
        let other = |(change, edge, direction, runtime): Cell| {
            let turned = match direction {
                Direction::HostUpgrade => Direction::GuestUpgrade,
                Direction::GuestUpgrade => Direction::HostUpgrade,
            };
            (change, edge, turned, runtime)
        };
        seen.map(other).filter(|cell| !self.cells.contains_key(cell)).collect()
    }

    /// Changes that were never made.
    #[must_use]
    pub fn never_made(&self) -> Vec<&'static str> {
        let made = |name: &str| self.cells.keys().any(|(change, ..)| *change == name);
        super::change::all().into_iter().map(|change| change.name).filter(|name| !made(name)).collect()
    }

    /// One line for each change, edge and direction: what the typed runtime made of it.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!("{:36} {:6} {:13} levels in each runtime\n", "change", "edge", "direction");
        let mut last = None;
        for ((change, edge, direction, runtime), levels) in &self.cells {
            if last != Some((change, edge, direction)) {
                text += &format!("{change:36} {:6} {:13}\n", edge_name(*edge), direction.name());
                last = Some((change, edge, direction));
            }
            let levels: Vec<_> =
                levels.iter().map(|(level, count)| format!("{} {count}", level_name(*level))).collect();
            text += &format!("{:57} {:20} {}\n", "", runtime_name(*runtime), levels.join(", "));
        }
        text
    }
}
