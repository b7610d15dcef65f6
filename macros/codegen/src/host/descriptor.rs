//! The record that a firmware carries, so that its binary says what it calls.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The static in the link section, and the function that keeps the linker from dropping it.
///
/// `#[used]` alone keeps the static in its object file, but a linker may leave out an object file of a library of
/// which nothing is used, and may collect a section that nothing refers to. [`super::slot`] calls `described`.
pub(super) fn emit(descriptor: &[u8]) -> TokenStream {
    let length = descriptor.len();
    let bytes = Literal::byte_string(descriptor);
    quote! {
        #[used]
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,linchpin"))]
        #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = "linchpin"))]
        static DESCRIPTOR: [u8; #length] = *#bytes;

        /// Names the descriptor where the linker cannot see that nobody reads it.
        fn described() {
            ::core::hint::black_box(&DESCRIPTOR);
        }
    }
}
