//! The model's types in upstream's form, for upstream's walk of the canonical ABI.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{Function, Owner, Primitive, Type, TypeDef, TypeKind};
use wit_bindgen_core::wit_parser as up;

use super::plan::PlannedFunction;

/// The types of a world in upstream's form, with the way back to the model.
pub(super) struct AbiTypes {
    /// Types, and nothing else.
    pub resolve: up::Resolve,
    /// Sizes and alignments.
    pub sizes: up::SizeAlign,
    /// The functions, by index.
    pub functions: Vec<up::Function>,
    declared: BTreeMap<up::TypeId, Arc<TypeDef>>,
}

impl AbiTypes {
    /// Translates the functions with their types.
    pub(super) fn new(functions: &[PlannedFunction<'_>]) -> Self {
        let mut build =
            Build { resolve: up::Resolve::default(), known: BTreeMap::new(), declared: BTreeMap::new() };
        let functions = functions.iter().map(|planned| build.function(planned.function)).collect();
        let mut sizes = up::SizeAlign::default();
        sizes.fill(&build.resolve);
        Self { resolve: build.resolve, sizes, functions, declared: build.declared }
    }

    /// The declared type behind an id.
    pub(super) fn declared(&self, id: up::TypeId) -> Option<&Arc<TypeDef>> {
        self.declared.get(&id)
    }

    /// Bytes and alignment in the memory of a 32-bit guest.
    pub(super) fn layout(&self, ty: &up::Type) -> (usize, usize) {
        (self.sizes.size(ty).size_wasm32(), self.sizes.align(ty).align_wasm32())
    }

    /// Whether lowering a value of the type may need memory of the guest beside the value's own.
    pub(super) fn allocates(&self, ty: &up::Type) -> bool {
        let up::Type::Id(id) = ty else { return matches!(ty, up::Type::String) };
        let Some(def) = self.resolve.types.get(*id) else { return false };
        match &def.kind {
            up::TypeDefKind::List(_) | up::TypeDefKind::Map(..) => true,
            up::TypeDefKind::Type(ty)
            | up::TypeDefKind::Option(ty)
            | up::TypeDefKind::FixedLengthList(ty, _) => self.allocates(ty),
            up::TypeDefKind::Record(record) => record.fields.iter().any(|field| self.allocates(&field.ty)),
            up::TypeDefKind::Tuple(tuple) => tuple.types.iter().any(|ty| self.allocates(ty)),
            up::TypeDefKind::Variant(variant) => {
                variant.cases.iter().filter_map(|case| case.ty.as_ref()).any(|ty| self.allocates(ty))
            }
            up::TypeDefKind::Result(result) => {
                [&result.ok, &result.err].into_iter().flatten().any(|ty| self.allocates(ty))
            }
            up::TypeDefKind::Enum(_) | up::TypeDefKind::Flags(_) => false,
            up::TypeDefKind::Handle(_)
            | up::TypeDefKind::Resource
            | up::TypeDefKind::Future(_)
            | up::TypeDefKind::Stream(_)
            | up::TypeDefKind::Unknown => false,
        }
    }
}

struct Build {
    resolve: up::Resolve,
    known: BTreeMap<(Owner, String), up::Type>,
    declared: BTreeMap<up::TypeId, Arc<TypeDef>>,
}

impl Build {
    fn function(&mut self, function: &Function) -> up::Function {
        let params = function
            .params
            .iter()
            .map(|param| up::Param {
                name: param.name.clone(),
                ty: self.ty(&param.ty),
                span: up::Span::default(),
            })
            .collect();
        up::Function {
            name: function.name.clone(),
            kind: up::FunctionKind::Freestanding,
            params,
            result: function.result.as_ref().map(|ty| self.ty(ty)),
            docs: up::Docs::default(),
            stability: up::Stability::default(),
            span: up::Span::default(),
            external_id: None,
        }
    }

