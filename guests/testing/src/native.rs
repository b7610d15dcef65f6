//! The native side: the guest's own function, in this process.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use linchpin_guest::testing::Function;

/// What a call gave on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The result, as bytes in which equal bits are equal bytes.
    Value(Vec<u8>),
    /// The code stopped itself: a panic, or a trap.
    Stopped(String),
    /// Something else than the code stopped it, or what it gave is no value.
    Failed(String),
}

impl Outcome {
    /// Whether both sides did the same. What failed was not seen to do anything.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a == b,
            (Self::Stopped(_), Self::Stopped(_)) => true,
            (Self::Value(_) | Self::Stopped(_) | Self::Failed(_), _) => false,
        }
    }
}

/// Calls the function with arguments as bytes.
pub(crate) fn call(function: &Function, arguments: &[u8]) -> Outcome {
    // The function is pure: it leaves nothing half done behind.
    match silently(|| catch_unwind(AssertUnwindSafe(|| (function.call)(arguments)))) {
        Ok(Some(result)) => Outcome::Value(result),
        Ok(None) => Outcome::Stopped("an argument is outside the range of its newtype".to_owned()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message");
            Outcome::Stopped(text.to_owned())
        }
    }
}

thread_local! {
    static IS_SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body` without telling of its panics, which may be as many as there are inputs. Those of other threads are told.
fn silently<T>(body: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_SILENT.get() {
                told(panic);
            }
        }));
    });
    IS_SILENT.set(true);
    let value = body();
    IS_SILENT.set(false);
    value
}
