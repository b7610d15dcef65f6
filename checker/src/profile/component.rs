//! One component: its instances, its types and the ways in which it is put together.
//!
//! `linchpin-host` follows an export to one `canon lift` of one core instance, and has no place for anything else.
//! What is noted as unusual here is what it refuses by name; a test tries both over the same components.

use wasmparser::{
    CanonicalFunction, CanonicalOption, ComponentAlias, ComponentExternalKind, ComponentOuterAliasKind,
    ComponentTypeRef, ExternalKind, Instance, Payload, TypeBounds,
};

use super::{Invalid, Profile};

/// What a component with several core modules has as well.
pub(super) const OTHER_INSTANCE: &str = "an alias of another core instance than the main one";
pub(super) const SEVERAL_INSTANCES: &str = "more than one core instance";

/// How far the core instances of a component have been read.
#[derive(Default, PartialEq, Eq)]
enum CoreInstances {
    #[default]
    None,
    Main,
    /// The main instance, and one that only exports its `_initialize`.
    Initialiser,
    /// All three that `wit-component` makes for a module with `_initialize`.
    Initialised,
}

/// One component while its sections are read.
#[derive(Default)]
pub(super) struct ComponentScan<'a> {
    core_instances: CoreInstances,
    core_functions: Vec<&'a str>,
    core_memories: Vec<&'a str>,
    memory: Option<&'a str>,
    realloc: Option<&'a str>,
    lifts: u32,
}

