//! Components for these tests, and slots that hold them.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::Path;

use linchpin_host::world::WorldContract;
use linchpin_host::{Engine, EngineConfig, Release, Slot, SlotBuilder, Store};
use linchpin_trust::{
    Checker, Component, FunctionDigest, Level, Limits, Pair, Request, Role, Sha256Digest, SigningKey, System,
    TrustedState, UnixSeconds, VerdictPredicate, attest,
};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Seconds since 1970 at which everything here happens.
const NOW: u64 = 1_700_000_000;
const CLASS: &str = "tests";

/// A component for a world of the WIT at `path`, below the repository's root, with hand-written code.
pub(crate) fn component(path: &str, world: &str, code: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let (package, _) = resolve.push_path(path).unwrap();
    let world = resolve.select_world(&[package], Some(world)).unwrap();
    let mut module = wat::parse_str(code).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().validate(true).module(&module).unwrap().encode().unwrap()
}

/// An engine, as a device has it.
pub(crate) fn engine() -> Engine {
    Engine::new(EngineConfig::deterministic()).unwrap()
}

/// An open slot that runs the component.
pub(crate) fn running<S>(builder: SlotBuilder<S>, world: &WorldContract, component: Vec<u8>) -> S
where
    S: From<Slot> + std::ops::Deref<Target = Slot>,
{
    let key = SigningKey::from_seed([7; 32]);
    let trusted = TrustedState::new([key.public()], NonZeroU32::MIN, CLASS);
    let slot = builder.trust(trusted).open(Store::memory()).unwrap();
    slot.install(&release(world, component, &key), NOW).unwrap();
    slot
}

fn release(world: &WorldContract, component: Vec<u8>, key: &SigningKey) -> Release {
    let limits = Limits { memory_bytes: 1 << 20, instructions: 1_000_000, size_bytes: 1 << 20 };
    let functions = world.functions.iter().map(|function| FunctionDigest {
        interface: function.interface.unwrap_or_default().to_owned(),
        name: function.name.to_owned(),
        digest: Sha256Digest(function.digest),
    });
    let predicate = VerdictPredicate {
        system: System { name: "tests".to_owned(), sha256: Sha256Digest::of(b"system") },
        checker: Checker { name: "linchpin".to_owned(), version: "0.1.0".to_owned() },
        counter: 1,
        issued_at: UnixSeconds(NOW),
        expires_at: None,
        device_classes: BTreeSet::from([CLASS.to_owned()]),
        pairs: vec![Pair {
            module: "module".to_owned(),
            module_sha256: Sha256Digest::of(&component),
            target: CLASS.to_owned(),
            firmware: "1.0.0".to_owned(),
            role: Role::ModuleUpgrade,
            level: Level::Ok,
        }],
        edges: Vec::new(),
        limits: BTreeMap::from([(CLASS.to_owned(), limits)]),
        functions: BTreeMap::from([("module".to_owned(), functions.collect())]),
        measured: BTreeMap::new(),
    };
    let components = vec![Component { name: "module", bytes: &component }];
    let request = Request { components, predicate, last_counter: 0 };
    let attestation = attest(request, std::slice::from_ref(key)).unwrap();
    Release { component, attestation }
}

/// The allocator that every guest here has: upwards from 1,024, never freed.
pub(crate) const ALLOCATOR: &str = r#"
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
        (local $start i32)
        (local.set $start (i32.and
            (i32.sub (i32.add (global.get $next) (local.get $align)) (i32.const 1))
            (i32.sub (i32.const 0) (local.get $align))))
        (global.set $next (i32.add (local.get $start) (local.get $new)))
        (local.get $start))
"#;
