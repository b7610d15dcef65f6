//! The GitHub Action in a repository of a user's own: its steps run as a runner runs them, over the system of the guide.
//! Only `cargo install` is another: it installs the program under test.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::guide::{guide, system};
use crate::program::{LINCHPIN, Run, output};
use crate::schema::schemas;

/// A runner in the middle of a job.
struct Runner {
    action: Value,
    /// The user's repository.
    repository: TempDir,
    /// Everything else: the runner's files, and a folder of programs with a `cargo`.
    own: TempDir,
    /// Values of the action's inputs that are not the defaults.
    with: Vec<(&'static str, &'static str)>,
}

const CARGO: &str = r#"#!/bin/sh
# `cargo install .. --root FOLDER`, as far as the action needs it.
[ "$1" = install ] || exit 1
for last; do :; done
mkdir -p "$last/bin" && cp "$PROGRAM" "$last/bin/linchpin"
"#;

impl Runner {
    fn new(with: &[(&'static str, &'static str)]) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action.yml");
        let (read, json) = schemas(&["yaml", &file.display().to_string()]);
        assert!(read, "{json}");
        let own = tempfile::tempdir().unwrap();
        fs::create_dir(own.path().join("programs")).unwrap();
        let cargo = own.path().join("programs/cargo");
        fs::write(&cargo, CARGO).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let action = serde_json::from_str(&json).unwrap();
        Self { action, repository: system(&fs::read_to_string(guide()).unwrap()), own, with: with.to_vec() }
    }

    /// A file that the runner keeps, with what steps have written to it.
    fn file(&self, name: &str) -> (PathBuf, String) {
        let path = self.own.path().join(name);
        let text = fs::read_to_string(&path).unwrap_or_default();
        (path, text)
    }

    fn input(&self, name: &str) -> String {
        let given = self.with.iter().find(|(input, _)| *input == name).map(|(_, value)| (*value).to_owned());
        given.unwrap_or_else(|| self.action["inputs"][name]["default"].as_str().unwrap().to_owned())
    }

    /// Runs the steps up to the first that fails, and one more of the user's own that asks for `linchpin`.
    fn job(&self) -> (Vec<String>, Run) {
        let mut ran = Vec::new();
        for step in self.action["runs"]["steps"].as_array().unwrap() {
            if step["if"] == "inputs.build != ''" && self.input("build").is_empty() {
                continue;
            }
            ran.push(step["name"].as_str().unwrap().to_owned());
            let run = self.step(step["run"].as_str().unwrap(), &step["env"]);
            if run.code != 0 {
                return (ran, run);
            }
        }
        (ran, self.step("linchpin --version", &Value::Null))
    }

    fn step(&self, script: &str, environment: &Value) -> Run {
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        let paths = self.file("path").1;
        let earlier = std::env::var("PATH").unwrap();
        let programs = self.own.path().join("programs");
        let path = paths.lines().rev().chain([programs.to_str().unwrap(), &earlier]).collect::<Vec<_>>();
        command.env("PATH", path.join(":")).current_dir(self.repository.path()).env("PROGRAM", LINCHPIN);
        command.env("GITHUB_ACTION_PATH", Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        command.env("RUNNER_TEMP", self.own.path());
        for (variable, name) in
            [("GITHUB_PATH", "path"), ("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")]
        {
            command.env(variable, self.file(name).0);
        }
        for (name, value) in environment.as_object().into_iter().flatten() {
            let input =
                value.as_str().and_then(|value| value.strip_prefix("${{ inputs.")?.strip_suffix(" }}"));
            command.env(name, self.input(input.unwrap()));
        }
        output(&mut command)
    }
}

#[test]
fn what_git_does_not_keep_is_built_before_the_check() {
    let build = "for part in parts/*.wasm; do cp \"$part\" .; done\nlinchpin inspect planner.wasm";
    let runner = Runner::new(&[("build", build)]);
    let root = runner.repository.path();
    fs::create_dir(root.join("parts")).unwrap();
    fs::rename(root.join("planner.wasm"), root.join("parts/planner.wasm")).unwrap();
    let (ran, last) = runner.job();
    assert_eq!(
        (ran, last.code),
        (["Install linchpin", "Build", "Check"].map(str::to_owned).to_vec(), 0),
        "{last:?}"
    );
    assert!(last.stdout.starts_with("linchpin "), "later steps find the program: {last:?}");
    assert!(runner.file("summary").1.contains("acme-heating"), "{:?}", runner.file("summary"));
    let sarif = runner.file("output").1;
    let sarif = sarif.trim_end().strip_prefix("sarif=").unwrap();
    serde_json::from_str::<Value>(&fs::read_to_string(root.join(sarif)).unwrap()).unwrap();
}

#[test]
fn without_anything_to_build_the_check_alone_runs() {
    let (ran, last) = Runner::new(&[]).job();
    assert_eq!((ran, last.code), (["Install linchpin", "Check"].map(str::to_owned).to_vec(), 0), "{last:?}");
}

#[test]
fn a_build_that_fails_ends_the_job_before_the_check() {
    let (ran, last) = Runner::new(&[("build", "false\ntrue")]).job();
    assert_eq!((ran.last().map(String::as_str), last.code), (Some("Build"), 1), "{last:?}");
}
