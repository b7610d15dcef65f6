//! Rules of the repository that no compiler holds: sizes, heads, arrows, one copy of each pinned crate.
#![expect(clippy::expect_used, reason = "a repository that cannot be read fails the test")]

mod tidy {
    pub(crate) mod arrows;
    pub(crate) mod device_engine;
    pub(crate) mod files;
    pub(crate) mod lock;
}
