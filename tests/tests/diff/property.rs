//! The comparison and the relation of functions are two programs that answer the same question.

#[path = "../relation/types.rs"]
mod types;

use std::sync::atomic::{AtomicUsize, Ordering};

use linchpin_checker::diff::Source;
use linchpin_checker::verdict::{Level, PairLevel, Plane, Role};
use linchpin_checker::{Diff, diff};
use linchpin_contract::relation::{Relation, relate};
use linchpin_contract::{Contract, Function, Interface, InterfaceId, Package, PackageId, Stability};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use types::{function, mutated};

use crate::fixture::answer;

fn source(name: &str, function: &Function) -> Source {
    let id = PackageId { namespace: "a".to_owned(), name: "b".to_owned(), version: None };
    let interface = Interface {
        id: InterfaceId { package: Some(id.clone()), name: "i".to_owned() },
        types: Vec::new(),
        functions: vec![function.clone()],
        docs: String::new(),
        stability: Stability::Unknown,
        place: None,
    };
    let package =
        Package { id, interfaces: vec![interface], worlds: Vec::new(), docs: String::new(), place: None };
    let contract =
        Contract { packages: vec![package], own_packages: 1, files: Vec::new(), tag_notes: Vec::new() };
    Source::contract(name, contract)
}

fn denied(diff: &Diff) -> usize {
    let denied = |level, plane| level == Level::Deny && plane == Plane::Link;
    diff.findings.iter().filter(|finding| denied(finding.level, finding.plane)).count()
}

/// Counts, so that a property over kinds of relation cannot hold by never meeting one.
#[test]
fn only_the_same_function_has_no_denied_finding() {
    let met: [AtomicUsize; 3] = Default::default();
    let config = ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(one in function(), entropy in any::<Vec<u8>>())| {
        let other = mutated(&one, &entropy);
        let diff = diff(&source("before", &one), &source("after", &other), None).unwrap();
        let host = answer(&diff, Role::HostUpgrade).level;
        let kind = match relate(&one, &other) {
            Relation::Same => {
                prop_assert!(diff.findings.is_empty() && diff.clean);
                prop_assert_eq!(host, PairLevel::Ok);
                0
            }
            Relation::Adaptable(_) => {
                prop_assert!(denied(&diff) > 0 && !diff.clean);
                prop_assert!(host != PairLevel::Ok);
                prop_assert_eq!(answer(&diff, Role::Data).level, PairLevel::Ok);
                1
            }
            Relation::Breaks(_) => {
                prop_assert!(denied(&diff) > 0 && !diff.clean);
                prop_assert!(host != PairLevel::Ok);
                2
            }
        };
        met[kind].fetch_add(1, Ordering::Relaxed);
    });
    for met in met {
        assert!(met.into_inner() > 50);
    }
}
