//! The GitHub Action and the pre-commit hook are YAML, and use what the tool really has.

use std::path::Path;

use clap::CommandFactory;
use serde_json::Value;

use crate::schema::schemas;

fn yaml(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let (read, json) = schemas(&["yaml", &path.display().to_string()]);
    assert!(read, "{name}: {json}");
    serde_json::from_str(&json).unwrap()
}

/// Parses a command as the tool would, after the shell's variables are replaced by words.
fn taken(command: &str) {
    let words: Vec<String> = command
        .split_whitespace()
        .filter(|word| *word != "\\")
        .map(|word| word.replace('"', "").replace(['$', '{', '}'], ""))
        // `${NAME:+word}` is the word where there is a NAME.
        .map(|word| word.split_once(":+").map_or(word.clone(), |(_, word)| word.to_owned()))
        .collect();
    assert!(words.len() > 1, "{command}");
    let parsed = linchpin::command::Cli::command().try_get_matches_from(&words);
    assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
}

/// The command of the tool in a script: from its name to the end of the line, continued lines included.
fn commands(script: &str) -> Vec<String> {
    let joined = script.replace("\\\n", " ");
    let tool = |line: &str| {
        line.find("/linchpin\" ").map(|at| format!("linchpin {}", &line[at + "/linchpin\" ".len()..]))
    };
    joined.lines().filter_map(tool).collect()
}

#[test]
fn the_action_runs_commands_that_the_tool_has() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let mut found = Vec::new();
    for step in action["runs"]["steps"].as_array().unwrap() {
        assert_eq!(step["shell"], "bash", "{step}");
        found.extend(commands(step["run"].as_str().unwrap()));
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found.iter().for_each(|command| taken(command));
    assert!(found[0].contains("--format github"), "{found:?}");
}

#[test]
fn the_action_names_only_inputs_and_steps_that_it_has() {
    let action = yaml("action.yml");
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../action.yml")).unwrap();
    let mut used = 0;
    for part in text.split("${{ ").skip(1) {
        let name = part.split(" }}").next().unwrap();
        used += 1;
        match name.split('.').collect::<Vec<_>>().as_slice() {
            ["inputs", input] => assert!(action["inputs"].get(input).is_some(), "{name}"),
            ["steps", step, "outputs", _] => {
                let steps = action["runs"]["steps"].as_array().unwrap();
                assert!(steps.iter().any(|it| it["id"] == *step), "{name}");
            }
            _ => panic!("`{name}` is neither an input nor an output of a step"),
        }
    }
    assert!(used >= 3, "{used}");
    for (name, input) in action["inputs"].as_object().unwrap() {
        assert!(input["description"].is_string(), "{name}");
        assert!(text.contains(&format!("${{{{ inputs.{name} }}}}")), "input `{name}` is not used");
    }
}

#[test]
fn the_hooks_run_commands_that_the_tool_has() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().unwrap();
    assert!(!hooks.is_empty());
    for hook in hooks {
        for key in ["id", "name", "description", "entry", "language", "files"] {
            assert!(hook[key].is_string(), "{key} of {hook}");
        }
        taken(hook["entry"].as_str().unwrap());
    }
}
