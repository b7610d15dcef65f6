//! What a device function takes and returns: WIT text and binaries read into one plain model.
//!
//! Every other part of Linchpin asks its questions here. A WIT folder, a component binary, an encoded world and
//! a firmware's descriptor all become the same [`World`] of [`Interface`]s and [`Function`]s, with the place of
//! every name where the source has places.
//!
//! ```text
//! WIT folder ─┐                    ┌─▶ canonical text ─▶ digests
//! component ──┼─▶ wit ─▶ model ────┼─▶ purity
//! descriptor ─┘                    └─▶ relation of two functions
//! ```
//!
//! Two functions with the same [`function_digest`] have the same canonical ABI *and* the same names at every
//! position, so bytes that cross between them keep their meaning.
#![forbid(unsafe_code)]

pub mod component_section;
pub mod descriptor;
pub mod relation;

mod digest;
mod display;
mod encodable;
mod error;
mod model;
mod purity;
mod query;
mod sections;
mod tag_sense;
mod tags;
mod text;
mod wit;

pub use digest::{Digest, function_digest, interface_digest, type_digest};
pub use encodable::{Unencodable, unencodable};
pub use error::Error;
pub use model::{
    Case, Contract, Field, Function, FunctionKind, Interface, InterfaceId, Label, Owner, Package, PackageId,
    Param, Place, Primitive, SourceFile, Stability, Type, TypeDef, TypeKind, World, WorldItem,
};
pub use purity::{Impurity, ImpurityKind, impurities};
pub use query::Declared;
pub use sections::{SectionDigests, section_digests};
pub use tags::{Decimal, Range, TagNote, Tags};
pub use text::{MAX_TEXT_BYTES, canonical_text, canonical_type};
pub use wit::{
    Gates, load_component, load_encoded_package, load_encoded_world, load_text, load_wit, load_wit_gated,
    load_wit_tree, wasm_reason,
};
