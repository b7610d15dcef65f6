//! The fuzz targets of Linchpin; see `README.md`.

mod targets;

pub use targets::{component, descriptor, firmware, inventory, manifest, wit};
