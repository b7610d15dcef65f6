//! The clock of deadlines: one thread that ticks while guests run and sleeps while none does.
//!
//! The thread is started once, never keeps the process alive, and ends with the engine. After the last call it
//! goes on for a few ticks, so that a device that calls often does not wake it for each call.
//!
//! A call tells the clock of itself with two plain stores to a flag of its instance and one load, and with no
//! instruction that waits for other processors: such a one costs as much as a small guest. The flag may thus reach
//! the clock's thread a little late. So the thread announces that it will sleep, and goes on for
//! [`DROWSY_TICKS`] more: a flag that was set before the announcement could be seen is seen by then, and one
//! that was set after it belongs to a call that saw the announcement and wakes the thread.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering, compiler_fence};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

/// Time between two ticks.
pub(crate) const TICK: Duration = Duration::from_millis(1);

/// Ticks without a running guest before the thread becomes drowsy.
const IDLE_TICKS_MAX: u32 = 50;

/// Ticks without a running guest from then on before it sleeps. A store reaches other processors within
/// microseconds.
const DROWSY_TICKS: u32 = 10;

/// Starts and stops the ticking.
pub(crate) struct Ticker {
    shared: Arc<Shared>,
    started: Mutex<bool>,
}

struct Shared {
    /// Of each instance that is alive, what its guest does.
    guests: Mutex<Vec<Weak<AtomicU8>>>,
    /// The thread sleeps or is about to.
    asleep: AtomicBool,
    stopped: AtomicBool,
    gate: Mutex<()>,
    wake: Condvar,
    tick: Box<dyn Fn() + Send + Sync>,
}

/// No call since the clock looked last.
const QUIET: u8 = 0;
/// A call ended since the clock looked last.
const CALLED: u8 = 1;
/// In a call.
const RUNNING: u8 = 2;

/// One instance tells the clock when its guest runs.
pub(crate) struct Running {
    state: Arc<AtomicU8>,
    shared: Arc<Shared>,
}

impl Running {
    /// The guest runs from now on.
    #[inline]
    pub(crate) fn begin(&self) {
        self.state.store(RUNNING, Ordering::Release);
        // The compiler must not look for the announcement first; see the head of this file for the processor.
        compiler_fence(Ordering::SeqCst);
        if self.shared.asleep.load(Ordering::Acquire) {
            self.shared.notify();
        }
    }

    /// The guest has returned or trapped.
    #[inline]
    pub(crate) fn end(&self) {
        self.state.store(CALLED, Ordering::Release);
    }
}

impl Ticker {
    pub(crate) fn new(tick: impl Fn() + Send + Sync + 'static) -> Self {
        let shared = Shared {
            guests: Mutex::new(Vec::new()),
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

    /// What one instance tells the clock with.
    pub(crate) fn register(&self) -> Running {
        let state = Arc::new(AtomicU8::new(QUIET));
        let mut guests = self.shared.guests.lock().unwrap_or_else(PoisonError::into_inner);
        guests.retain(|guest| guest.strong_count() > 0);
        guests.push(Arc::downgrade(&state));
        Running { state, shared: Arc::clone(&self.shared) }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        self.shared.notify();
    }
}

impl Shared {
    fn run(&self) {
        let mut idle_ticks = 0;
        while !self.stopped.load(Ordering::SeqCst) {
            thread::sleep(TICK);
            (self.tick)();
            let is_taken_back = idle_ticks >= IDLE_TICKS_MAX && !self.asleep.load(Ordering::SeqCst);
            idle_ticks = if self.was_called() || is_taken_back { 0 } else { idle_ticks + 1 };
            self.asleep.store(idle_ticks >= IDLE_TICKS_MAX, Ordering::SeqCst);
            if idle_ticks >= IDLE_TICKS_MAX + DROWSY_TICKS {
                self.sleep();
                idle_ticks = 0;
            }
        }
    }

    /// Whether any guest runs, or has run since this was asked last.
    fn was_called(&self) -> bool {
        let guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        let states = guests.iter().filter_map(Weak::upgrade);
        // All of them are asked, so that each starts anew.
        states.filter(|state| is_active(state)).count() > 0
    }

    /// Sleeps until anything wakes it. It never goes on sleeping: that would need another announcement.
    fn sleep(&self) {
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over =
            self.was_called() || self.stopped.load(Ordering::SeqCst) || !self.asleep.load(Ordering::SeqCst);
        if !is_over {
            drop(self.wake.wait(gate).unwrap_or_else(PoisonError::into_inner));
        }
        self.asleep.store(false, Ordering::SeqCst);
    }

    /// Wakes the thread, and takes the announcement back so that no other call does the same.
    #[cold]
    fn notify(&self) {
        // Holding the gate means that the thread is either before its check or in its wait.
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.asleep.store(false, Ordering::SeqCst);
        drop(gate);
        self.wake.notify_all();
    }
}

fn is_active(state: &AtomicU8) -> bool {
    // A call that begins meanwhile keeps its own state.
    let ended = state.compare_exchange(CALLED, QUIET, Ordering::SeqCst, Ordering::SeqCst);
    ended.map_or_else(|state| state == RUNNING, |_| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

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

    fn is_still(count: &AtomicUsize) -> bool {
        let before = count.load(Ordering::SeqCst);
        thread::sleep(TICK * 20);
        count.load(Ordering::SeqCst) == before
    }

    #[test]
    fn falls_asleep_when_idle_and_wakes_for_a_call() {
        let (ticker, count) = counting();
        ticker.start().unwrap();
        ticker.start().unwrap();
        assert!(wait_for(|| ticker.shared.asleep.load(Ordering::SeqCst)), "never slept");
        assert!(wait_for(|| is_still(&count)), "it ticks in its sleep");
        let before = count.load(Ordering::SeqCst);
        let guest = ticker.register();
        guest.begin();
        assert!(wait_for(|| count.load(Ordering::SeqCst) > before + 60), "it slept through a call");
        guest.end();
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

    #[test]
    fn a_call_that_is_too_short_to_be_seen_counts() {
        let (ticker, _) = counting();
        let (guest, other) = (ticker.register(), ticker.register());
        let was_called = || ticker.shared.was_called();
        assert!(!was_called());
        guest.begin();
        other.begin();
        assert!(was_called() && was_called(), "two guests run");
        other.end();
        guest.end();
        assert!(was_called() && !was_called(), "both calls ended since");
        other.begin();
        drop((guest, other));
        assert!(!was_called(), "an instance that is gone runs no guest");
    }

    #[test]
    fn every_call_after_any_pause_is_ticked_for() {
        let (ticker, count) = counting();
        ticker.start().unwrap();
        let guest = ticker.register();
        for pause in (0..40).step_by(2) {
            // Around the time at which the thread becomes drowsy and sleeps, on a quiet machine.
            thread::sleep(TICK * (IDLE_TICKS_MAX - 10 + pause));
            let before = count.load(Ordering::SeqCst);
            guest.begin();
            assert!(wait_for(|| count.load(Ordering::SeqCst) > before + 2), "it slept through a call");
            guest.end();
        }
    }
}
