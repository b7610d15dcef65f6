//! How long the canonical text of a type would be, computed without building it.
//!
//! A type section of a few kilobytes can describe a type whose expansion has millions of nodes. So each shared
//! type is measured once, and only what is small enough is expanded.

use super::types::{Unfit, known};
use std::collections::HashMap;
use wasmparser::PrimitiveValType;
use wasmparser::component_types::{
    ComponentDefinedType, ComponentDefinedTypeId, ComponentFuncType, ComponentValType,
};
use wasmparser::types::TypesRef;

/// The sizes of the types of one component, each measured once.
pub(super) struct Sizes<'a> {
    types: TypesRef<'a>,
    known: HashMap<ComponentDefinedTypeId, usize>,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(types: TypesRef<'a>) -> Self {
        Self { types, known: HashMap::new() }
    }

    /// The bytes of a function's canonical text.
    pub(super) fn function(&mut self, function: &ComponentFuncType) -> Result<usize, Unfit> {
        let mut bytes = "func()".len() + separators(function.params.len());
        for (name, ty) in &function.params {
            bytes = bytes.saturating_add(name.as_str().len() + ": ".len());
            bytes = bytes.saturating_add(self.measure(*ty)?);
        }
        if let Some(ty) = function.result {
            bytes = bytes.saturating_add(" -> ".len()).saturating_add(self.measure(ty)?);
        }
        Ok(bytes)
    }

    /// Goes at most a hundred levels deep: the validator refuses types that are nested deeper.
    fn measure(&mut self, ty: ComponentValType) -> Result<usize, Unfit> {
        let id = match ty {
            ComponentValType::Primitive(ty) => return Ok(primitive(ty)),
            ComponentValType::Type(id) => id,
        };
        if let Some(&size) = self.known.get(&id) {
            return Ok(size);
        }
        let ty = known(self.types, id);
        let mut size = frame(ty)?;
        for child in children(ty) {
            size = size.saturating_add(self.measure(child)?);
        }
        self.known.insert(id, size);
        Ok(size)
    }
}

/// The types that a type is made of.
fn children(ty: &ComponentDefinedType) -> Vec<ComponentValType> {
    match ty {
        ComponentDefinedType::Record(record) => record.fields.values().copied().collect(),
        ComponentDefinedType::Variant(variant) => variant.cases.values().filter_map(|case| case.ty).collect(),
        ComponentDefinedType::Tuple(tuple) => tuple.types.to_vec(),
        ComponentDefinedType::Map { key, value, .. } => vec![*key, *value],
        ComponentDefinedType::Result { ok, err, .. } => [*ok, *err].into_iter().flatten().collect(),
        ComponentDefinedType::List { element: child, .. }
        | ComponentDefinedType::FixedLengthList { element: child, .. }
        | ComponentDefinedType::Option { ty: child, .. } => vec![*child],
        ComponentDefinedType::Primitive(_)
        | ComponentDefinedType::Flags(_)
        | ComponentDefinedType::Enum(_)
        | ComponentDefinedType::Own(_)
        | ComponentDefinedType::Borrow(_)
        | ComponentDefinedType::Future { .. }
        | ComponentDefinedType::Stream { .. } => Vec::new(),
    }
}

/// The bytes of a type's text without those of the types in it.
fn frame(ty: &ComponentDefinedType) -> Result<usize, Unfit> {
    Ok(match ty {
        ComponentDefinedType::Primitive(ty) => primitive(*ty),
        ComponentDefinedType::Record(record) => {
            "record {  }".len()
                + separators(record.fields.len())
                + record.fields.keys().map(|name| name.as_str().len() + ": ".len()).sum::<usize>()
        }
        ComponentDefinedType::Variant(variant) => {
            let case = |payload: bool| if payload { "()".len() } else { 0 };
            "variant {  }".len()
                + separators(variant.cases.len())
                + variant.cases.iter().map(|(n, c)| n.as_str().len() + case(c.ty.is_some())).sum::<usize>()
        }
        ComponentDefinedType::Enum(names) => {
            let bytes: usize = names.iter().map(|name| name.as_str().len()).sum();
            "enum {  }".len() + separators(names.len()) + bytes
        }
        ComponentDefinedType::Flags(names) => {
            let bytes: usize = names.iter().map(|name| name.as_str().len()).sum();
            "flags {  }".len() + separators(names.len()) + bytes
        }
        ComponentDefinedType::List { .. } => "list<>".len(),
        ComponentDefinedType::FixedLengthList { length, .. } => "list<, >".len() + length.to_string().len(),
        ComponentDefinedType::Map { .. } => "map<, >".len(),
        ComponentDefinedType::Option { .. } => "option<>".len(),
        ComponentDefinedType::Tuple(tuple) => "tuple<>".len() + separators(tuple.types.len()),
        ComponentDefinedType::Result { ok, err, .. } => match (ok, err) {
            (None, None) => "result".len(),
            (Some(_), None) => "result<>".len(),
            (None, Some(_)) => "result<_, >".len(),
            (Some(_), Some(_)) => "result<, >".len(),
        },
        ComponentDefinedType::Own(_) | ComponentDefinedType::Borrow(_) => {
            return Err(Unfit::Impure("a resource"));
        }
        ComponentDefinedType::Future { .. } => return Err(Unfit::Impure("a `future`")),
        ComponentDefinedType::Stream { .. } => return Err(Unfit::Impure("a `stream`")),
    })
}

fn separators(items: usize) -> usize {
    ", ".len() * items.saturating_sub(1)
}

fn primitive(ty: PrimitiveValType) -> usize {
    ty.to_string().len()
}
