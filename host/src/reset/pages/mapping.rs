//! Address space: reserving it, saying what may be done with it, giving it back. Only this file makes system calls.

use std::io;
use std::ops::Range;
use std::ptr::{self, NonNull};

/// What may be done with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    ReadWrite,
}

/// Reserved address space, given back at the end.
#[derive(Debug)]
pub(super) struct Mapping {
    base: NonNull<u8>,
    bytes: usize,
}

// SAFETY: the base is only an address; who may access what is behind it is decided by the users of a region.
unsafe impl Send for Mapping {}
// SAFETY: as above; the methods that take `&self` are system calls, which synchronise themselves.
unsafe impl Sync for Mapping {}

const PRIVATE: libc::c_int = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;

impl Mapping {
    /// Address space without access.
    pub(super) fn reserve(bytes: usize) -> io::Result<Self> {
        // The system maps nothing for nothing.
        let bytes = bytes.max(page_bytes());
        // SAFETY: a new mapping at an address of the system's choice touches nothing that exists.
        let base = unsafe { libc::mmap(ptr::null_mut(), bytes, libc::PROT_NONE, PRIVATE, -1, 0) };
        match NonNull::new(base.cast::<u8>()) {
            Some(start) if base != libc::MAP_FAILED => Ok(Self { base: start, bytes }),
            Some(_) | None => Err(io::Error::last_os_error()),
        }
    }

    #[inline]
    pub(super) fn start(&self) -> *mut u8 {
        self.base.as_ptr()
    }

    /// Changes what may be done with some pages. Safe in a signal: one system call, whatever its outcome.
    pub(super) fn protect(&self, range: Range<usize>, access: Access) -> io::Result<()> {
        if range.is_empty() {
            return Ok(());
        }
        let start = self.address(&range)?;
        let protection = match access {
            Access::Read => libc::PROT_READ,
            Access::ReadWrite => libc::PROT_READ | libc::PROT_WRITE,
        };
        // SAFETY: the range is inside the mapping. Access is only taken away by `Region::protect`, before the
        // first call, when the instance's handler is in place to give it back.
        match unsafe { libc::mprotect(start, range.len(), protection) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Replaces some pages by new ones, without access.
    pub(super) fn discard(&self, range: Range<usize>) -> io::Result<()> {
        if range.is_empty() {
            return Ok(());
        }
        let start = self.address(&range)?;
        let flags = PRIVATE | libc::MAP_FIXED;
        // SAFETY: the range is inside the mapping, and only ever covers grown memory between two calls.
        let base = unsafe { libc::mmap(start, range.len(), libc::PROT_NONE, flags, -1, 0) };
        if base == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    /// Where a range starts, if it is one of this mapping.
    fn address(&self, range: &Range<usize>) -> io::Result<*mut libc::c_void> {
        if range.end > self.bytes {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // SAFETY: the start is inside the mapping.
        Ok(unsafe { self.base.as_ptr().add(range.start) }.cast())
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping is this value's own, and whoever could still use it holds a reference to it.
        unsafe { libc::munmap(self.base.as_ptr().cast(), self.bytes) };
    }
}

/// Size of the operating system's pages.
pub(super) fn page_bytes() -> usize {
    // SAFETY: a question without conditions.
    let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(bytes).unwrap_or(0)
}
