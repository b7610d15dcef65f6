//! Placeholder head, written in the same change as the algorithm.
