//! The procedural macros. Each hands its tokens to `linchpin_codegen`, where everything happens and is tested.
//!
//! Guests use them through `linchpin_guest`, device software through `linchpin_host`.
#![forbid(unsafe_code)]

use linchpin_codegen::derive::{Kind, derive};
use linchpin_codegen::root::Root;
use proc_macro::TokenStream;

/// Checks a struct with named fields against a WIT record, and lets it cross.
///
/// The WIT type is the one whose name is the struct's in kebab case; `#[wit("interface/type")]` on the struct
/// says otherwise, or `#[wit("namespace:package/interface@version/type")]` where that leads to several; `#[wit("name")]`
/// on a field does so for a field. Fields may stand in any order.
#[proc_macro_derive(Record, attributes(wit))]
pub fn record(input: TokenStream) -> TokenStream {
    derive(Kind::Record, Root::Guest, input.into()).into()
}

/// Checks an enum without payloads against a WIT enum, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). Cases may stand in any order.
#[proc_macro_derive(Enum, attributes(wit))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    derive(Kind::Enum, Root::Guest, input.into()).into()
}

/// Checks an enum against a WIT variant, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). A case with a payload is written `Case(Type)`. Cases may stand
/// in any order.
#[proc_macro_derive(Variant, attributes(wit))]
pub fn variant(input: TokenStream) -> TokenStream {
    derive(Kind::Variant, Root::Guest, input.into()).into()
}

/// Checks a struct of `bool` fields against a WIT flags type, and lets it cross. There are at most 32 flags: validation
/// refuses a component with more.
///
/// Names are found as for [`Record`](macro@Record). Flags may stand in any order.
#[proc_macro_derive(Flags, attributes(wit))]
pub fn flags(input: TokenStream) -> TokenStream {
    derive(Kind::Flags, Root::Guest, input.into()).into()
}

/// Checks a newtype, as `struct Celsius(f64)`, against a WIT alias of a primitive, and lets it cross.
///
/// Names are found as for [`Record`](macro@Record). The alias's `@unit` and `@range` come with it, and those of an alias
/// that it stands for:
///
/// - `new` is the checked constructor. Where the WIT has a range it gives `Result<Celsius, OutOfRange<f64>>`, and there
///   is `TryFrom<f64>`; where it has none, every value is right, it gives `Celsius`, and there is `From<f64>`. For numbers
///   it is `const`. A NaN is in no range. `@step` is not held: what was measured lies on none.
/// - `get` is the value inside, and so is `From<Celsius> for f64`.
/// - `Celsius::MIN` and `Celsius::MAX` are the ends of the range, `Celsius::UNIT` is the unit, where the WIT has them.
///
/// Nobody outside the module that declares `Celsius` can make one from outside the range, for the field is private; inside
/// it, `Celsius(500.0)` is Rust as ever. A value from outside the range that arrives over the wire never becomes one: a guest stops with a trap, and
/// at the host the call gives an error, as any malformed result does, so that the fallback stands in. The type stands for
/// its alias, and for aliases of it, never for the bare primitive or another alias. In WIT an alias is what it stands
/// for, so neither digests nor the ABI know of it.
#[proc_macro_derive(Alias, attributes(wit))]
pub fn alias(input: TokenStream) -> TokenStream {
    derive(Kind::Alias, Root::Guest, input.into()).into()
}

/// [`Record`](macro@Record) for device software, which has it as `linchpin_host::Record`.
#[proc_macro_derive(HostRecord, attributes(wit))]
pub fn host_record(input: TokenStream) -> TokenStream {
    derive(Kind::Record, Root::Host, input.into()).into()
}

/// [`Enum`](macro@Enum) for device software, which has it as `linchpin_host::Enum`.
#[proc_macro_derive(HostEnum, attributes(wit))]
pub fn host_enumeration(input: TokenStream) -> TokenStream {
    derive(Kind::Enum, Root::Host, input.into()).into()
}

/// [`Variant`](macro@Variant) for device software, which has it as `linchpin_host::Variant`.
#[proc_macro_derive(HostVariant, attributes(wit))]
pub fn host_variant(input: TokenStream) -> TokenStream {
    derive(Kind::Variant, Root::Host, input.into()).into()
}

/// [`Flags`](macro@Flags) for device software, which has it as `linchpin_host::Flags`.
#[proc_macro_derive(HostFlags, attributes(wit))]
pub fn host_flags(input: TokenStream) -> TokenStream {
    derive(Kind::Flags, Root::Host, input.into()).into()
}

/// [`Alias`](macro@Alias) for device software, which has it as `linchpin_host::Alias`.
#[proc_macro_derive(HostAlias, attributes(wit))]
pub fn host_alias(input: TokenStream) -> TokenStream {
    derive(Kind::Alias, Root::Host, input.into()).into()
}

/// Makes the functions of an `impl` block the exports of a WIT world: `#[export(world = "heater")]`.
///
/// The functions stay as they are. Each is compared with the world: names, parameters by name, order and type, and
/// the result. `#[wit("interface/function")]` on a function names the WIT function that it stands for, with package and
/// version where that leads to several, `#[wit("name")]` on a parameter names the parameter. `world` may be left out where the package has one world.
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
///
/// A change of any file that was read builds the firmware anew; files that are added to a folder are seen by a
/// `build.rs` that prints `cargo::rerun-if-changed=wit`.
///
/// Types of your own take the place of generated ones: `types: heater_types` takes every type from that module under
/// its Rust name, `with: { "control/setpoint": crate::Target }` names one. They derive `Record`, `Enum`, `Variant`,
/// `Flags` or `Alias`, of `linchpin_host` or of `linchpin_guest`, and are compared with the contract like those of a
/// guest. Inside a record or variant of your own a newtype is found by itself; as a parameter, a result, or inside a
/// generated type it is named in `with`, and a plain number stands there otherwise. Paths begin with `crate` or with
/// a crate's name. Types that functions return are `Clone`, `Send` and `'static`, enums and newtypes are `Copy`, and what
/// a generated type holds is `Debug`, `Clone` and `PartialEq`.
#[proc_macro]
pub fn bindings(input: TokenStream) -> TokenStream {
    linchpin_codegen::host::bindings(input.into()).into()
}
