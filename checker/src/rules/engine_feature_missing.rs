//! # `engine-feature-missing`
//!
//! ## What it does
//!
//! Finds WebAssembly features without which a component is not valid and which the engine of the target's runtime
//! does not enable: for `linchpin` what `linchpin-host` configures, for `wasmtime-48` the engine's defaults.
//!
//! ## Why it breaks
//!
//! The engine refuses the component when it compiles it, on the device, after the update was shipped.
//!
//! ## Example
//!
//! A module compiled with `-Ctarget-feature=+tail-call` for a `linchpin` target.
//!
//! ## What to do
//!
//! Build without the feature: `linchpin build` enables none that a firmware lacks. A version in a canonical name
//! (`@0.1` with a suffix) comes from a newer `wasm-tools`: encode the component with the older names.

use crate::profile::missing_features;
use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "engine-feature-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a module uses a WebAssembly feature that a target's engine lacks",
    source: include_str!("engine_feature_missing.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "build without the feature: `linchpin build` enables none that a firmware lacks. A version in a canonical name (`@0.1` with a suffix) comes from a newer `wasm-tools`: encode the component with the older names";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let Some(engine) = target.runtime.engine() else { return };
    for feature in missing_features(&module.profile.features, target.runtime) {
        let message = format!(
            "module `{}` needs the WebAssembly feature `{feature}`, which {} does not have",
            module.name,
            engine.name()
        );
        sink.report_module(module, &feature, message, format!("needs `{feature}`"), HELP);
    }
}
