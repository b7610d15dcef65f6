//! Linchpin.
