//! `[[edges]]`: which output feeds which input.

use super::reader::{Reader, Table, Text, did_you_mean};
use crate::edges::endpoint::{Endpoint, Malformed, giver, taker};
use crate::system::Edge;
use crate::verdict::Carrier;

pub(super) fn read<'t>(reader: &mut Reader<'t>, root: &Table<'t>) -> Vec<Edge> {
    let help = "`[[edges]]` with `from` and `to`";
    let tables = root.optional_tables_of(reader, "edges", help);
    let edges: Vec<Edge> = tables.iter().filter_map(|table| edge(reader, table)).collect();
    for (index, edge) in edges.iter().enumerate() {
        let again = |before: &&Edge| {
            before.from.is_value_of(&edge.from) && before.to.is_value_of(&edge.to) && before.how == edge.how
        };
        if let Some(first) = edges.iter().take(index).find(again) {
            let (place, key) = (edge.from.place.clone(), format!("edges[{index}]"));
            let text = Text { value: String::new(), place, key };
            let reason = format!("is the edge of line {} a second time", first.from.place.line);
            reader.bad::<()>(&text, reason, "take one of the two out");
        }
    }
    edges
}

fn edge<'t>(reader: &mut Reader<'t>, table: &Table<'t>) -> Option<Edge> {
    table.only(reader, &["from", "to", "how"]);
    let help = "what is given, as in `from = \"forecast/day-ahead -> ok.prices\"`";
    let from = table.required(reader, "from", help);
    let from = from.and_then(|text| endpoint(reader, &text, giver));
    let to = table.required(reader, "to", "what takes it, as in `to = \"setpoint/plan(inputs.prices)\"`");
    let to = to.and_then(|text| endpoint(reader, &text, taker));
    let how = match table.optional(reader, "how") {
        Some(text) => carrier(reader, &text),
        None => Some(Carrier::Typed),
    };
    Some(Edge { from: from?, to: to?, how: how? })
}

fn carrier(reader: &mut Reader<'_>, text: &Text) -> Option<Carrier> {
    match text.value.as_str() {
        "typed" => Some(Carrier::Typed),
        "dynamic" => Some(Carrier::Dynamic),
        other => {
            let help = did_you_mean(other, &["typed", "dynamic"]);
            reader.bad(text, format!("is `{other}`, which is no way to carry a value"), &help)
        }
    }
}

/// Reads an end, or notes why it is none.
pub(super) fn endpoint(
    reader: &mut Reader<'_>,
    text: &Text,
    parse: fn(&str, &linchpin_contract::Place) -> Result<Endpoint, Malformed>,
) -> Option<Endpoint> {
    parse(&text.value, &text.place)
        .map_err(|wrong| {
            let at = Text { value: text.value.clone(), place: wrong.place, key: text.key.clone() };
            reader.bad::<()>(&at, wrong.reason, wrong.help);
        })
        .ok()
}
