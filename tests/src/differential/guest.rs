//! The guest: it returns what it was given, with one byte changed if it was told so.

use linchpin_host::ValueType as Ty;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::abi::{AbiVariant, WasmType};
use wit_parser::{Function, Resolve, SizeAlign, Type, WorldId, WorldItem};

use super::types;

/// Bit of the place that means: not in the value, but in what it points to.
pub(super) const BEHIND: u32 = 1 << 30;

/// Where the guest's allocator begins, and how much of what it gave a guest may spoil.
const ARENA: u32 = 1024;
const ARENA_SPOILED_BYTES: u32 = 512;

/// Parameters beside the value, the place and the byte, so that there are more than registers take.
pub(super) const PADDING: usize = 15;

pub(super) const INTERFACE: &str = "test:differential/echoes";
pub(super) const FUNCTION: &str = "echo";

/// What functions are called that tell their flat parameters; all others echo.
pub(super) const FLAT: &str = "flat-";

/// A component, and the type of what it echoes.
pub(super) struct Guest {
    pub(super) ty: Ty,
    pub(super) component: Vec<u8>,
}

impl Guest {
    /// Builds the guest for one type.
    pub(super) fn build(ty: &Ty) -> Result<Self, String> {
        Ok(Self { ty: ty.clone(), component: component(&contract(ty), 1)? })
    }
}

/// The component for a contract of one interface, with so many pages of memory.
pub(super) fn component(contract: &str, pages: u32) -> Result<Vec<u8>, String> {
    let failed = |error: String| format!("{error}\n{contract}");
    let mut resolve = Resolve::default();
    let package = resolve.push_str("echoes.wit", contract).map_err(|error| failed(format!("{error:#}")))?;
    let world = resolve.select_world(&[package], None).map_err(|error| failed(format!("{error:#}")))?;
    let code = code(&resolve, world, pages).ok_or_else(|| failed("no function".to_owned()))?;
    let mut module = wat::parse_str(&code).map_err(|error| failed(format!("{error}\n{code}")))?;
    let component = embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .and_then(|()| ComponentEncoder::default().validate(true).module(&module)?.encode());
    component.map_err(|error| failed(format!("{error:#}")))
}

fn contract(ty: &Ty) -> String {
    let mut declared = Vec::new();
    let ty = types::wit(ty, &mut declared);
    let declared = declared.join("\n    ");
    let padding: String = (0..PADDING).map(|number| format!(", p{number}: u8")).collect();
    let types = ", u8".repeat(PADDING);
    format!(
        "package test:differential;\n\n\
         interface echoes {{\n    {declared}\n    \
         {FUNCTION}: func(value: {ty}, at: u32, byte: u8{padding}) -> tuple<{ty}, u32, u8{types}>;\n}}\n\n\
         world echoing {{ export echoes; }}\n"
    )
}

/// Offsets and flat types are upstream's, not ours.
fn code(resolve: &Resolve, world: WorldId, pages: u32) -> Option<String> {
    let interface = resolve.worlds.get(world)?.exports.values().find_map(|item| match item {
        WorldItem::Interface { id, .. } => Some(*id),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    })?;
    let name = resolve.id_of(interface)?;
    let functions = resolve.interfaces.get(interface)?.functions.values().map(|function| {
        let export = format!("{name}#{}", function.name);
        if function.name.starts_with(FLAT) {
            Some(flat(&export, &resolve.wasm_signature(AbiVariant::GuestExport, function).params))
        } else {
            echo(&export, resolve, function)
        }
    });
    let functions: String = functions.collect::<Option<_>>()?;
    Some(format!(
        r#"(module
        (memory (export "memory") {pages} {pages})
        (global $free (mut i32) (i32.const {ARENA}))
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (local $start i32)
            (local.set $start (i32.and
                (i32.add (global.get $free) (i32.sub (local.get 2) (i32.const 1)))
                (i32.sub (i32.const 0) (local.get 2))))
            (global.set $free (i32.add (local.get $start) (local.get 3)))
            (if (i32.gt_u (global.get $free) (i32.const {bytes})) (then unreachable))
            (local.get $start))
        {functions})"#,
        bytes = pages << 16,
    ))
}

/// Returns its parameters, which are in memory, with a byte changed if it was told so.
fn echo(export: &str, resolve: &Resolve, function: &Function) -> Option<String> {
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve);
    let types: Vec<Type> = function.params.iter().map(|param| param.ty).collect();
    let offsets = sizes.field_offsets(&types);
    let at = offsets.get(1)?.0.size_wasm32();
    let byte = offsets.get(2)?.0.size_wasm32();
    let value_bytes = sizes.size(types.first()?).size_wasm32();
    Some(format!(
        r#"
        (func (export "{export}") (param $value i32) (result i32)
            (local $at i32)
            (local.set $at (i32.load offset={at} (local.get $value)))
            (if (i32.ne (local.get $at) (i32.const -1)) (then
                (i32.store8
                    (if (result i32) (i32.and (local.get $at) (i32.const {BEHIND}))
                        (then (i32.add (i32.const {ARENA})
                            (i32.rem_u (local.get $at) (i32.const {ARENA_SPOILED_BYTES}))))
                        (else (i32.add (local.get $value)
                            (i32.rem_u (local.get $at) (i32.const {value_bytes})))))
                    (i32.load8_u offset={byte} (local.get $value)))))
            (local.get $value))"#
    ))
}

/// Returns a list of its parameters, which are in registers.
fn flat(export: &str, parameters: &[WasmType]) -> String {
    let (mut types, mut stores) = (String::new(), String::new());
    for (number, parameter) in parameters.iter().enumerate() {
        let local = format!("(local.get {number})");
        let (ty, bits) = match parameter {
            WasmType::I32 | WasmType::Pointer | WasmType::Length => {
                ("i32", format!("(i64.extend_i32_u {local})"))
            }
            WasmType::I64 | WasmType::PointerOrI64 => ("i64", local),
            WasmType::F32 => ("f32", format!("(i64.extend_i32_u (i32.reinterpret_f32 {local}))")),
            WasmType::F64 => ("f64", format!("(i64.reinterpret_f64 {local})")),
        };
        types.push_str(&format!(" {ty}"));
        stores.push_str(&format!("\n            (i64.store (i32.const {}) {bits})", 16 + 8 * number));
    }
    format!(
        r#"
        (func (export "{export}") (param{types}) (result i32){stores}
            (i32.store (i32.const 8) (i32.const 16))
            (i32.store (i32.const 12) (i32.const {}))
            (i32.const 8))"#,
        parameters.len()
    )
}
