//! Two edges between the same two functions whose names cross: `min` into `max`, and `max` into `min`.

use super::endpoint::Endpoint;
use super::found::{Found, Kind};
use crate::rule::Shown;
use crate::system::Edge;

/// What is wrong with an edge beside the others.
pub(crate) fn found(edge: &Edge, others: &[Edge]) -> Option<Found> {
    let (given, taken) = (last(&edge.from), last(&edge.to));
    let crossed = |other: &&Edge| {
        edge.from.is_of_function(&other.from)
            && edge.to.is_of_function(&other.to)
            && given != taken
            && last(&other.from) == taken
            && last(&other.to) == given
            && edge.to.path != other.to.path
    };
    let other = others.iter().find(crossed)?;
    // Both edges are found to be crossed, in the same words, and are reported as one.
    let mut both = [&edge.from, &other.from];
    both.sort_by(|one, other| one.place.cmp(&other.place));
    let [first, second] = both;
    Some(Found {
        kind: Kind::Swapped { given: last(first).to_owned(), taken: last(second).to_owned() },
        path: String::new(),
        from: Shown::new(Some(&first.place), first.text.clone()),
        to: Shown::new(Some(&second.place), second.text.clone()),
    })
}

/// The name of the value itself.
fn last(end: &Endpoint) -> &str {
    let named = end.path.iter().rev().find(|segment| segment.name != "[]");
    named.map_or(end.function.name.as_str(), |segment| segment.name.as_str())
}
