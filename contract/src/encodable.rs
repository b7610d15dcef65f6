//! Types that WIT can write and no component can have.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::{Contract, Function, Package, Place, Type, TypeDef, TypeKind};
use crate::query::Declared;

/// A type that no component can have, so that nothing can ever be built for its contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unencodable {
    /// What has the type, as in `record inputs`.
    pub item: String,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
    /// What is wrong with it, as in `has no fields`.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Flags of a component are one 32-bit word.
const FLAGS_MAX: usize = 32;

/// Every such type of the packages that a contract itself declares, in source order, and of those that these bring in.
///
/// The rules are those of the component model's validation: Component Model, *Binary Format*, type definitions.
pub fn unencodable(contract: &Contract) -> Vec<Unencodable> {
    let mut found = Found { all: Vec::new(), seen: HashSet::new() };
    for declared in contract.packages.iter().take(contract.own_packages).flat_map(Package::declared) {
        match declared {
            Declared::Type(def) => found.reached(def),
            Declared::Function(function) => found.function(function),
        }
    }
    found.all
}

struct Found {
    all: Vec<Unencodable>,
    /// Types that were looked at.
    seen: HashSet<*const TypeDef>,
}

/// What has a type, and where.
type Item<'i> = (&'i str, Option<&'i Place>);

impl Found {
    fn function(&mut self, function: &Function) {
        let item = format!("function {}", function.name);
        for param in &function.params {
            self.ty((&item, param.place.as_ref().or(function.place.as_ref())), &param.ty);
        }
        if let Some(result) = &function.result {
            self.ty((&item, function.place.as_ref()), result);
        }
    }

    /// A type and those that it is made of, of whatever package.
    fn reached(&mut self, def: &Arc<TypeDef>) {
        let mut defs = vec![def];
        let mut seen = std::mem::take(&mut self.seen);
        if seen.insert(Arc::as_ptr(def)) {
            def.each_declared(&mut |part| {
                let is_new = seen.insert(Arc::as_ptr(part));
                if is_new {
                    defs.push(part);
                }
                is_new
            });
            self.seen = seen;
            defs.into_iter().for_each(|def| self.def(def));
        } else {
            self.seen = seen;
        }
    }

    fn def(&mut self, def: &TypeDef) {
        let item = format!("{} {}", def.kind.as_str(), def.name);
        let own = (item.as_str(), def.place.as_ref());
        match &def.kind {
            TypeKind::Record(fields) => {
                self.some(own, fields.len(), "fields");
                for field in fields {
                    self.ty((&item, field.place.as_ref()), &field.ty);
                }
            }
            TypeKind::Variant(cases) => {
                self.some(own, cases.len(), "cases");
                for case in cases {
                    case.payload.iter().for_each(|payload| self.ty((&item, case.place.as_ref()), payload));
                }
            }
            TypeKind::Enum(cases) => self.some(own, cases.len(), "cases"),
            TypeKind::Flags(flags) => {
                self.some(own, flags.len(), "flags");
                if flags.len() > FLAGS_MAX {
                    let message =
                        format!("has {} flags, and a component has at most {FLAGS_MAX}", flags.len());
                    self.push(own, message, "divide them between two types");
                }
            }
            TypeKind::Alias(target) => self.ty(own, target),
            TypeKind::Resource => {}
        }
    }

    /// Types without a name; those with one are looked at where they are declared.
    fn ty(&mut self, item: Item<'_>, ty: &Type) {
        match ty {
            Type::List(inner) | Type::Option(inner) => self.ty(item, inner),
            Type::FixedList(inner, length) => {
                if *length == 0 {
                    self.push(item, format!("has `{ty}`, which holds nothing"), "give it a length above 0");
                }
                self.ty(item, inner);
            }
            Type::Map(key, value) => {
                self.ty(item, key);
                self.ty(item, value);
            }
            Type::Result { ok, err } => {
                [ok, err].into_iter().flatten().for_each(|part| self.ty(item, part));
            }
            Type::Tuple(items) => {
                if items.is_empty() {
                    self.push(
                        item,
                        format!("has `{ty}`, which holds nothing"),
                        "leave it out, or give it a part",
                    );
                }
                items.iter().for_each(|part| self.ty(item, part));
            }
            Type::Stream(inner) | Type::Future(inner) => {
                inner.iter().for_each(|inner| self.ty(item, inner));
            }
            Type::Primitive(_) | Type::Named(_) | Type::Own(_) | Type::Borrow(_) => {}
        }
    }

    fn some(&mut self, item: Item<'_>, count: usize, parts: &str) {
        if count == 0 {
            self.push(item, format!("has no {parts}"), "give it at least one, or leave it out");
        }
    }

    fn push(&mut self, (item, place): Item<'_>, message: String, help: &'static str) {
        self.all.push(Unencodable { item: item.to_owned(), place: place.cloned(), message, help });
    }
}
