//! The exported functions, joined from the validator's types and the component's wiring.

use super::lift::CoreExports;
use super::name::FunctionName;
use super::types::{Decoder, Signature, Unfit, known};
use super::wiring::{Item, Lift, Wiring, unsupported};
use super::{ExportedFunction, canonical, lift, resolve};
use crate::error::Error;
use crate::world::CoreType;
use linchpin_trust::Sha256Digest;
use wasmparser::component_types::{ComponentEntityType, ComponentFuncTypeId, ComponentInstanceTypeId};
use wasmparser::types::{EntityType, TypesRef};
use wasmparser::{ComponentExternalKind, ValType};

/// What the component exports, in its order.
pub(super) struct Exports {
    /// The functions; at least one.
    pub(super) functions: Vec<ExportedFunction>,
    /// The interfaces, those without functions included.
    pub(super) interfaces: Vec<String>,
}

/// Reads every export.
pub(super) fn exports(wiring: &Wiring<'_>, types: TypesRef<'_>) -> Result<Exports, Error> {
    let exports = Exports { functions: Vec::new(), interfaces: Vec::new() };
    let mut reader = Reader { wiring, types, decoder: Decoder::new(types), exports };
    for item in &wiring.exports {
        reader.export(item)?;
    }
    if reader.exports.functions.is_empty() {
        return Err(unsupported("no exported function"));
    }
    Ok(reader.exports)
}

struct Reader<'s, 'a, 't> {
    wiring: &'s Wiring<'a>,
    types: TypesRef<'t>,
    decoder: Decoder<'t>,
    exports: Exports,
}

impl Reader<'_, '_, '_> {
    fn export(&mut self, item: &Item<'_>) -> Result<(), Error> {
        match self.types.component_item_for_export(item.name).map(|found| found.ty) {
            Some(ComponentEntityType::Func(id)) if item.kind == ComponentExternalKind::Func => {
                let lift = resolve::function(self.wiring, item.index)?;
                self.function(FunctionName::new(None, item.name), id, lift)
            }
            Some(ComponentEntityType::Instance(id)) if item.kind == ComponentExternalKind::Instance => {
                self.interface(item, id)
            }
            Some(ComponentEntityType::Type { .. }) => Ok(()),
            Some(_) | None => Err(unsupported("exports other than functions, interfaces and types")),
        }
    }

    fn interface(&mut self, item: &Item<'_>, id: ComponentInstanceTypeId) -> Result<(), Error> {
        let types = self.types;
        self.exports.interfaces.push(item.name.to_owned());
        for (name, export) in &known(types, id).exports {
            match export.ty {
                ComponentEntityType::Func(id) => {
                    let lift = resolve::of_instance(self.wiring, item.index, name)?;
                    self.function(FunctionName::new(Some(item.name), name), id, lift)?;
                }
                ComponentEntityType::Type { .. } => {}
                ComponentEntityType::Module(_)
                | ComponentEntityType::Value(_)
                | ComponentEntityType::Instance(_)
                | ComponentEntityType::Component(_) => {
                    return Err(unsupported("an interface with more than functions and types"));
                }
            }
        }
        Ok(())
    }

    fn function(&mut self, name: FunctionName, id: ComponentFuncTypeId, from: &Lift) -> Result<(), Error> {
        let types = self.types;
        let Signature { parameters, result } = match self.decoder.signature(known(types, id)) {
            Ok(signature) => signature,
            Err(Unfit::Impure(found)) => return Err(Error::ImpureFunction { function: name, found }),
            Err(Unfit::TooLarge(reason)) => return Err(Error::TypeTooLarge { function: name, reason }),
        };
        let core_exports = lift::core_exports(&name, from, self.wiring)?;
        let (core_parameters, core_result) = self.core_signature(&name, &core_exports)?;
        let text = canonical::function_text(&parameters, result.as_ref());
        let digest = Sha256Digest::of(text.as_bytes());
        self.exports.functions.push(ExportedFunction {
            name,
            parameters,
            result,
            text,
            digest,
            core_parameters,
            core_result,
            core_exports,
        });
        Ok(())
    }

    fn core_signature(
        &self,
        name: &FunctionName,
        core_exports: &CoreExports,
    ) -> Result<(Vec<CoreType>, Option<CoreType>), Error> {
        let refuse = |found: &str| Error::Lift {
            function: name.clone(),
            found: found.to_owned(),
            expected: "a core export of plain numbers".to_owned(),
        };
        let module = known(self.types, self.types.module_at(0));
        let Some(EntityType::Func(id)) = module.exports.get(&core_exports.function) else {
            return Err(refuse("no core export"));
        };
        let ty = known(self.types, *id).unwrap_func();
        let number = |ty: &ValType| core_type(*ty).ok_or_else(|| refuse("a core export of other values"));
        let parameters = ty.params().iter().map(number).collect::<Result<_, _>>()?;
        match ty.results() {
            [] => Ok((parameters, None)),
            [one] => Ok((parameters, Some(number(one)?))),
            _ => Err(refuse("a core export with several results")),
        }
    }
}

fn core_type(ty: ValType) -> Option<CoreType> {
    match ty {
        ValType::I32 => Some(CoreType::I32),
        ValType::I64 => Some(CoreType::I64),
        ValType::F32 => Some(CoreType::F32),
        ValType::F64 => Some(CoreType::F64),
        ValType::V128 | ValType::Ref(_) => None,
    }
}
