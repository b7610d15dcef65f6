//! Verdicts held against the truth: the host really loads each module of each fixture, and must agree.

use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::PairLevel;
use linchpin_contract::descriptor::{self, DescribedFunction};
use linchpin_contract::{function_digest, load_component};
use linchpin_host::world::{CoreType, FunctionContract, WorldContract};
use linchpin_host::{Component, Engine, EngineConfig, Limits, Loaded};
use linchpin_tests::soundness::pair::{self, Engines, GuestSide, HostSide, Loader};

use super::fixture::{Fixture, folders, root};
use super::name;

/// What a firmware with these functions asks of a module. Lives as long as the test, as a firmware's static does.
fn world(functions: &[DescribedFunction], component: Option<&Component>) -> WorldContract {
    let flat = |function: &DescribedFunction| -> (&'static [CoreType], Option<CoreType>) {
        let same =
            |it: &&linchpin_host::ExportedFunction| it.digest.to_string() == function.digest.to_string();
        let found = component.and_then(|component| component.functions.iter().find(same));
        found.map_or((&[], None), |it| (it.core_parameters.clone().leak(), it.core_result))
    };
    let contracts = functions.iter().map(|function| {
        let (parameters, result) = flat(function);
        FunctionContract {
            interface: function.interface.clone().map(|interface| &*interface.leak()),
            name: function.name.clone().leak(),
            digest: function.digest.0,
            parameters,
            result,
        }
    });
    WorldContract { name: "fixture", functions: contracts.collect::<Vec<_>>().leak() }
}

/// The limits that the fixture's target grants; ample ones where it says nothing.
fn limits(fixture: &Fixture) -> Limits {
    let system = linchpin_checker::load(&fixture.path().join("linchpin.toml")).expect("the fixture loads");
    let granted = &system.targets.first().expect("a fixture has a target").limits;
    let bytes =
        |value: Option<u64>, ample: usize| value.map_or(ample, |bytes| usize::try_from(bytes).expect("fits"));
    Limits {
        memory_bytes: bytes(granted.memory_bytes, 8 << 20),
        component_bytes: bytes(granted.size_bytes, 1 << 20),
        ..Limits::default()
    }
}

/// Whether the host loads the module of a fixture for its firmware, and why not.
fn loads(engine: &Engine, fixture: &Fixture) -> Result<(), String> {
    let read = |file: &str| std::fs::read(fixture.path().join(file)).expect("the fixture is complete");
    let bytes = read("module.wasm");
    let descriptors = descriptor::decode_all(&read("firmware.bin")).expect("the descriptor is whole");
    let limits = limits(fixture);
    let component = Component::read(&bytes, &limits);
    for descriptor in &descriptors {
        let world = world(&descriptor.functions, component.as_ref().ok());
        Loaded::for_world(engine, &bytes, &world, &limits)
            .map_err(|error| format!("[{}] {error}", error.code()))?;
    }
    Ok(())
}

fn runtime(fixture: &Fixture) -> Runtime {
    let system = linchpin_checker::load(&fixture.path().join("linchpin.toml")).expect("the fixture loads");
    system.targets.first().expect("a fixture has a target").runtime
}

