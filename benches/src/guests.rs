//! The guests, built by `linchpin build`.

use crate::Failure;
use linchpin::build::{BuildOptions, build};
use linchpin_host::{Component, Limits};
use std::path::Path;

/// Components.
pub(crate) struct Guests {
    pub(crate) add: Vec<u8>,
    pub(crate) calls: Vec<u8>,
    pub(crate) mlp: Vec<u8>,
    plan: Vec<u8>,
    pub(crate) schedule: Vec<u8>,
}

impl Guests {
    pub(crate) fn build() -> Result<Self, Failure> {
        let component = |package: &str| -> Result<Vec<u8>, Failure> {
            let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("Cargo.toml");
            let report = build(&BuildOptions {
                package: Some(package.to_owned()),
                manifest_path: Some(workspace),
                quiet: true,
                ..BuildOptions::default()
            })?;
            read(&report.output)
        };
        Ok(Self {
            add: component("bench-add")?,
            calls: component("bench-calls")?,
            mlp: component("bench-mlp")?,
            plan: component("bench-plan")?,
            schedule: component("heater-schedule")?,
        })
    }

    /// Name, component, and the most bytes that it may have.
    pub(crate) fn sizes(&self) -> [(&'static str, &[u8], usize); 3] {
        [
            ("add", &self.add, 800),
            ("a plan over two lists", &self.plan, 2_200),
            ("the heater's optimiser", &self.schedule, 6_000),
        ]
    }
}

/// The core module inside a component.
pub(crate) fn core_module(component: &[u8]) -> Result<Vec<u8>, Failure> {
    Ok(Component::read(component, &Limits::default())?.core_module)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(std::fs::read(path)?)
}
