//! The component's side: built, loaded, and called through the host's dynamic form.

use std::path::Path;
use std::process::{Command, Stdio};

use linchpin_contract::{Digest, Function, InterfaceId};
use linchpin_guest::testing::Exports;
use linchpin_host::dynamic::{DynamicError, DynamicFunction, Value};
use linchpin_host::{CallError, Engine, EngineConfig, ExportedFunction, Loaded, Trap, ValueType};

use crate::bytes;
use crate::error::Error;
use crate::native::Outcome;
use crate::options::Options;

/// The guest as a device runs it.
pub(crate) struct Component {
    loaded: Loaded,
}

/// One of its functions.
pub(crate) struct ComponentFunction {
    index: usize,
    layout: DynamicFunction,
    /// Its parameters' types.
    pub(crate) parameters: Vec<ValueType>,
    /// What it returns.
    pub(crate) result: Option<ValueType>,
}

impl Component {
    /// Loads the component that the options name, else the one that is built of the guest.
    pub(crate) fn load<E: Exports>(options: &Options) -> Result<Self, Error> {
        let bytes = match &options.component {
            Some(path) => read(path)?,
            None => {
                let program = std::env::var_os("LINCHPIN").unwrap_or_else(|| "linchpin".into());
                build::<E>(Path::new(&program))?
            }
        };
        let engine = Engine::new(EngineConfig::deterministic())?;
        Ok(Self { loaded: Loaded::standalone(&engine, &bytes, &options.limits)? })
    }

    /// The function that stands for one of the contract's.
    pub(crate) fn function(
        &self,
        name: &str,
        interface: Option<&InterfaceId>,
        function: &Function,
    ) -> Result<ComponentFunction, Error> {
        let other = |found| Error::OtherFunction { function: name.to_owned(), found };
        let interface = interface.map(ToString::to_string);
        let is_named =
            |known: &ExportedFunction| known.name.name == function.name && known.name.interface == interface;
        let index = self.loaded.functions().iter().position(is_named).ok_or_else(|| other("missing"))?;
        let Some(known) = self.loaded.functions().get(index) else { return Err(other("missing")) };
        let Digest(digest) = linchpin_contract::function_digest(function)?;
        if known.digest.0 != digest {
            return Err(other("of other types"));
        }
        let parameters: Vec<_> = known.parameters.iter().map(|(_, ty)| ty.clone()).collect();
        let layout = DynamicFunction::new(&parameters, known.result.as_ref())
            .map_err(|_| other("of types too large for any memory"))?;
        Ok(ComponentFunction { index, layout, parameters, result: known.result.clone() })
    }

    /// Calls the function on an instance without a past.
    pub(crate) fn call(&self, function: &ComponentFunction, arguments: &[Value]) -> Result<Outcome, Error> {
        let called =
            self.loaded.call(|instance| function.layout.call(instance, function.index, arguments))?;
        Ok(match called {
            Ok(result) => {
                let mut bytes = Vec::new();
                result.iter().for_each(|value| bytes::write(value, &mut bytes));
                Outcome::Value(bytes)
            }
            Err(DynamicError::Call(CallError::Trap(Trap::Guest { message }))) => Outcome::Stopped(message),
            Err(error) => Outcome::Failed(error.to_string()),
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// Builds the component into a folder that is removed again.
fn build<E: Exports>(program: &Path) -> Result<Vec<u8>, Error> {
    let started = |source| Error::Tool { program: program.to_owned(), source };
    let out = tempfile::tempdir().map_err(started)?;
    let output = Command::new(program)
        .args(["build", E::PACKAGE, "--quiet", "--out"])
        .arg(out.path())
        .current_dir(E::FOLDER)
        .stdin(Stdio::null())
        .output()
        .map_err(started)?;
    if !output.status.success() {
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Error::Build { package: E::PACKAGE.to_owned(), output });
    }
    read(&out.path().join(format!("{}.wasm", E::PACKAGE)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use linchpin_guest::testing::{Exports, Function};

    use super::build;

    struct Guest;

    impl Exports for Guest {
        const FOLDER: &'static str = env!("CARGO_MANIFEST_DIR");
        const PACKAGE: &'static str = "linchpin-testing";
        const WIT: &'static str = "wit";
        const WORLD: &'static str = "none";
        const FUNCTIONS: &'static [Function] = &[];
    }

    #[test]
    fn a_tool_that_is_not_there_is_told_with_what_to_do() {
        let error = build::<Guest>(Path::new("/no/such/linchpin")).unwrap_err();
        assert_eq!(error.code(), "tool-missing");
        let said = error.to_string();
        assert!(said.starts_with("cannot start `/no/such/linchpin` to build the component: "), "{said}");
        assert!(said.contains("environment variable `LINCHPIN`"), "{said}");
    }

    #[test]
    fn what_the_tool_says_of_a_failure_is_passed_on() {
        let error = build::<Guest>(Path::new("false")).unwrap_err();
        assert_eq!(error.code(), "build-failed");
    }
}
