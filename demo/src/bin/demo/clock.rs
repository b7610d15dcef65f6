//! A module that imports a clock, signed by hand: what a pipeline without the check could let out.

use std::path::Path;

use anyhow::Context as _;
use linchpin_trust::{
    Checker, Component, FunctionDigest, Level, Limits, Pair, Request, Role, Sha256Digest, SigningKey, System,
    UnixSeconds, VerdictPredicate, attest,
};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{ManglingAndAbi, Resolve};

const NAME: &str = "heater-clock";

/// The released contract with one import added to its world.
const WORLD: &str = "world heater {";
const WITH_CLOCK: &str = "interface clock { now: func() -> u64; }\nworld heater {\n    import clock;";

/// Writes the component and its attestation into the depot.
pub(crate) fn write(root: &Path, key: &Path, depot: &Path) -> anyhow::Result<()> {
    let component = component(root)?;
    let text = std::fs::read_to_string(key).with_context(|| format!("cannot read {}", key.display()))?;
    let attestation = attestation(&component, &SigningKey::from_file_text(&text)?)?;
    let file = |suffix: &str| depot.join(format!("{NAME}.{suffix}"));
    std::fs::write(file("wasm"), component).context("cannot write the component")?;
    std::fs::write(file("attestation.json"), attestation).context("cannot write the attestation")
}

fn component(root: &Path) -> anyhow::Result<Vec<u8>> {
    let path = root.join("wit/released/water-heater/1.0.0.wit");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut resolve = Resolve::default();
    let package = resolve.push_str("clock.wit", &text.replace(WORLD, WITH_CLOCK))?;
    let world = resolve.select_world(&[package], Some("heater"))?;
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)?;
    ComponentEncoder::default().module(&module)?.encode()
}

/// A statement that claims a clean verdict where there was none.
fn attestation(component: &[u8], key: &SigningKey) -> anyhow::Result<Vec<u8>> {
    let sha256 = Sha256Digest::of(component);
    let target = "heater-3".to_owned();
    let pair = Pair {
        module: NAME.to_owned(),
        module_sha256: sha256,
        target: target.clone(),
        firmware: "3.1.0".to_owned(),
        role: Role::ModuleUpgrade,
        level: Level::Ok,
    };
    let function = FunctionDigest {
        interface: "acme:water-heater/control@1.0.0".to_owned(),
        name: "plan".to_owned(),
        digest: sha256,
    };
    let limits = Limits { memory_bytes: 2 << 20, instructions: 20_000_000, size_bytes: 1 << 20 };
    let predicate = VerdictPredicate {
        system: System { name: "no-check-was-run".to_owned(), sha256 },
        checker: Checker { name: "none".to_owned(), version: "0".to_owned() },
        counter: 3,
        issued_at: UnixSeconds(0),
        expires_at: None,
        device_classes: [target.clone()].into(),
        pairs: vec![pair],
        edges: Vec::new(),
        limits: [(target, limits)].into(),
        functions: [(NAME.to_owned(), vec![function])].into(),
        measured: [].into(),
    };
    let components = vec![Component { name: NAME, bytes: component }];
    Ok(attest(Request { components, predicate, last_counter: 2 }, std::slice::from_ref(key))?)
}
