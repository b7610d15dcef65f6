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

/// How deep types may be nested.
const HEIGHT_MAX: usize = 100;

/// The sizes of the types of one component, each measured once.
pub(super) struct Sizes<'a> {
    types: TypesRef<'a>,
    known: HashMap<ComponentDefinedTypeId, Size>,
}

#[derive(Clone, Copy, Default)]
struct Size {
    text_bytes: usize,
    height: usize,
}

impl Size {
    fn join(self, child: Self) -> Self {
        Self {
            text_bytes: self.text_bytes.saturating_add(child.text_bytes),
            height: self.height.max(child.height + 1),
        }
    }
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
            bytes = bytes.saturating_add(self.measure(*ty, 0)?.text_bytes);
        }
        if let Some(ty) = function.result {
            bytes = bytes.saturating_add(" -> ".len()).saturating_add(self.measure(ty, 0)?.text_bytes);
        }
        Ok(bytes)
    }

    fn measure(&mut self, ty: ComponentValType, depth: usize) -> Result<Size, Unfit> {
        let size = match ty {
            ComponentValType::Primitive(ty) => Size { text_bytes: primitive(ty), height: 0 },
            ComponentValType::Type(id) => match self.known.get(&id) {
                Some(&size) => size,
                None => self.measure_new(id, depth)?,
            },
        };
        if depth + size.height > HEIGHT_MAX {
            return Err(Unfit::TooLarge("nested more than 100 levels deep"));
        }
        Ok(size)
    }

    fn measure_new(&mut self, id: ComponentDefinedTypeId, depth: usize) -> Result<Size, Unfit> {
        if depth > HEIGHT_MAX {
            return Err(Unfit::TooLarge("nested more than 100 levels deep"));
        }
        let types = self.types;
        let ty = known(types, id);
        let mut size = Size { text_bytes: frame(ty)?, height: 0 };
        match ty {
            ComponentDefinedType::Record(record) => {
                for child in record.fields.values() {
                    size = size.join(self.measure(*child, depth + 1)?);
                }
            }
            ComponentDefinedType::Variant(variant) => {
                for child in variant.cases.values().filter_map(|case| case.ty) {
                    size = size.join(self.measure(child, depth + 1)?);
                }
            }
            ComponentDefinedType::Tuple(tuple) => {
                for child in &tuple.types {
                    size = size.join(self.measure(*child, depth + 1)?);
                }
            }
            ComponentDefinedType::Map { key, value, .. } => {
                size = size.join(self.measure(*key, depth + 1)?).join(self.measure(*value, depth + 1)?);
            }
            ComponentDefinedType::Result { ok, err, .. } => {
                for child in [ok, err].into_iter().flatten() {
                    size = size.join(self.measure(*child, depth + 1)?);
                }
            }
            ComponentDefinedType::List { element: child, .. }
            | ComponentDefinedType::FixedLengthList { element: child, .. }
            | ComponentDefinedType::Option { ty: child, .. } => {
                size = size.join(self.measure(*child, depth + 1)?);
            }
            ComponentDefinedType::Primitive(_)
            | ComponentDefinedType::Flags(_)
            | ComponentDefinedType::Enum(_)
            | ComponentDefinedType::Own(_)
            | ComponentDefinedType::Borrow(_)
            | ComponentDefinedType::Future { .. }
            | ComponentDefinedType::Stream { .. } => {}
        }
        self.known.insert(id, size);
        Ok(size)
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
