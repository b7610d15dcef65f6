//! What `linchpin-host` refuses by the shape of a component, before it compiles anything.

use super::Profile;
use super::component::{OTHER_INSTANCE, SEVERAL_INSTANCES};

/// The host's own bounds, which no target can raise.
const TABLES_MAX: usize = 4;
const TABLE_ELEMENTS_MAX: u64 = 1 << 16;
/// Mutable globals that a reset sets back.
const MUTABLE_GLOBALS_MAX: u32 = 64;

/// Each shape that the host has no place for, in words.
pub(crate) fn refused_shapes(profile: &Profile) -> Vec<String> {
    // Several core modules are a finding of their own, and their instances go with them.
    let follows = |shape: &&String| {
        profile.core_modules > 1 && [OTHER_INSTANCE, SEVERAL_INSTANCES].contains(&shape.as_str())
    };
    let mut refused: Vec<String> = profile.unusual.iter().filter(|shape| !follows(shape)).cloned().collect();
    if profile.core_modules == 0 {
        refused.push("no core module".to_owned());
    }
    if profile.tables.len() > TABLES_MAX {
        refused.push(format!("more than {TABLES_MAX} tables"));
    }
    if profile.tables.iter().any(|table| table.initial_elements > TABLE_ELEMENTS_MAX) {
        refused.push(format!("a table of more than {TABLE_ELEMENTS_MAX} elements"));
    }
    refused
}

/// Whatever would stay from one call to the next, in words.
pub(crate) fn kept_state(profile: &Profile) -> Vec<String> {
    let mut kept: Vec<String> = profile.kept_state.iter().cloned().collect();
    if profile.mutable_globals > MUTABLE_GLOBALS_MAX {
        kept.push(format!("more than {MUTABLE_GLOBALS_MAX} mutable globals"));
    }
    kept
}
