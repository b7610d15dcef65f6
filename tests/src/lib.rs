//! What several tests and commands of this repository share: systems and interfaces made by programs.

pub mod fleet;
