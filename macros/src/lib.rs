//! The procedural macros. Each hands its tokens to `linchpin_codegen`, where everything happens and is tested.
//!
//! Guests use them through `linchpin_guest`, device software through `linchpin_host`.
#![forbid(unsafe_code)]

use linchpin_codegen::derive::{Kind, derive};
use proc_macro::TokenStream;

/// Checks a struct with named fields against a WIT record, and lets it cross.
///
/// The WIT type is the one whose name is the struct's in kebab case; `#[wit("interface/type")]` on the struct
/// says otherwise, `#[wit("name")]` on a field does so for a field. Fields may stand in any order.
#[proc_macro_derive(Record, attributes(wit))]
pub fn record(input: TokenStream) -> TokenStream {
    derive(Kind::Record, input.into()).into()
}

/// Checks an enum without payloads against a WIT enum, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). Cases may stand in any order.
#[proc_macro_derive(Enum, attributes(wit))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    derive(Kind::Enum, input.into()).into()
}

/// Checks an enum against a WIT variant, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). A case with a payload is written `Case(Type)`. Cases may stand
/// in any order.
#[proc_macro_derive(Variant, attributes(wit))]
pub fn variant(input: TokenStream) -> TokenStream {
    derive(Kind::Variant, input.into()).into()
}

/// Checks a struct of `bool` fields against a WIT flags type, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). Flags may stand in any order.
#[proc_macro_derive(Flags, attributes(wit))]
pub fn flags(input: TokenStream) -> TokenStream {
    derive(Kind::Flags, input.into()).into()
}

/// Makes the functions of an `impl` block the exports of a WIT world: `#[export(world = "heater")]`.
///
/// The functions stay as they are. Each is compared with the world: names, parameters by name, order and type, and
/// the result. `#[wit("interface/function")]` on a function names the WIT function that it stands for, `#[wit("name")]`
/// on a parameter names the parameter. `world` may be left out where the package has one world.
#[proc_macro_attribute]
pub fn export(arguments: TokenStream, item: TokenStream) -> TokenStream {
    linchpin_codegen::export::export(arguments.into(), item.into()).into()
}

/// What device software needs to call a world: `bindings!("heater")` makes the module `heater`.
///
/// The module holds a Rust type for every WIT type that the world's functions use, a typed `Slot`, a function
/// `call_..` for each WIT function over any engine, and the static `WORLD` with the digests that a module must have.
/// It leaves a descriptor in the firmware, which `linchpin inspect` reads.
///
/// The WIT is where `package.metadata.linchpin.wit` in `Cargo.toml` says, else in `wit`;
/// `bindings!({ world: "heater", path: "../wit" })` names another place. The world may be left out where the package
/// has one.
#[proc_macro]
pub fn bindings(input: TokenStream) -> TokenStream {
    linchpin_codegen::host::bindings(input.into()).into()
}
