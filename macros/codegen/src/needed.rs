//! The declared types that a world's functions need.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{Owner, Type, TypeDef, TypeKind, World};

/// Needed types by owner, and owners in order of need.
#[derive(Default)]
pub(crate) struct Needed {
    /// Owners.
    pub(crate) order: Vec<Owner>,
    /// Types, each after those that it is made of.
    pub(crate) types: BTreeMap<Owner, Vec<Arc<TypeDef>>>,
}

impl Needed {
    /// What the functions of a world use.
    pub(crate) fn by(world: &World) -> Self {
        let mut needed = Self::default();
        for (_, function) in world.exported_functions() {
            function.params.iter().for_each(|param| needed.ty(&param.ty));
            function.result.iter().for_each(|result| needed.ty(result));
        }
        needed
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
            Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => self.ty(item),
            Type::Map(key, value) => {
                self.ty(key);
                self.ty(value);
            }
            Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|part| self.ty(part)),
            Type::Tuple(items) => items.iter().for_each(|item| self.ty(item)),
            Type::Named(def) => self.def(def),
        }
    }

    fn def(&mut self, def: &Arc<TypeDef>) {
        let known =
            self.types.get(&def.owner).is_some_and(|types| types.iter().any(|other| other.name == def.name));
        if known {
            return;
        }
        match &def.kind {
            TypeKind::Record(fields) => fields.iter().for_each(|field| self.ty(&field.ty)),
            TypeKind::Variant(cases) => {
                cases.iter().filter_map(|case| case.payload.as_ref()).for_each(|payload| self.ty(payload));
            }
            TypeKind::Alias(target) => self.ty(target),
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
        }
        if !self.order.contains(&def.owner) {
            self.order.push(def.owner.clone());
        }
        self.types.entry(def.owner.clone()).or_default().push(Arc::clone(def));
    }
}
