//! The fuzz targets of Linchpin; see `README.md`.

pub mod hostile;
mod targets;

pub use targets::{component, descriptor, firmware, inventory, manifest, wit};
