//! The arguments of a call, from the command line or a file.

use std::io::Read as _;
use std::path::Path;

use linchpin_host::ExportedFunction;
use linchpin_host::dynamic::Value;
use serde_json::Value as Json;

use super::RunArgs;
use crate::error::Error;
use crate::read;
use crate::values::{ValueError, from_json, from_wave};

/// One value for each parameter of `function`.
pub(super) fn arguments(function: &ExportedFunction, args: &RunArgs) -> Result<Vec<Value>, Error> {
    let parsed = match &args.input_file {
        Some(path) => from_file(function, &text_of(path)?).map_err(|error| (Some(path), error)),
        None => from_arguments(function, &args.inputs).map_err(|error| (None, error)),
    };
    parsed.map_err(|(path, error)| {
        let file = path.map_or(String::new(), |path| format!("`{}`: ", path.display()));
        Error::Input { reason: format!("{file}{error}") }
    })
}

fn from_arguments(function: &ExportedFunction, inputs: &[String]) -> Result<Vec<Value>, ValueError> {
    let parameters = &function.parameters;
    if inputs.len() != parameters.len() {
        let names: Vec<String> = parameters.iter().map(|(name, _)| format!("`{name}`")).collect();
        let names = if names.is_empty() { "none".into() } else { names.join(", ") };
        let reason = format!("takes {} ({names}), and {} were given", count(parameters.len()), inputs.len());
        return Err(ValueError::new(&function.name.name, reason));
    }
    parameters
        .iter()
        .zip(inputs)
        .map(|((name, ty), text)| match serde_json::from_str::<Json>(text) {
            Ok(json) => from_json(ty, &json, name),
            // What is no JSON may be WAVE, which writes field names and cases without quotes.
            Err(_) => from_wave(ty, text, name),
        })
        .collect()
}

fn from_file(function: &ExportedFunction, text: &str) -> Result<Vec<Value>, ValueError> {
    let Ok(json) = serde_json::from_str::<Json>(text) else {
        return match function.parameters.as_slice() {
            [(name, ty)] => from_wave(ty, text, name).map(|value| vec![value]),
            _ => Err(ValueError::new("file", "is not JSON, which several parameters need")),
        };
    };
    match (function.parameters.as_slice(), &json) {
        ([(name, ty)], json) => from_json(ty, json, name).map(|value| vec![value]),
        (parameters, Json::Array(values)) if values.len() == parameters.len() => {
            parameters.iter().zip(values).map(|((name, ty), json)| from_json(ty, json, name)).collect()
        }
        (parameters, Json::Object(values)) => parameters
            .iter()
            .map(|(name, ty)| match values.get(name) {
                Some(json) => from_json(ty, json, name),
                None => Err(ValueError::new(name, "the parameter is missing")),
            })
            .collect(),
        (parameters, _) => {
            let reason =
                format!("should be an array of {} values, or an object by parameter name", parameters.len());
            Err(ValueError::new("file", reason))
        }
    }
}

fn text_of(path: &Path) -> Result<String, Error> {
    if path.as_os_str() != "-" {
        return read::text(path, "an input");
    }
    let mut text = String::new();
    let stdin = std::io::stdin().lock();
    stdin.take(read::ARTEFACT_LIMIT_BYTES).read_to_string(&mut text).map_err(|reason| {
        Error::FileUnreadable { path: "standard input".into(), reason: reason.to_string() }
    })?;
    Ok(text)
}

fn count(parameters: usize) -> String {
    if parameters == 1 { "one value".into() } else { format!("{parameters} values") }
}
