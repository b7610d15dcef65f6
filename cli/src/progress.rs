//! A bar on standard error for whoever watches a long check. Short ones show nothing, and nothing stays behind.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use linchpin_checker::Progress;

/// Whoever waits no longer than this wants no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// So often the bar is drawn while it has no news.
const TICK: Duration = Duration::from_millis(100);

/// A bar that comes when the work is long, and goes when this is dropped. On anything but a terminal it never comes.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// Who shows the bar when it is time; told to leave it by the end of the channel.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style("{msg} {bar:30} {pos} of {len}"));
        bar.set_message("reading");
        let waiting = stderr().is_terminal().then(|| wait(bar.clone()));
        Self { bar, waiting }
    }

    /// Who is told how many artefacts are read.
    pub(crate) fn reader(&self) -> Arc<dyn Progress> {
        Arc::new(Reader(self.bar.clone()))
    }

    /// Everything is read; how long it takes to compare is not known.
    pub(crate) fn compare(&self) {
        self.bar.set_style(style("{spinner} {msg}"));
        self.bar.set_message("comparing");
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.waiting.take() {
            drop(stop);
            // It cannot panic, and nothing would follow if it did.
            drop(thread.join());
        }
        self.bar.finish_and_clear();
    }
}

fn wait(bar: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = channel();
    let thread = std::thread::spawn(move || {
        if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    });
    (stop, thread)
}

struct Reader(ProgressBar);

impl Progress for Reader {
    fn read(&self, done: usize, total: usize) {
        self.0.set_length(total as u64);
        // Threads do not call in order, and a bar never goes back.
        if done as u64 > self.0.position() {
            self.0.set_position(done as u64);
        }
    }
}

/// A template of this file; one that cannot be read would show the bar plainly.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
