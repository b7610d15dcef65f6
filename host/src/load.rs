//! From bytes to a module that can be called: structure, imports, digests, compile, first instance, in this order.
//!
//! Who signed the bytes is asked before, by the [`Slot`](crate::Slot); here they are only taken at their word,
//! and the word is what they contain.

use crate::component::{Component, ExportedFunction, FunctionName};
use crate::engine::Engine;
use crate::error::{DigestMismatch, Error};
use crate::instance::{Compiled, GuestInstance};
use crate::limits::Limits;
use crate::pool::Pool;
use crate::reset::ResetStats;
use crate::version;
use crate::world::{CoreType, FunctionContract, WorldContract};
use linchpin_trust::Sha256Digest;
use std::fmt;
use std::sync::Arc;

/// A compiled module whose functions are bound to the indexes that callers use.
#[derive(Clone)]
pub struct Loaded {
    compiled: Arc<Compiled>,
    pool: Arc<Pool>,
    digest: Sha256Digest,
    functions: Vec<ExportedFunction>,
}

impl Loaded {
    /// Loads a component for the functions that a firmware calls; index `i` is function `i` of `world`.
    ///
    /// # Errors
    /// What [`Component::read`] refuses; `function-missing`, `digest-mismatch` or `signature-mismatch` if a
    /// function is not the one that the firmware was compiled for; `compile` and `instantiate`.
    pub fn for_world(
        engine: &Engine,
        component: &[u8],
        world: &WorldContract,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let component = Component::read(component, limits)?;
        let bound = world.functions.iter().map(|function| bind(&component, function).cloned());
        let functions = bound.collect::<Result<Vec<_>, _>>()?;
        Self::compile(engine, &component, functions, limits)
    }

    /// Loads a component for whatever it exports, as a tool does; index `i` is function `i` of
    /// [`Loaded::functions`].
    ///
    /// # Errors
    /// As [`Loaded::for_world`], less what concerns a world.
    pub fn standalone(engine: &Engine, component: &[u8], limits: &Limits) -> Result<Self, Error> {
        let component = Component::read(component, limits)?;
        let functions = component.functions.clone();
        Self::compile(engine, &component, functions, limits)
    }

    fn compile(
        engine: &Engine,
        component: &Component,
        functions: Vec<ExportedFunction>,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let compiled = Arc::new(Compiled::new(engine, component, &functions, limits)?);
        let pool = Arc::new(Pool::new(&compiled)?);
        Ok(Self { compiled, pool, digest: component.digest, functions })
    }

    /// Runs `body` on an instance that is as it was when it was instantiated, with a full allowance, and resets it
    /// afterwards. What the body calls on it is one call for the limits.
    ///
    /// Instances are kept between calls, up to one for each processor.
    ///
    /// # Errors
    /// `instantiate` if the machine has no memory left for an instance.
    pub fn call<T>(&self, body: impl FnOnce(&mut GuestInstance) -> T) -> Result<T, Error> {
        self.pool.call(body)
    }

    /// An instance of its own, in the state in which every call begins.
    ///
    /// # Errors
    /// `instantiate` if the machine has no memory left for it.
    pub fn instantiate(&self) -> Result<GuestInstance, Error> {
        GuestInstance::new(&self.compiled)
    }

    /// What resets after [`Loaded::call`] have cost so far. A call that is under way counts when it has been reset.
    ///
    /// This never waits, and can be asked inside a call.
    #[must_use]
    pub fn reset_stats(&self) -> ResetStats {
        self.pool.reset_stats()
    }

    /// SHA-256 of the component.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// The functions by index, as the component exports them.
    #[must_use]
    pub fn functions(&self) -> &[ExportedFunction] {
        &self.functions
    }
}

impl fmt::Debug for Loaded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Loaded").field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// The exported function that stands for `wanted`, with the same types.
fn bind<'c>(component: &'c Component, wanted: &FunctionContract) -> Result<&'c ExportedFunction, Error> {
    let expected = FunctionName::new(wanted.interface, wanted.name);
    let interfaces = component.interfaces.iter().map(String::as_str);
    let interface = match wanted.interface {
        None => None,
        Some(interface) => match version::stand_in(interfaces.clone(), interface) {
            Some(found) => Some(found),
            None => {
                let near = near("exports", version::other_versions(interfaces, interface));
                return Err(Error::FunctionMissing { function: expected, near });
            }
        },
    };
    let Some(found) = component.function(&FunctionName::new(interface, wanted.name)) else {
        let siblings = component.functions.iter().filter(|it| it.name.interface.as_deref() == interface);
        let near = near("has", siblings.map(|function| function.name.name.as_str()).collect());
        return Err(Error::FunctionMissing { function: expected, near });
    };
    if found.digest.0 != wanted.digest {
        return Err(Error::DigestMismatch(Box::new(DigestMismatch {
            expected,
            found: found.name.clone(),
            expected_digest: Sha256Digest(wanted.digest),
            found_digest: found.digest,
            found_text: found.text.clone(),
        })));
    }
    if found.core_parameters != wanted.parameters || found.core_result != wanted.result {
        return Err(Error::SignatureMismatch {
            function: expected,
            found: signature(&found.core_parameters, found.core_result),
            expected: signature(wanted.parameters, wanted.result),
        });
    }
    Ok(found)
}

fn near(verb: &str, mut names: Vec<&str>) -> String {
    names.dedup();
    if names.is_empty() {
        return String::new();
    }
    format!(" (it {verb} `{}`)", names.join("`, `"))
}

fn signature(parameters: &[CoreType], result: Option<CoreType>) -> String {
    let name = |ty: &CoreType| match ty {
        CoreType::I32 => "i32",
        CoreType::I64 => "i64",
        CoreType::F32 => "f32",
        CoreType::F64 => "f64",
    };
    let parameters: Vec<_> = parameters.iter().map(name).collect();
    let result = result.as_ref().map(|ty| format!(" -> {}", name(ty))).unwrap_or_default();
    format!("`({}){result}`", parameters.join(", "))
}
