//! The `runtime!` macro.

/// Gives a `no_std` guest its allocator and panic handler. Natively it expands to nothing.
///
/// Memory is handed out upwards and all of it is free again as soon as nothing is allocated, so a call never
/// pays for the one before. A panic stops the instance at once; in debug builds (`debug_assertions`) its message
/// and place are kept first, and the core export `linchpin_panic_message` returns where: pointer in the upper,
/// length in the lower 32 bits of an `i64`, 0 if nothing panicked.
///
/// The allocator is exported as `linchpin_arena`: a host that knows the name places all arguments of a call in it
/// at once, and others use `cabi_realloc` as ever.
///
/// A guest that links `std` has both already and leaves this macro out.
///
/// ```
/// // at the top of lib.rs: #![cfg_attr(target_family = "wasm", no_std)]
/// linchpin_guest::runtime!();
/// ```
#[macro_export]
macro_rules! runtime {
    () => {
        #[cfg(target_family = "wasm")]
        const _: () = {
            #[global_allocator]
            #[unsafe(export_name = "linchpin_arena")]
            static ALLOCATOR: $crate::__private::Bump = $crate::__private::Bump::new();

            /// Instead of the one that upstream's bindings bring along, which is four times as long.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn cabi_realloc(
                old: *mut u8,
                old_size: usize,
                align: usize,
                new_size: usize,
            ) -> *mut u8 {
                // SAFETY: the canonical ABI promises its caller's arguments.
                unsafe { ALLOCATOR.cabi_realloc(old, old_size, align, new_size) }
            }

            #[panic_handler]
            fn panic(info: &::core::panic::PanicInfo<'_>) -> ! {
                #[cfg(debug_assertions)]
                $crate::__private::record_panic(info);
                #[cfg(not(debug_assertions))]
                let _ = info;
                $crate::__private::trap()
            }

            #[cfg(debug_assertions)]
            #[unsafe(no_mangle)]
            extern "C" fn linchpin_panic_message() -> i64 {
                $crate::__private::panic_message()
            }
        };
    };
}