/// Every fixture is a pair for wasmtime and wasmparser too, whatever its own target runs.
#[test]
fn other_runtimes_do_what_the_verdict_says_they_do() {
    let engines = Engines::new().expect("the engines start");
    let mut own = 0;
    for folder in folders(&root()) {
        for case in folders(&folder) {
            // Modules of their own are about bytes that wasmtime may refuse before it links.
            if ["module.core.wat", "module.component.wat"].iter().any(|file| case.join(file).exists()) {
                continue;
            }
            let fixture = Fixture::new(&case);
            let read = |file: &str| std::fs::read_to_string(fixture.path().join(file)).expect("it is text");
            let host = HostSide::of_text(read("firmware.wit")).expect("the firmware's world is one");
            let bytes = std::fs::read(fixture.path().join("module.wasm")).expect("the fixture is complete");
            let guest =
                GuestSide::of_bytes(&engines, read("module.wit"), bytes).expect("wasmtime compiles it");
            let judged = pair::judge(&engines, &host, &guest, Loader::Skipped).expect("they can be asked");
            let wrong: Vec<_> = judged.disagreements.iter().map(ToString::to_string).collect();
            assert!(wrong.is_empty(), "{}: {}", case.display(), wrong.join("\n"));
            let runtime = runtime(&fixture);
            if let Some((_, link)) = judged.links.iter().find(|(asked, _)| *asked == runtime) {
                let pair = &fixture.verdict().pairs[0];
                assert_eq!(pair.link, link.level, "{}", case.display());
                assert_eq!(pair.level == PairLevel::Ok, name(&case) == "near-miss", "{}", case.display());
                own += 1;
            }
        }
    }
    assert!(own > 12, "only {own} fixtures are for these runtimes");
}

#[test]
fn the_host_loads_exactly_what_the_verdict_says_it_loads() {
    let engine = Engine::new(EngineConfig::deterministic()).expect("the engine starts");
    let mut wrong = Vec::new();
    let (mut ok, mut refused) = (0, 0);
    for folder in folders(&root()).iter().filter(|folder| !name(folder).starts_with('_')) {
        for case in ["fails", "near-miss"] {
            let fixture = Fixture::new(&folder.join(case));
            if runtime(&fixture) != Runtime::Linchpin {
                continue;
            }
            let verdict = fixture.verdict();
            // Where several modules, firmwares or worlds meet, this test would have to know which is meant.
            if verdict.pairs.len() > 1 || fixture.path().join("firmware.p.wit").exists() {
                continue;
            }
            let worst = verdict.pairs.iter().map(|pair| pair.level).max().expect("a fixture has a pair");
            let truth = loads(&engine, &fixture);
            match &truth {
                Ok(()) => ok += 1,
                Err(_) => refused += 1,
            }
            // What cannot be decided is no statement about the host, and keeps a verdict from being clean.
            let predicted = match worst {
                PairLevel::Ok | PairLevel::Hazard | PairLevel::Conditional | PairLevel::CallFail => true,
                PairLevel::LinkFail => false,
                PairLevel::Unknown => continue,
            };
            if predicted != truth.is_ok() {
                let says = if predicted { "loads" } else { "does not load" };
                wrong
                    .push(format!("{}/{case}: the checker says it {says}, the host {truth:?}", name(folder)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ok > 40 && refused > 30, "only {ok} loaded and {refused} refused: the fixtures say too little");
}

#[test]
fn host_and_contract_compute_the_same_digests_from_the_same_bytes() {
    let mut compared = 0;
    for folder in folders(&root()).iter().filter(|folder| !name(folder).starts_with('_')) {
        let fixture = Fixture::new(&folder.join("near-miss"));
        let bytes = std::fs::read(fixture.path().join("module.wasm")).expect("the fixture is complete");
        let limits = Limits { component_bytes: 1 << 20, memory_bytes: 8 << 20, ..Limits::default() };
        // What the host refuses for other reasons (resources, imports) has no digest there to compare.
        let Ok(component) = Component::read(&bytes, &limits) else { continue };
        let world = load_component(&bytes).expect("the contract reads what the host reads");
        for (interface, function) in world.exported_functions() {
            let found = component.functions.iter().find(|it| {
                it.name.interface == interface.map(ToString::to_string) && it.name.name == function.name
            });
            let found =
                found.unwrap_or_else(|| panic!("{}: the host misses `{}`", name(folder), function.name));
            let digest = function_digest(function).expect("fixtures are small");
            assert_eq!(found.digest.to_string(), digest.to_string(), "{}: `{}`", name(folder), function.name);
            compared += 1;
        }
    }
    assert!(compared > 40, "only {compared} functions compared");
}
