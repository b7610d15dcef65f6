//! How memory is put back.

/// How a guest's memory is put back after each call. Both leave exactly the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetMode {
    /// The pages that calls write to are learned by page protection and only they are copied back. The first
    /// write to a page costs one page fault in the life of an instance. Linux and Android only: other systems
    /// report page faults in other ways.
    LearnedPages,
    /// The whole memory is copied back, whether it was written to or not.
    WholeImage,
}

impl ResetMode {
    /// Whether this machine can do it.
    #[must_use]
    pub const fn is_supported(self) -> bool {
        match self {
            Self::LearnedPages => cfg!(any(target_os = "linux", target_os = "android")),
            Self::WholeImage => true,
        }
    }
}

impl Default for ResetMode {
    /// The fastest that this machine supports.
    fn default() -> Self {
        if Self::LearnedPages.is_supported() { Self::LearnedPages } else { Self::WholeImage }
    }
}
