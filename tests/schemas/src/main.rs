//! Holds files against a schema, or turns YAML into JSON, for the tests of reports.
//!
//! `linchpin-schemas validate SCHEMA FILE..` prints `FILE: PLACE: REASON` for every fault, and fails if there is one.
//! `linchpin-schemas yaml FILE` prints the file as JSON.

use std::error::Error;
use std::process::ExitCode;

use serde_json::Value;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["validate", schema, files @ ..] if !files.is_empty() => validate(schema, files),
        ["yaml", file] => yaml(file),
        _ => Err("say `validate SCHEMA FILE..` or `yaml FILE`".into()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn validate(schema: &str, files: &[&str]) -> Result<bool, Box<dyn Error>> {
    let validator = jsonschema::options().build(&json(schema)?)?;
    let mut valid = true;
    for file in files {
        for fault in validator.iter_errors(&json(file)?) {
            println!("{file}: {}: {fault}", fault.instance_path());
            valid = false;
        }
    }
    Ok(valid)
}

fn yaml(file: &str) -> Result<bool, Box<dyn Error>> {
    let value: Value = serde_saphyr::from_str(&std::fs::read_to_string(file)?)?;
    println!("{value}");
    Ok(true)
}

fn json(file: &str) -> Result<Value, Box<dyn Error>> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{file}: {error}").into())
}
