//! Names that take part in linking: of imports, exports, parameters, fields, cases and flags.

use wasmparser::{
    ComponentAlias, ComponentDefinedType, ComponentExternName, ComponentInstance, ComponentType,
    ComponentTypeDeclaration, InstanceTypeDeclaration,
};

use super::Profile;
use super::scan::length;

impl Profile {
    pub(super) fn name(&mut self, name: &str) {
        self.longest_name_bytes = self.longest_name_bytes.max(length(name.len()));
        if !name.is_ascii() && self.name_not_ascii.is_none() {
            self.name_not_ascii = Some(name.to_owned());
        }
    }

    pub(super) fn extern_name(&mut self, name: &ComponentExternName<'_>) {
        let parts = [Some(name.name), name.implements, name.version_suffix, name.external_id];
        parts.into_iter().flatten().for_each(|part| self.name(part));
    }

    pub(super) fn alias_name(&mut self, alias: &ComponentAlias<'_>) {
        match alias {
            ComponentAlias::InstanceExport { name, .. } | ComponentAlias::CoreInstanceExport { name, .. } => {
                self.name(name);
            }
            ComponentAlias::Outer { .. } => {}
        }
    }

    pub(super) fn instance_names(&mut self, instance: &ComponentInstance<'_>) {
        match instance {
            ComponentInstance::Instantiate { args, .. } => args.iter().for_each(|arg| self.name(arg.name)),
            ComponentInstance::FromExports(exports) => {
                exports.iter().for_each(|export| self.extern_name(&export.name));
            }
        }
    }

    pub(super) fn type_names(&mut self, ty: &ComponentType<'_>) {
        match ty {
            ComponentType::Defined(ty) => self.defined_names(ty),
            ComponentType::Func(ty) => ty.params.iter().for_each(|(name, _)| self.name(name)),
            ComponentType::Component(declarations) => {
                declarations.iter().for_each(|declaration| match declaration {
                    ComponentTypeDeclaration::CoreType(_) => {}
                    ComponentTypeDeclaration::Type(ty) => self.type_names(ty),
                    ComponentTypeDeclaration::Alias(alias) => self.alias_name(alias),
                    ComponentTypeDeclaration::Export { name, .. } => self.extern_name(name),
                    ComponentTypeDeclaration::Import(import) => self.extern_name(&import.name),
                });
            }
            ComponentType::Instance(declarations) => {
                declarations.iter().for_each(|declaration| match declaration {
                    InstanceTypeDeclaration::CoreType(_) => {}
                    InstanceTypeDeclaration::Type(ty) => self.type_names(ty),
                    InstanceTypeDeclaration::Alias(alias) => self.alias_name(alias),
                    InstanceTypeDeclaration::Export { name, .. } => self.extern_name(name),
                });
            }
            ComponentType::Resource { .. } => {}
        }
    }

    fn defined_names(&mut self, ty: &ComponentDefinedType<'_>) {
        match ty {
            ComponentDefinedType::Record(fields) => fields.iter().for_each(|(name, _)| self.name(name)),
            ComponentDefinedType::Variant(cases) => cases.iter().for_each(|case| self.name(case.name)),
            ComponentDefinedType::Flags(names) | ComponentDefinedType::Enum(names) => {
                names.iter().for_each(|name| self.name(name));
            }
            ComponentDefinedType::Primitive(_)
            | ComponentDefinedType::List(_)
            | ComponentDefinedType::Map(..)
            | ComponentDefinedType::FixedLengthList(..)
            | ComponentDefinedType::Tuple(_)
            | ComponentDefinedType::Option(_)
            | ComponentDefinedType::Result { .. }
            | ComponentDefinedType::Own(_)
            | ComponentDefinedType::Borrow(_)
            | ComponentDefinedType::Future(_)
            | ComponentDefinedType::Stream(_) => {}
        }
    }
}
