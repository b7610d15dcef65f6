//! Asks `wac-types` of the pairs in `pairs.jsonl`, and prints why it says something else than wasmtime does. Exit 0: each
//! difference has a class; 1: one has none, or a class is of no use any more; 2: it could not run.

#[path = "../../src/soundness/build.rs"]
mod build;
#[path = "../../src/peers/class.rs"]
#[allow(dead_code, reason = "shared with the peers of the workspace, which use more of it")]
mod class;

use std::collections::BTreeMap;
use std::error::Error;
use std::panic::catch_unwind;
use std::process::ExitCode;

use class::{Answer, CLASSES, Peer, Rules, Words, classes};
use linchpin_checker::link::link;
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::PairLevel;
use serde_json::Value;
use wac_types::{ItemKind, Package, Type, Types, WorldId, validate_target};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pairs.jsonl"))?;
    let mut found: BTreeMap<&'static str, (u64, String)> = BTreeMap::new();
    let (mut pairs, mut differ, mut unlisted) = (0, 0, 0);
    for line in text.lines() {
        let pair: Value = serde_json::from_str(line)?;
        let field =
            |name: &str| pair[name].as_str().ok_or_else(|| format!("a pair without `{name}`: {line}"));
        let (name, host, guest) = (field("name")?, field("host")?, field("guest")?);
        let works = pair["works"].as_bool().ok_or("a pair without `works`")?;
        let (words, answer) = ask(host, guest).map_err(|error| format!("{name}: {error}"))?;
        if (words.truth.level == PairLevel::Ok) != works {
            return Err(format!(
                "{name}: the checker does not say what wasmtime did when the pair was written"
            )
            .into());
        }
        pairs += 1;
        differ += u64::from((answer == Answer::Fits) != works);
        match classes(Peer::Wac, &words, &answer) {
            Ok(names) => {
                for class in names {
                    found.entry(class).or_insert_with(|| (0, name.to_owned())).0 += 1;
                }
            }
            Err(error) => {
                unlisted += 1;
                println!("{name}: {error}; it says {answer:?}");
            }
        }
    }
    println!("wac-types 0.12.0: {pairs} pairs, {differ} answers differ from what wasmtime 48 does");
    let mut unused = 0;
    for class in CLASSES.iter().filter(|class| class.peer == Peer::Wac) {
        let (count, first) = found.get(class.name).cloned().unwrap_or_default();
        unused += u64::from(count == 0);
        println!(
            "{count:>6}  {:<11}  {:<22}  {}; first: {first}",
            class.verdict.name(),
            class.name,
            class.reason
        );
    }
    Ok(unlisted == 0 && unused == 0 && pairs > 0)
}

fn ask(host: &str, guest: &str) -> Result<(Words, Answer), Box<dyn Error>> {
    let parsed = build::parse(host)?;
    let component = build::component(&build::parse(guest)?)?;
    let package = parsed.resolve.worlds[parsed.world].package.ok_or("a world without package")?;
    let encoded = wit_component::encode(&parsed.resolve, package)?;
    let name = parsed.resolve.worlds[parsed.world].name.clone();
    let world = build::host_world(host)?;
    let of_guest = linchpin_contract::load_component(&component)?;
    let words = Words { truth: link(Runtime::Wasmtime48, &world, &of_guest), rules: rules(host, guest)? };
    let answer = catch_unwind(|| wac(&name, encoded, component)).unwrap_or(Answer::Panics);
    Ok((words, answer))
}

fn wac(world: &str, package: Vec<u8>, component: Vec<u8>) -> Answer {
    let mut types = Types::default();
    let mut read = |name: &str, bytes| Package::from_bytes(name, None, bytes, &mut types).map(|it| it.ty());
    let (package, component) = match (read("wit", package), read("guest", component)) {
        (Ok(package), Ok(component)) => (package, component),
        (Err(error), _) | (_, Err(error)) => return Answer::Differs(format!("{error:#}")),
    };
    let Some(target) = target(&types, package, world) else {
        return Answer::Differs("it finds no world in the package".to_owned());
    };
    match validate_target(&types, target, component) {
        Ok(()) => Answer::Fits,
        Err(report) => Answer::Differs(report.to_string()),
    }
}

/// What a composition would be if an interface's version never mattered: `wac` takes any of a track, as wasmtime does.
fn rules(host: &str, guest: &str) -> Result<Rules, Box<dyn Error>> {
    let (Ok(world), Ok(parsed)) = (build::host_world(&plain(host)), build::parse(&plain(guest))) else {
        return Ok(Rules::TwoVersions);
    };
    let component = build::component(&parsed)?;
    Ok(Rules::Known(link(Runtime::Composition, &world, &linchpin_contract::load_component(&component)?)))
}

/// WIT without the versions of packages.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        let version = after.starts_with(|c: char| c.is_ascii_digit());
        let end =
            after.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(after.len());
        let (word, more) = after.split_at(if version { end } else { 0 });
        // A point before a brace belongs to `use .. .{..}`.
        out.push_str(if version { &word[word.trim_end_matches('.').len()..] } else { "@" });
        rest = more;
    }
    out + rest
}

/// The world of an encoded package: `wac targets` looks for it in the same way.
fn target(types: &Types, package: WorldId, name: &str) -> Option<WorldId> {
    let Some(ItemKind::Type(Type::World(outer))) = types[package].exports.get(name) else { return None };
    match types[*outer].exports.values().next() {
        Some(ItemKind::Component(world)) => Some(*world),
        Some(_) | None => None,
    }
}
