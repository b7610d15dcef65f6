//! Pairs as JSON: one row for firmwares in a row that have the same answer. A fleet has many firmwares, and nearly
//! all of them say the same.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::verdict::{Pair, PairLevel, PolicyLevel};

#[derive(Serialize, Deserialize)]
struct Row {
    module: String,
    target: String,
    link: PairLevel,
    policy: PolicyLevel,
    level: PairLevel,
    firmwares: Vec<String>,
}

impl Row {
    fn of(pair: &Pair) -> Self {
        Self {
            module: pair.module.clone(),
            target: pair.target.clone(),
            link: pair.link,
            policy: pair.policy,
            level: pair.level,
            firmwares: vec![pair.firmware.clone()],
        }
    }

    fn holds(&self, pair: &Pair) -> bool {
        self.module == pair.module
            && self.target == pair.target
            && (self.link, self.policy, self.level) == (pair.link, pair.policy, pair.level)
    }
}

pub(crate) fn serialize<S: Serializer>(pairs: &[Pair], serializer: S) -> Result<S::Ok, S::Error> {
    let mut rows: Vec<Row> = Vec::new();
    for pair in pairs {
        match rows.last_mut() {
            Some(row) if row.holds(pair) => row.firmwares.push(pair.firmware.clone()),
            Some(_) | None => rows.push(Row::of(pair)),
        }
    }
    serializer.collect_seq(rows)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pair>, D::Error> {
    let rows: Vec<Row> = Vec::deserialize(deserializer)?;
    let pairs = rows.into_iter().flat_map(|row| {
        let Row { module, target, link, policy, level, firmwares } = row;
        let pair = move |firmware| Pair {
            module: module.clone(),
            target: target.clone(),
            firmware,
            link,
            policy,
            level,
        };
        firmwares.into_iter().map(pair).collect::<Vec<_>>()
    });
    Ok(pairs.collect())
}
