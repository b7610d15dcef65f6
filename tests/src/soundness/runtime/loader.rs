//! Linchpin's own loader.

use std::time::Duration;

use linchpin_contract::{World, function_digest};
use linchpin_host::world::{CoreType, FunctionContract, WorldContract};
use linchpin_host::{Component, Engine, Limits, Loaded};

/// Whether the host loads the module for a firmware that calls this world, and why not.
///
/// # Errors
/// The code and words of the refusal.
pub fn meet(engine: &Engine, host: &World, bytes: &[u8]) -> Result<(), String> {
    // Whether a module loads must not depend on how busy this machine is.
    let limits = Limits { deadline: Duration::from_secs(600), ..Limits::default() };
    let component = Component::read(bytes, &limits).map_err(refusal)?;
    Loaded::for_world(engine, bytes, &world(host, &component), &limits).map(|_| ()).map_err(refusal)
}

fn refusal(error: linchpin_host::Error) -> String {
    format!("[{}] {error}", error.code())
}

/// What a firmware of this world asks of a module. It lives as long as the process, as a firmware's static does.
fn world(host: &World, component: &Component) -> WorldContract {
    let contracts = host.exported_functions().map(|(interface, function)| {
        let digest = function_digest(function).map(|digest| digest.0).unwrap_or_default();
        let same = component.functions.iter().find(|it| it.digest.to_string() == hexadecimal(&digest));
        let (parameters, result): (&'static [CoreType], _) =
            same.map_or((&[], None), |it| (it.core_parameters.clone().leak(), it.core_result));
        FunctionContract {
            interface: interface.map(|interface| &*interface.to_string().leak()),
            name: function.name.clone().leak(),
            digest,
            parameters,
            result,
        }
    });
    WorldContract { name: "soundness", functions: contracts.collect::<Vec<_>>().leak() }
}

fn hexadecimal(digest: &[u8; 32]) -> String {
    linchpin_contract::Digest(*digest).to_string()
}
