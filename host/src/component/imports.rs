//! What a component imports: nothing, but for names of types.

use super::types::known;
use crate::error::Error;
use wasmparser::component_types::{ComponentAnyTypeId, ComponentEntityType};
use wasmparser::types::TypesRef;
use wasmparser::{ComponentImportSectionReader, Payload};

/// Refuses the first import of an import section that asks the host for anything.
pub(super) fn check(payload: &Payload<'_>, types: TypesRef<'_>) -> Result<(), Error> {
    match payload {
        Payload::ComponentImportSection(section) => section_imports(section.clone(), types),
        _ => Ok(()),
    }
}

fn section_imports(section: ComponentImportSectionReader<'_>, types: TypesRef<'_>) -> Result<(), Error> {
    for import in section {
        let name = import?.name.name;
        if !only_types(types, name) {
            return Err(Error::ImportPresent { import: name.to_owned() });
        }
    }
    Ok(())
}

/// Whether an import only names types that an exported interface uses.
fn only_types(types: TypesRef<'_>, import: &str) -> bool {
    match types.component_item_for_import(import).map(|item| item.ty) {
        Some(ComponentEntityType::Instance(id)) => {
            known(types, id).exports.values().all(|item| is_plain_type(item.ty))
        }
        Some(ty) => is_plain_type(ty),
        None => false,
    }
}

fn is_plain_type(ty: ComponentEntityType) -> bool {
    match ty {
        ComponentEntityType::Type { referenced, .. } => match referenced {
            ComponentAnyTypeId::Defined(_) => true,
            ComponentAnyTypeId::Resource(_)
            | ComponentAnyTypeId::Func(_)
            | ComponentAnyTypeId::Instance(_)
            | ComponentAnyTypeId::Component(_) => false,
        },
        ComponentEntityType::Module(_)
        | ComponentEntityType::Func(_)
        | ComponentEntityType::Value(_)
        | ComponentEntityType::Instance(_)
        | ComponentEntityType::Component(_) => false,
    }
}
