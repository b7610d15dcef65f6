//! Which WebAssembly features some bytes need: those without which the validator refuses them.

use std::collections::BTreeSet;

use wasmparser::{Validator, WasmFeatures};

use super::Invalid;

/// The least set of features under which a component is valid.
pub(super) fn needed(component: &[u8]) -> Result<WasmFeatures, Invalid> {
    let mut needed = ALWAYS;
    loop {
        let Err(refusal) = validate(component, needed) else { return Ok(needed) };
        match refusal.missing_wasm_feature() {
            Some(more) if !needed.contains(more) => needed |= more,
            // Not every refusal names the feature that would have helped.
            Some(_) | None => return searched(component),
        }
    }
}

/// Names as `relaxed-simd`, without what every engine has.
pub(super) fn names(features: WasmFeatures) -> BTreeSet<String> {
    features.difference(ALWAYS).iter_names().map(|(name, _)| name.to_lowercase().replace('_', "-")).collect()
}

/// Not a feature of anyone's engine but a switch of the validator's.
const ALWAYS: WasmFeatures = WasmFeatures::FLOATS;

fn validate(component: &[u8], features: WasmFeatures) -> Result<(), wasmparser::Error> {
    Validator::new_with_features(features).validate_all(component).map(drop)
}

/// The least set by trying: halves of all features are left out as long as the rest is enough.
fn searched(component: &[u8]) -> Result<WasmFeatures, Invalid> {
    validate(component, WasmFeatures::all())?;
    let all: Vec<WasmFeatures> = WasmFeatures::all().difference(ALWAYS).iter().collect();
    Ok(ALWAYS | least(component, ALWAYS, &all))
}

/// Which of `candidates` are needed beside `kept`; both together are enough.
fn least(component: &[u8], kept: WasmFeatures, candidates: &[WasmFeatures]) -> WasmFeatures {
    if validate(component, kept).is_ok() {
        return WasmFeatures::empty();
    }
    let (first, second) = candidates.split_at(candidates.len() / 2);
    if first.is_empty() {
        return union(second);
    }
    let needed = least(component, kept | union(second), first);
    needed | least(component, kept | needed, second)
}

fn union(features: &[WasmFeatures]) -> WasmFeatures {
    features.iter().copied().fold(WasmFeatures::empty(), WasmFeatures::union)
}
