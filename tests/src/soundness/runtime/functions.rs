//! Host functions and typed exports, one of each for each number of a [`Table`](super::expected::Table).

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasmtime::component::types::ComponentFunc;
use wasmtime::component::{__internal::InstanceType, Func, LinkerInstance};
use wasmtime::{Result, Store, bail};

use super::expected::{Params, REACHED, Results};

/// How many functions a host can have on one edge.
pub const FUNCTIONS_MAX: usize = NUMBERED.len();

/// What a real host does with function `N`.
pub struct Numbered {
    /// `func_wrap`
    pub sync: fn(&mut LinkerInstance<'_, ()>, &str) -> Result<()>,
    /// `func_wrap_concurrent`
    pub concurrent: fn(&mut LinkerInstance<'_, ()>, &str) -> Result<()>,
    /// The comparison of `bindgen!` before a component is instantiated.
    pub typecheck: fn(&ComponentFunc, &InstanceType<'_>) -> Result<()>,
    /// `Func::typed`, and one call by a host that does not await.
    pub call: fn(&Func, &mut Store<()>) -> Result<()>,
    /// `Func::typed`, and one call by a host that awaits.
    pub call_async: fn(&Func, &mut Store<()>) -> Result<()>,
}

/// What a real host does with function `number`.
#[must_use]
pub fn numbered(number: usize) -> Option<&'static Numbered> {
    NUMBERED.get(number)
}

fn sync<const N: usize>(instance: &mut LinkerInstance<'_, ()>, name: &str) -> Result<()> {
    instance.func_wrap(name, |_, _: Params<N>| -> Result<Results<N>> { bail!("{REACHED}") })
}

fn concurrent<const N: usize>(instance: &mut LinkerInstance<'_, ()>, name: &str) -> Result<()> {
    instance.func_wrap_concurrent(name, |_, _: Params<N>| {
        Box::pin(async move { Result::<Results<N>>::Err(wasmtime::Error::msg(REACHED)) })
    })
}

fn typecheck<const N: usize>(function: &ComponentFunc, types: &InstanceType<'_>) -> Result<()> {
    function.typecheck::<Params<N>, Results<N>>(types)
}

fn call<const N: usize>(function: &Func, store: &mut Store<()>) -> Result<()> {
    let function = function.typed::<Params<N>, Results<N>>(&*store)?;
    function.call(store, Params::<N>).map(|_| ())
}

fn call_async<const N: usize>(function: &Func, store: &mut Store<()>) -> Result<()> {
    let function = function.typed::<Params<N>, Results<N>>(&*store)?;
    let mut future = pin!(function.call_async(store, Params::<N>));
    // Nothing here waits for anything else, so a call that is not done when it was polled never will be.
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result.map(|_| ()),
        Poll::Pending => bail!("the call waits"),
    }
}

macro_rules! all {
    ($($number:literal)*) => {
        [$(Numbered {
            sync: sync::<$number>,
            concurrent: concurrent::<$number>,
            typecheck: typecheck::<$number>,
            call: call::<$number>,
            call_async: call_async::<$number>,
        }),*]
    };
}

static NUMBERED: [Numbered; 40] = all!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
    30 31 32 33 34 35 36 37 38 39);
