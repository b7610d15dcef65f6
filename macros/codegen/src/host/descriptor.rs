//! The record that a firmware carries, so that its binary says what it calls.

use linchpin_contract::{Error, World, descriptor};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::source::Source;

/// The record of a world, read back once: better no firmware than one whose descriptor nobody can read.
pub(super) fn record(source: &Source, world: &World) -> Result<Vec<u8>, Error> {
    let record = descriptor::encode(&source.wit, Some(&world.name))?;
    descriptor::decode_all(&record).map(|_| record)
}

/// The static in the link section, and the function that keeps the linker from dropping it.
///
/// `#[used]` alone keeps the static in its object file, but a linker may leave out an object file of a library of
/// which nothing is used, and may collect a section that nothing refers to. [`super::slot`] calls `described`.
pub(super) fn emit(record: &[u8]) -> TokenStream {
    let length = record.len();
    let bytes = Literal::byte_string(record);
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
