//! Link truth: what a runtime really does when a host and a guest meet, whatever anyone promised.
//!
//! ```text
//! host: &World ──┐  imports: what the host offers      exports: what the host calls
//!                ├─▶ link(runtime, ..) ─▶ Link { level, faults }
//! guest: &World ─┘  imports: what the guest needs      exports: what the guest provides
//! ```
//!
//! `host` is the world that a host supports, *written from the guest's side*, as a WIT world is; `guest` is the
//! world of a component, decoded from its bytes, since a binary lists only those imports that it uses; of a world in
//! text, every function counts as used. Every
//! fault is found, not the first; each says which edge it is on, where in the function, and how bad it is.
//!
//! What each runtime compares was read in its source and is held against it by the soundness harness
//! (`cargo run --release -p linchpin-tests --bin soundness`):
//!
//! | | `wasmtime-48` | `wasmtime-48-dynamic` | `composition` | `linchpin` |
//! |---|---|---|---|---|
//! | version of an interface | track | track | exact | track |
//! | host function, its types | compared | not until it is called | compared | no imports |
//! | exported function, its types | compared | not until it is called | compared | digest |
//! | parameter names | no | no | yes | yes |
//! | `async` of a host function | compared | compared | compared | refused |
//! | `async` of an export | not until it is called | not until it is called | compared | refused |
//! | names of types, unused types | no | no | yes | no |
//! | own or borrow | no | no | yes | refused |

mod compare;
mod composition;
mod fault;
mod linchpin;
mod members;
mod policy;
mod resources;
mod wasmtime;

use linchpin_contract::World;

use crate::system::Runtime;
use crate::verdict::PairLevel;

pub use fault::{Edge, Fault, FaultKind, Flow, Step};

/// What happens when a host and a guest meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The worst of all faults; [`PairLevel::Ok`] where there is none.
    pub level: PairLevel,
    /// Everything that keeps the two from meeting well: imports first, then exports, each in the order of the side
    /// that needs them.
    pub faults: Vec<Fault>,
}

impl Link {
    /// Whether the runtime accepts the two: it links them and finds every function that the host calls, whatever
    /// becomes of the calls.
    #[must_use]
    pub fn links(&self) -> bool {
        self.level < PairLevel::LinkFail
    }
}

/// What the runtime does when this guest meets this host.
#[must_use]
pub fn link(runtime: Runtime, host: &World, guest: &World) -> Link {
    let faults = match runtime {
        Runtime::Linchpin => linchpin::faults(host, guest),
        Runtime::Wasmtime48 => wasmtime::faults(policy::TYPED, host, guest),
        Runtime::Wasmtime48Dynamic => wasmtime::faults(policy::DYNAMIC, host, guest),
        Runtime::Composition => composition::faults(host, guest),
    };
    let level = faults.iter().map(|fault| fault.level).max().unwrap_or(PairLevel::Ok);
    Link { level, faults }
}
