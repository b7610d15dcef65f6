//! What a world may not have: what is outside the pure subset, and types that components cannot carry yet.

use std::collections::BTreeSet;

use linchpin_contract::{Place, Type, TypeDef, TypeKind, World, impurities};

use crate::report::Message;

/// Everything that stands against calling a world's functions, or implementing them.
pub fn refusals(world: &World) -> Vec<Message> {
    let impure = impurities(world).into_iter().map(|impurity| {
        let what = format!("`{}`: {}", impurity.path, impurity.kind.reason());
        Message::new(what).at(impurity.place.as_ref()).help(impurity.kind.help())
    });
    impure.chain(unsupported(world)).collect()
}

/// Every use of a type that cannot cross, in the functions that a world exports.
pub fn unsupported(world: &World) -> Vec<Message> {
    let mut search = Search { messages: Vec::new(), seen: BTreeSet::new() };
    for (_, function) in world.exported_functions() {
        for param in &function.params {
            search.ty(&param.ty, param.place.as_ref().or(function.place.as_ref()));
        }
        if let Some(result) = &function.result {
            search.ty(result, function.place.as_ref());
        }
    }
    search.messages
}

/// Most flags of one type: validation refuses a component with more, wherever it is to run.
pub(crate) const MAX_FLAGS: usize = 32;

struct Search {
    messages: Vec<Message>,
    seen: BTreeSet<*const TypeDef>,
}

impl Search {
    fn ty(&mut self, ty: &Type, place: Option<&Place>) {
        match ty {
            Type::Primitive(_) => {}
            Type::List(item) | Type::Option(item) => self.ty(item, place),
            Type::Result { ok, err } => {
                [ok, err].into_iter().flatten().for_each(|part| self.ty(part, place));
            }
            Type::Tuple(items) => {
                if items.len() > 16 {
                    let what =
                        format!("a tuple of {} items is longer than the 16 that can cross", items.len());
                    self.messages.push(Message::new(what).at(place).help("make it a record"));
                }
                items.iter().for_each(|item| self.ty(item, place));
            }
            Type::FixedList(item, length) => {
                let what = format!("`{ty}` cannot cross: components carry no lists of a fixed length yet");
                let help = format!("write `list<{item}>` and check for {length} items, or a tuple");
                self.messages.push(Message::new(what).at(place).help(help));
            }
            Type::Map(key, value) => {
                let what = format!("`{ty}` cannot cross: components carry no maps yet");
                let help = format!("write `list<tuple<{key}, {value}>>`");
                self.messages.push(Message::new(what).at(place).help(help));
            }
            Type::Named(def) => self.def(def),
            // Outside the pure subset, which is refused by its own message.
            Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
        }
    }

    fn def(&mut self, def: &TypeDef) {
        if !self.seen.insert(std::ptr::from_ref(def)) {
            return;
        }
        self.name(&def.name, def.place.as_ref());
        match &def.kind {
            TypeKind::Enum(labels) => {
                labels.iter().for_each(|label| self.name(&label.name, label.place.as_ref()))
            }
            TypeKind::Record(fields) => {
                fields.iter().for_each(|field| self.ty(&field.ty, field.place.as_ref()))
            }
            TypeKind::Variant(cases) => {
                for case in cases {
                    self.name(&case.name, case.place.as_ref());
                    case.payload.iter().for_each(|payload| self.ty(payload, case.place.as_ref()));
                }
            }
            TypeKind::Flags(flags) if flags.len() > MAX_FLAGS => {
                let what = format!(
                    "`{}` has {} flags, more than the {MAX_FLAGS} that can cross",
                    def.name,
                    flags.len()
                );
                self.messages.push(Message::new(what).at(def.place.as_ref()).help("split the type"));
            }
            TypeKind::Alias(target) => self.ty(target, def.place.as_ref()),
            TypeKind::Flags(_) | TypeKind::Resource => {}
        }
    }

    /// Upstream's generator writes types and cases in camel case, where no spelling of `Self` is free.
    fn name(&mut self, name: &str, place: Option<&Place>) {
        if name == "self" {
            let what = "a type or case named `self` cannot be written in Rust: it would be `Self`";
            self.messages.push(Message::new(what).at(place).help("give it another name in the WIT"));
        }
    }
}
