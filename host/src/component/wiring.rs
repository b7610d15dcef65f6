//! How a component is put together: which function is lifted from what, and which instance exports it.
//!
//! A component refers to its parts by their positions in index spaces, and every alias and export adds to them.
//! This file keeps the spaces that matter for functions and refuses what a pure function has no use for.

use super::core_instances::{CoreInstances, MAIN};
use crate::error::Error;
use wasmparser::{
    CanonicalFunction, CanonicalOption, ComponentAlias, ComponentExternalKind, ComponentInstance,
    ComponentOuterAliasKind, ExternalKind, Payload,
};

/// The index spaces of one component.
#[derive(Default)]
pub(super) struct Wiring<'a> {
    /// Core functions, by the name under which the main instance exports them.
    pub(super) core_functions: Vec<&'a str>,
    /// Core memories, likewise.
    pub(super) core_memories: Vec<&'a str>,
    pub(super) core_instances: CoreInstances<'a>,
    pub(super) functions: Vec<Function<'a>>,
    pub(super) instances: Vec<InstanceOf<'a>>,
    pub(super) components: Vec<Wiring<'a>>,
    pub(super) exports: Vec<Item<'a>>,
}

/// Where a component-level function comes from.
pub(super) enum Function<'a> {
    Lifted(Lift),
    Imported(&'a str),
    OfInstance { instance: u32, name: &'a str },
    Same(u32),
}

/// A core function made into a component-level one.
pub(super) struct Lift {
    pub(super) core_function: u32,
    pub(super) options: Vec<CanonicalOption>,
}

/// Where a component-level instance comes from.
pub(super) enum InstanceOf<'a> {
    Component { component: u32, arguments: Vec<Item<'a>> },
    Exports(Vec<Item<'a>>),
    Imported(&'a str),
    OfInstance,
    Same(u32),
}

/// A name for a position in an index space.
pub(super) struct Item<'a> {
    pub(super) name: &'a str,
    pub(super) kind: ComponentExternalKind,
    pub(super) index: u32,
}

/// Whether a component is the outermost one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Outermost,
    Nested,
}

impl<'a> Wiring<'a> {
    /// Adds what one section defines.
    pub(super) fn add(&mut self, payload: Payload<'a>, place: Place) -> Result<(), Error> {
        match payload {
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let import = import?;
                    self.import(import.name.name, import.ty.kind())?;
                }
                Ok(())
            }
            Payload::ComponentAliasSection(section) => section.into_iter().try_for_each(|a| self.alias(a?)),
            Payload::ComponentExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.export(Item { name: export.name.name, kind: export.kind, index: export.index })?;
                }
                Ok(())
            }
            Payload::ComponentInstanceSection(section) => {
                section.into_iter().try_for_each(|instance| self.instance(instance?))
            }
            Payload::ComponentCanonicalSection(_) | Payload::InstanceSection(_) if place == Place::Nested => {
                Err(unsupported("core functions inside a nested component"))
            }
            Payload::ComponentCanonicalSection(section) => {
                section.into_iter().try_for_each(|canonical| self.canonical(canonical?))
            }
            Payload::InstanceSection(section) => section
                .into_iter()
                .try_for_each(|instance| self.core_instances.add(&instance?, &self.core_functions)),
            Payload::ComponentStartSection { .. } => Err(unsupported("a start function of its own")),
            // Types are the validator's; custom sections do not take part; the rest are no component's sections.
            _ => Ok(()),
        }
    }

    fn import(&mut self, name: &'a str, kind: ComponentExternalKind) -> Result<(), Error> {
        match kind {
            ComponentExternalKind::Func => self.functions.push(Function::Imported(name)),
            ComponentExternalKind::Instance => self.instances.push(InstanceOf::Imported(name)),
            ComponentExternalKind::Type => {}
            ComponentExternalKind::Module
            | ComponentExternalKind::Value
            | ComponentExternalKind::Component => {
                return Err(Error::ImportPresent { import: name.to_owned() });
            }
        }
        Ok(())
    }

    fn alias(&mut self, alias: ComponentAlias<'a>) -> Result<(), Error> {
        match alias {
            ComponentAlias::InstanceExport { kind, instance_index, name } => match kind {
                ComponentExternalKind::Func => {
                    self.functions.push(Function::OfInstance { instance: instance_index, name });
                }
                ComponentExternalKind::Instance => self.instances.push(InstanceOf::OfInstance),
                ComponentExternalKind::Type => {}
                ComponentExternalKind::Module
                | ComponentExternalKind::Value
                | ComponentExternalKind::Component => {
                    return Err(unsupported("an instance that exports more than functions and types"));
                }
            },
            ComponentAlias::CoreInstanceExport { instance_index, .. } if instance_index != MAIN => {
                return Err(unsupported("an alias of another core instance than the main one"));
            }
            ComponentAlias::CoreInstanceExport { kind, name, .. } => match kind {
                ExternalKind::Func | ExternalKind::FuncExact => self.core_functions.push(name),
                ExternalKind::Memory => self.core_memories.push(name),
                ExternalKind::Table | ExternalKind::Global | ExternalKind::Tag => {}
            },
            ComponentAlias::Outer { kind, .. } => match kind {
                ComponentOuterAliasKind::Type | ComponentOuterAliasKind::CoreType => {}
                ComponentOuterAliasKind::CoreModule | ComponentOuterAliasKind::Component => {
                    return Err(unsupported("an alias of an outer module or component"));
                }
            },
        }
        Ok(())
    }

    fn export(&mut self, item: Item<'a>) -> Result<(), Error> {
        match item.kind {
            ComponentExternalKind::Func => self.functions.push(Function::Same(item.index)),
            ComponentExternalKind::Instance => self.instances.push(InstanceOf::Same(item.index)),
            ComponentExternalKind::Type => {}
            ComponentExternalKind::Module
            | ComponentExternalKind::Value
            | ComponentExternalKind::Component => {
                return Err(unsupported("exports other than functions, interfaces and types"));
            }
        }
        self.exports.push(item);
        Ok(())
    }

    fn instance(&mut self, instance: ComponentInstance<'a>) -> Result<(), Error> {
        self.instances.push(match instance {
            ComponentInstance::Instantiate { component_index, args } => InstanceOf::Component {
                component: component_index,
                arguments: args
                    .iter()
                    .map(|arg| Item { name: arg.name, kind: arg.kind, index: arg.index })
                    .collect(),
            },
            ComponentInstance::FromExports(exports) => InstanceOf::Exports(
                exports
                    .iter()
                    .map(|export| Item { name: export.name.name, kind: export.kind, index: export.index })
                    .collect(),
            ),
        });
        Ok(())
    }

    fn canonical(&mut self, canonical: CanonicalFunction) -> Result<(), Error> {
        match canonical {
            CanonicalFunction::Lift { core_func_index, options, .. } => {
                let lift = Lift { core_function: core_func_index, options: options.into_vec() };
                self.functions.push(Function::Lifted(lift));
                Ok(())
            }
            // Every other canonical function is something that the guest calls, which a pure one does not.
            _ => Err(unsupported("a canonical built-in that the guest could call")),
        }
    }
}

pub(super) fn unsupported(found: &str) -> Error {
    Error::UnsupportedStructure { found: found.to_owned() }
}