impl<'a> ComponentScan<'a> {
    /// Takes one section.
    pub(super) fn add(
        &mut self,
        payload: Payload<'a>,
        profile: &mut Profile,
        outermost: bool,
    ) -> Result<(), Invalid> {
        match payload {
            Payload::CoreTypeSection(section) => profile.types += section.count(),
            Payload::ComponentTypeSection(section) => {
                profile.types += section.count();
                for ty in section {
                    profile.type_names(&ty?);
                }
            }
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let import = import?;
                    profile.extern_name(&import.name);
                    kind(import.ty.kind(), "an import", profile);
                    if let ComponentTypeRef::Type(TypeBounds::SubResource) = import.ty {
                        unusual(profile, "an import of a resource");
                    }
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    let export = export?;
                    profile.extern_name(&export.name);
                    kind(export.kind, "an export", profile);
                }
            }
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    self.alias(&alias?, profile);
                }
            }
            Payload::ComponentInstanceSection(section) => {
                profile.instances += section.count();
                for instance in section {
                    profile.instance_names(&instance?);
                }
            }
            Payload::InstanceSection(section) => {
                profile.instances += section.count();
                for instance in section {
                    self.core_instance(&instance?, profile, outermost);
                }
            }
            Payload::ComponentCanonicalSection(section) => {
                for function in section {
                    self.canonical(&function?, profile, outermost);
                }
            }
            Payload::ComponentStartSection { .. } => unusual(profile, "a start function of the component"),
            _ => {}
        }
        Ok(())
    }

    /// Notes what only the whole component shows.
    pub(super) fn finish(self, profile: &mut Profile, outermost: bool) {
        if outermost && self.lifts == 0 {
            unusual(profile, "no function that is made from a core function");
        }
    }

    fn core_instance(&mut self, instance: &Instance<'_>, profile: &mut Profile, outermost: bool) {
        let next = match (&self.core_instances, instance) {
            (CoreInstances::None, Instance::Instantiate { module_index: 0, .. }) => CoreInstances::Main,
            (CoreInstances::Main, Instance::FromExports(exports)) => match exports.as_ref() {
                [export] if export.kind == ExternalKind::Func && export.name.is_empty() => {
                    CoreInstances::Initialiser
                }
                _ => return unusual(profile, "a core instance that is put together from exports"),
            },
            (CoreInstances::Initialiser, Instance::Instantiate { module_index: 1, args })
                if args.len() == 1 =>
            {
                CoreInstances::Initialised
            }
            _ => return unusual(profile, SEVERAL_INSTANCES),
        };
        self.core_instances = next;
        if !outermost {
            unusual(profile, "a core instance in a nested component");
        }
    }

    fn alias(&mut self, alias: &ComponentAlias<'a>, profile: &mut Profile) {
        profile.alias_name(alias);
        match *alias {
            ComponentAlias::InstanceExport { kind: of, .. } => kind(of, "an alias", profile),
            ComponentAlias::CoreInstanceExport { kind, instance_index, name } => {
                if instance_index != 0 {
                    unusual(profile, OTHER_INSTANCE);
                }
                match kind {
                    ExternalKind::Func | ExternalKind::FuncExact => self.core_functions.push(name),
                    ExternalKind::Memory => self.core_memories.push(name),
                    ExternalKind::Table | ExternalKind::Global | ExternalKind::Tag => {}
                }
            }
            ComponentAlias::Outer { kind, .. } => match kind {
                ComponentOuterAliasKind::Type | ComponentOuterAliasKind::CoreType => {}
                ComponentOuterAliasKind::CoreModule | ComponentOuterAliasKind::Component => {
                    unusual(profile, "an alias of an outer module or component");
                }
            },
        }
    }

    fn canonical(&mut self, function: &CanonicalFunction, profile: &mut Profile, outermost: bool) {
        if !outermost {
            unusual(profile, "a core function in a nested component");
        }
        let CanonicalFunction::Lift { options, core_func_index, .. } = function else {
            return unusual(profile, "a canonical built-in that the guest could call");
        };
        self.lifts += 1;
        if self.core_functions.get(*core_func_index as usize).is_none() {
            unusual(profile, "a function that is made from no core export");
        }
        for option in options {
            self.option(*option, profile);
        }
    }

    fn option(&mut self, option: CanonicalOption, profile: &mut Profile) {
        match option {
            CanonicalOption::UTF8 | CanonicalOption::PostReturn(_) => {}
            CanonicalOption::UTF16 => unusual(profile, "a function with UTF-16 text"),
            CanonicalOption::CompactUTF16 => unusual(profile, "a function with Latin-1 or UTF-16 text"),
            CanonicalOption::Memory(index) => {
                let own = self.core_memories.get(index as usize).copied();
                one(&mut self.memory, own, "functions with different memories", profile);
            }
            CanonicalOption::Realloc(index) => {
                let own = self.core_functions.get(index as usize).copied();
                one(&mut self.realloc, own, "functions with different allocators", profile);
            }
            CanonicalOption::Async | CanonicalOption::Callback(_) => {
                unusual(profile, "a function that is called asynchronously");
            }
            CanonicalOption::CoreType(_) | CanonicalOption::Gc => {
                unusual(profile, "a function with garbage-collected values");
            }
        }
    }
}

/// Holds all functions of a component to the same part.
fn one<'a>(common: &mut Option<&'a str>, own: Option<&'a str>, differ: &str, profile: &mut Profile) {
    match (*common, own) {
        (None, Some(_)) => *common = own,
        (Some(common), Some(own)) if common == own => {}
        (_, None) | (Some(_), Some(_)) => unusual(profile, differ),
    }
}

/// Functions, instances and types are all that pure functions are told by.
fn kind(kind: ComponentExternalKind, what: &str, profile: &mut Profile) {
    match kind {
        ComponentExternalKind::Func | ComponentExternalKind::Instance | ComponentExternalKind::Type => {}
        ComponentExternalKind::Module => unusual(profile, &format!("{what} of a core module")),
        ComponentExternalKind::Value => unusual(profile, &format!("{what} of a value")),
        ComponentExternalKind::Component => unusual(profile, &format!("{what} of a component")),
    }
}

fn unusual(profile: &mut Profile, what: &str) {
    if !profile.unusual.contains(what) {
        profile.unusual.insert(what.to_owned());
    }
}
