//! The clock of deadlines: one thread that ticks while guests run and sleeps while none does.
//!
//! The thread is started once, never keeps the process alive, and ends with the engine. After the last call it
//! goes on for a few ticks, so that a device that calls often does not wake it for each call.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Time between two ticks.
pub(crate) const TICK: Duration = Duration::from_millis(1);

/// Ticks without a running guest before the thread sleeps.
const IDLE_TICKS_MAX: u32 = 50;

/// Starts and stops the ticking.
pub(crate) struct Ticker {
    shared: Arc<Shared>,
    started: Mutex<bool>,
}

struct Shared {
    running: AtomicUsize,
    asleep: AtomicBool,
    stopped: AtomicBool,
    gate: Mutex<()>,
    wake: Condvar,
    tick: Box<dyn Fn() + Send + Sync>,
}

/// A guest is running for as long as this lives.
pub(crate) struct Running<'t>(&'t Shared);

impl Ticker {
    pub(crate) fn new(tick: impl Fn() + Send + Sync + 'static) -> Self {
        let shared = Shared {
            running: AtomicUsize::new(0),
            asleep: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            gate: Mutex::new(()),
            wake: Condvar::new(),
            tick: Box::new(tick),
        };
        Self { shared: Arc::new(shared), started: Mutex::new(false) }
    }

    /// Starts the thread unless it was started before.
    pub(crate) fn start(&self) -> io::Result<()> {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        if !*started {
            let shared = Arc::clone(&self.shared);
            thread::Builder::new().name("linchpin-deadline".to_owned()).spawn(move || shared.run())?;
            *started = true;
        }
        Ok(())
    }

    /// Says that a guest runs from now on.
    pub(crate) fn begin(&self) -> Running<'_> {
        // The order of these two, and of the two in `Shared::sleep`, is what makes a lost wake-up impossible.
        self.shared.running.fetch_add(1, Ordering::SeqCst);
        if self.shared.asleep.load(Ordering::SeqCst) {
            self.shared.notify();
        }
        Running(&self.shared)
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        self.shared.notify();
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Shared {
    fn run(&self) {
        let mut idle_ticks = 0;
        while !self.stopped.load(Ordering::SeqCst) {
            thread::sleep(TICK);
            (self.tick)();
            idle_ticks = if self.running.load(Ordering::SeqCst) == 0 { idle_ticks + 1 } else { 0 };
            if idle_ticks >= IDLE_TICKS_MAX {
                self.sleep();
                idle_ticks = 0;
            }
        }
    }

    fn sleep(&self) {
        let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.asleep.store(true, Ordering::SeqCst);
        while self.running.load(Ordering::SeqCst) == 0 && !self.stopped.load(Ordering::SeqCst) {
            gate = self.wake.wait(gate).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.store(false, Ordering::SeqCst);
    }

    fn notify(&self) {
        // Taking the gate waits until the thread is either before its check or in its wait.
        drop(self.gate.lock().unwrap_or_else(PoisonError::into_inner));
        self.wake.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting() -> (Ticker, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let ticks = Arc::clone(&count);
        let ticker = Ticker::new(move || {
            ticks.fetch_add(1, Ordering::SeqCst);
        });
        (ticker, count)
    }

    fn wait_for(condition: impl Fn() -> bool) -> bool {
        (0..5_000).any(|_| {
            thread::sleep(TICK);
            condition()
        })
    }

    #[test]
    fn falls_asleep_when_idle_and_wakes_for_a_call() {
        let (ticker, count) = counting();
        ticker.start().unwrap();
        ticker.start().unwrap();
        assert!(wait_for(|| ticker.shared.asleep.load(Ordering::SeqCst)), "never slept");
        let before = count.load(Ordering::SeqCst);
        thread::sleep(TICK * 20);
        assert_eq!(count.load(Ordering::SeqCst), before, "it ticked in its sleep");
        let running = ticker.begin();
        assert!(wait_for(|| count.load(Ordering::SeqCst) > before + 60), "it slept through a call");
        drop(running);
        assert!(wait_for(|| ticker.shared.asleep.load(Ordering::SeqCst)), "never slept again");
    }

    #[test]
    fn the_thread_ends_with_the_ticker() {
        let (ticker, count) = counting();
        ticker.start().unwrap();
        let shared = Arc::downgrade(&ticker.shared);
        drop(ticker);
        assert!(wait_for(|| shared.upgrade().is_none()), "the thread lives on");
        assert_eq!(Arc::strong_count(&count), 1);
    }
}
