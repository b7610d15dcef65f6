//! Changed components, each in the checker and in the host: what the checker passes, the host loads.

use std::fs;

use linchpin_checker::system::Runtime;
use linchpin_checker::{check, load};
use linchpin_host::{Engine, EngineConfig, Limits, Loaded};

use super::bytes;
use super::fixture::{Fixture, folders, root, today};
use super::random::Random;
use super::run::number;

const RUNS: u64 = 600;

#[test]
fn what_the_checker_passes_the_host_loads() {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let mut random = Random(number("LINCHPIN_FUZZ_SEED").unwrap_or(20_260_101));
    let cases: Vec<_> = folders(&root()).into_iter().flat_map(|rule| folders(&rule)).collect();
    let systems: Vec<(Fixture, Vec<u8>)> = cases
        .iter()
        .map(|case| {
            let fixture = Fixture::new(case);
            let module = fs::read(fixture.path().join("module.wasm")).unwrap();
            (fixture, module)
        })
        .filter(|(_, module)| module.len() < 16 << 10)
        .collect();
    let corpus: Vec<Vec<u8>> = systems.iter().map(|(_, module)| module.clone()).collect();
    let mut clean = 0;
    for _ in 0..number("LINCHPIN_FUZZ_RUNS").unwrap_or(RUNS) {
        let (fixture, module) = random.pick(&systems);
        let mut component = module.clone();
        bytes::change_component(&mut random, &corpus, &mut component);
        fs::write(fixture.path().join("module.wasm"), &component).unwrap();
        let Ok(system) = load(&fixture.path().join("linchpin.toml")) else { continue };
        // Plug-in hosts load what no device does.
        let on_devices = system.targets.iter().all(|target| target.runtime == Runtime::Linchpin);
        if !on_devices || !check(&system, &today()).clean {
            continue;
        }
        clean += 1;
        if let Err(refusal) = Loaded::standalone(&engine, &component, &Limits::default()) {
            let file = super::run::kept("agree");
            fs::write(&file, &component).unwrap();
            panic!(
                "the checker passes what the host refuses: [{}] {refusal}: {}",
                refusal.code(),
                file.display()
            );
        }
    }
    assert!(clean > 20 || number("LINCHPIN_FUZZ_RUNS").is_some(), "only {clean} were clean");
}
