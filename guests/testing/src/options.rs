//! How thoroughly to compare, and which component.

use std::path::PathBuf;

use linchpin_host::Limits;

/// How to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The only function to compare, by its name in WIT. By default all of the world.
    pub function: Option<String>,
    /// Inputs for each function. Default 256.
    pub cases: u32,
    /// Items of a list, at most. Default 48.
    pub list_items_max: usize,
    /// Where the series of inputs begins: the same number gives the same inputs. Default 0.
    pub seed: u64,
    /// The component. By default it is built by `linchpin build`: the program that the environment variable `LINCHPIN`
    /// names, else `linchpin` of the `PATH`.
    pub component: Option<PathBuf>,
    /// Limits of one call of the component. By default those of [`Limits`], with 100 times the instructions and the time.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        let limits = Limits::default();
        let limits = Limits {
            instructions: limits.instructions * 100,
            deadline: limits.deadline * 100,
            component_bytes: 64 << 20,
            ..limits
        };
        Self { function: None, cases: 256, list_items_max: 48, seed: 0, component: None, limits }
    }
}
