//! How far a load is, for whoever waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Is told how far a load is. It is called from several threads at once, and must return soon.
pub trait Progress: Send + Sync {
    /// `done` of `total` modules, firmwares and files of recorded data are read and decoded. The last call has `done == total`, though not
    /// every thread calls in order.
    fn read(&self, done: usize, total: usize);
}

/// Counts what is done.
#[derive(Clone)]
pub(crate) struct Counter {
    progress: Option<Arc<dyn Progress>>,
    done: Arc<AtomicUsize>,
    total: usize,
}

impl Counter {
    pub(crate) fn new(progress: Option<Arc<dyn Progress>>, total: usize) -> Self {
        Self { progress, done: Arc::default(), total }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        if let Some(progress) = &self.progress {
            progress.read(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.total);
        }
    }
}
