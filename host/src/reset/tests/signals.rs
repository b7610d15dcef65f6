//! A fault that is not ours goes to whoever handled faults before. Such faults end the process, so each is
//! made in a child that runs this test program again.
#![expect(unsafe_code, reason = "faults are made by hand here")]

use crate::reset::{Pristine, ResetMode, ResetStats, configure, resettable};
use std::process::Command;
use std::sync::Arc;
use wasmtime::{Engine, Linker, Module, Store};

/// Tells the child which fault to make.
const FAULT: &str = "LINCHPIN_RESET_FAULT";
/// The exit code of the handler that was there before.
const EARLIER_HANDLER: i32 = 42;

#[test]
fn a_fault_outside_any_call_reaches_the_earlier_handler() {
    assert_eq!(exit_code_of("outside"), Some(EARLIER_HANDLER));
}

#[test]
fn a_fault_in_a_call_at_a_foreign_address_reaches_the_earlier_handler() {
    assert_eq!(exit_code_of("foreign"), Some(EARLIER_HANDLER));
}

#[test]
fn a_signal_that_somebody_sent_reaches_the_earlier_handler() {
    assert_eq!(exit_code_of("sent"), Some(EARLIER_HANDLER));
}

#[test]
fn a_fault_in_a_call_on_a_protected_page_is_handled() {
    assert_eq!(exit_code_of("own"), Some(0));
}

#[test]
fn a_process_with_no_mapping_left_learns_all_pages_at_once() {
    let allowed = std::fs::read_to_string("/proc/sys/vm/max_map_count").unwrap();
    if allowed.trim().parse::<u64>().unwrap() > MAPPINGS_MAX {
        // A system without a bound in reach cannot run out either.
        return;
    }
    assert_eq!(exit_code_of("crowded"), Some(0));
}

fn exit_code_of(fault: &str) -> Option<i32> {
    let (_, path) = module_path!().split_once("::").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([&format!("{path}::child"), "--exact", "--test-threads=1"]).env(FAULT, fault);
    let output = child.output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("running 1 test"));
    output.status.code()
}

/// What the children run. Without a fault to make it only makes a call.
#[test]
fn child() {
    let fault = std::env::var(FAULT).unwrap_or_default();
    if !fault.is_empty() {
        install_earlier_handler();
    }
    let foreign = page_without_access();
    let in_call = fault.clone();
    let stats = one_call(move |guest_page| match in_call.as_str() {
        // SAFETY: nothing lives there; the fault is the point.
        "foreign" => unsafe { (foreign as *mut u8).write_volatile(1) },
        // SAFETY: the page is protected and part of the running guest's memory, whose handler opens it.
        "own" => unsafe { (guest_page as *mut u8).write_volatile(1) },
        "crowded" => {
            use_up_all_mappings();
            // SAFETY: as above.
            unsafe { (guest_page as *mut u8).write_volatile(1) };
        }
        // SAFETY: a plain system call.
        "sent" => assert_eq!(unsafe { libc::raise(libc::SIGSEGV) }, 0),
        _ => {}
    });
    let learned = match fault.as_str() {
        "own" => (2, 2),
        "crowded" => (2, 65_536 / page_bytes()),
        _ => (1, 1),
    };
    assert_eq!((stats.faults, stats.pages_learned), learned);
    if fault == "outside" {
        // SAFETY: nothing lives there; the fault is the point.
        unsafe { (foreign as *mut u8).write_volatile(1) };
    }
}

/// Makes a call that writes to its first page, and then calls the host with the address of its second.
fn one_call(host: impl Fn(usize) + Send + Sync + 'static) -> ResetStats {
    let mut config = wasmtime::Config::new();
    let memories = configure(&mut config, ResetMode::LearnedPages).unwrap();
    let engine = Engine::new(&config).unwrap();
    // A real guest imports nothing, so the export that `resettable` would add is written here by hand.
    let text = r#"(module
        (import "host" "fault" (func $fault))
        (memory (export "linchpin:reset/memory") 1)
        (func (export "run") (i32.store (i32.const 8) (i32.const 1)) (call $fault)))"#;
    let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
    let mut linker = Linker::new(&engine);
    let fault = move |caller: wasmtime::Caller<'_, usize>| host(*caller.data());
    linker.func_wrap("host", "fault", fault).unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let resettable = resettable(&wat::parse_str("(module (memory 1))").unwrap()).unwrap();
    let pristine = Pristine::capture(&mut store, instance, &resettable, &memories, Arc::default()).unwrap();
    let memory = instance.get_memory(&mut store, "linchpin:reset/memory").unwrap();
    *store.data_mut() = memory.data_ptr(&store).addr() + 32_768;
    let run = instance.get_typed_func::<(), ()>(&mut store, "run").unwrap();
    run.call(&mut store, ()).unwrap();
    pristine.stats()
}

fn page_without_access() -> usize {
    without_access(4096).unwrap()
}

fn without_access(bytes: usize) -> Option<usize> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: a new mapping touches nothing that exists.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), bytes, libc::PROT_NONE, flags, -1, 0) };
    (start != libc::MAP_FAILED).then(|| start.addr())
}

/// The most mappings that a test can use up in reasonable time.
const MAPPINGS_MAX: u64 = 1 << 20;

/// Makes every other page of a large mapping different, until the system allows no more mappings.
fn use_up_all_mappings() {
    let page = page_bytes() as usize;
    let start = without_access(page << 21).unwrap();
    // SAFETY: the mapping is our own and nothing lives there.
    let protect = |at| unsafe { libc::mprotect(at as *mut libc::c_void, page, libc::PROT_READ) };
    let failed = (start..start + (page << 21)).step_by(2 * page).any(|at| protect(at) != 0);
    assert!(failed, "no limit was met");
}

fn page_bytes() -> u64 {
    // SAFETY: a question without conditions.
    u64::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap()
}

/// Before the engine has one of its own, which then comes first.
fn install_earlier_handler() {
    extern "C" fn leave(_signal: libc::c_int) {
        // SAFETY: made for handlers.
        unsafe { libc::_exit(EARLIER_HANDLER) }
    }
    // SAFETY: an all-zero action has an empty mask and no flags, and the handler only leaves.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = (leave as extern "C" fn(libc::c_int)) as usize;
        assert_eq!(libc::sigaction(libc::SIGSEGV, &raw const action, std::ptr::null_mut()), 0);
    }
}