    fn ty(&mut self, ty: &Type) -> up::Type {
        let kind = match ty {
            Type::Primitive(primitive) => return self::primitive(*primitive),
            Type::Named(def) => return self.def(def),
            Type::List(item) => up::TypeDefKind::List(self.ty(item)),
            Type::FixedList(item, length) => up::TypeDefKind::FixedLengthList(self.ty(item), *length),
            Type::Map(key, value) => {
                let key = self.ty(key);
                up::TypeDefKind::Map(key, self.ty(value))
            }
            Type::Option(item) => up::TypeDefKind::Option(self.ty(item)),
            Type::Result { ok, err } => {
                let ok = ok.as_deref().map(|ty| self.ty(ty));
                up::TypeDefKind::Result(up::Result_ { ok, err: err.as_deref().map(|ty| self.ty(ty)) })
            }
            Type::Tuple(items) => {
                up::TypeDefKind::Tuple(up::Tuple { types: items.iter().map(|item| self.ty(item)).collect() })
            }
            // `Arguments::world` let no world with these through.
            Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => up::TypeDefKind::Unknown,
        };
        up::Type::Id(self.add(None, kind))
    }

    /// An alias is what it stands for; any other declared type is translated once.
    fn def(&mut self, def: &Arc<TypeDef>) -> up::Type {
        let key = (def.owner.clone(), def.name.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let docs = up::Docs::default;
        let span = up::Span::default();
        let kind = match &def.kind {
            TypeKind::Alias(target) => {
                let target = self.ty(target);
                self.known.insert(key, target);
                return target;
            }
            TypeKind::Record(fields) => {
                let field = |field: &linchpin_contract::Field| up::Field {
                    name: field.name.clone(),
                    ty: self.ty(&field.ty),
                    docs: docs(),
                    span,
                };
                up::TypeDefKind::Record(up::Record { fields: fields.iter().map(field).collect() })
            }
            TypeKind::Variant(cases) => {
                let case = |case: &linchpin_contract::Case| {
                    let ty = case.payload.as_ref().map(|ty| self.ty(ty));
                    up::Case { name: case.name.clone(), ty, docs: docs(), span }
                };
                up::TypeDefKind::Variant(up::Variant { cases: cases.iter().map(case).collect() })
            }
            TypeKind::Enum(labels) => {
                let case = |label: &linchpin_contract::Label| up::EnumCase {
                    name: label.name.clone(),
                    docs: docs(),
                    span,
                };
                up::TypeDefKind::Enum(up::Enum { cases: labels.iter().map(case).collect() })
            }
            TypeKind::Flags(labels) => {
                let flag = |label: &linchpin_contract::Label| up::Flag {
                    name: label.name.clone(),
                    docs: docs(),
                    span,
                };
                up::TypeDefKind::Flags(up::Flags { flags: labels.iter().map(flag).collect() })
            }
            TypeKind::Resource => up::TypeDefKind::Resource,
        };
        let id = self.add(Some(def.name.clone()), kind);
        self.declared.insert(id, Arc::clone(def));
        self.known.insert(key, up::Type::Id(id));
        up::Type::Id(id)
    }

    fn add(&mut self, name: Option<String>, kind: up::TypeDefKind) -> up::TypeId {
        self.resolve.types.alloc(up::TypeDef {
            name,
            kind,
            owner: up::TypeOwner::None,
            docs: up::Docs::default(),
            stability: up::Stability::default(),
            span: up::Span::default(),
            external_id: None,
        })
    }
}

fn primitive(primitive: Primitive) -> up::Type {
    match primitive {
        Primitive::Bool => up::Type::Bool,
        Primitive::U8 => up::Type::U8,
        Primitive::U16 => up::Type::U16,
        Primitive::U32 => up::Type::U32,
        Primitive::U64 => up::Type::U64,
        Primitive::S8 => up::Type::S8,
        Primitive::S16 => up::Type::S16,
        Primitive::S32 => up::Type::S32,
        Primitive::S64 => up::Type::S64,
        Primitive::F32 => up::Type::F32,
        Primitive::F64 => up::Type::F64,
        Primitive::Char => up::Type::Char,
        Primitive::String => up::Type::String,
        Primitive::ErrorContext => up::Type::ErrorContext,
    }
}
