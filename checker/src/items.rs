//! One item of a package, and whether two copies or editions of it say the same.

use std::sync::Arc;

use linchpin_contract::{Function, Interface, Type, TypeDef, World, function_digest, type_digest};

use crate::pair::shown_function;
use crate::rule::Shown;
use crate::tag_pair::{same_tags, same_type_tags};

/// An item by itself; what an interface or a world holds are items of their own.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    Interface(&'a Interface),
    Function(&'a Function),
    Type(&'a Arc<TypeDef>),
    World(&'a World),
}

impl<'a> Item<'a> {
    pub(crate) fn shown(&self) -> Shown {
        match self {
            Self::Interface(interface) => {
                Shown::new(interface.place.as_ref(), format!("interface {}", interface.id.name))
            }
            Self::Function(function) => shown_function(function),
            Self::Type(def) => Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name)),
            Self::World(world) => Shown::new(world.place.as_ref(), format!("world {}", world.name)),
        }
    }

    /// Whether both say the same: canonical digests, units and ranges. Docs and the order of items are no content.
    pub(crate) fn same_edition(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Function(one), Self::Function(other)) => {
                let digest = function_digest(one);
                digest.is_ok() && digest == function_digest(other) && same_tags(one, other)
            }
            (Self::Type(one), Self::Type(other)) => {
                let digest = |def: &Arc<TypeDef>| type_digest(&Type::Named(Arc::clone(def))).ok();
                digest(one).is_some() && digest(one) == digest(other) && same_type_tags(one, other)
            }
            // Their parts are items of their own.
            (Self::Interface(_), Self::Interface(_)) | (Self::World(_), Self::World(_)) => true,
            (Self::Interface(_) | Self::Function(_) | Self::Type(_) | Self::World(_), _) => false,
        }
    }

    /// Visits every declared type that it is made of, itself aside.
    pub(crate) fn each_declared(&self, visit: &mut impl FnMut(&'a Arc<TypeDef>) -> bool) {
        match self {
            Self::Function(function) => function.each_declared(visit),
            Self::Type(def) => def.each_declared(visit),
            Self::Interface(_) | Self::World(_) => {}
        }
    }
}
