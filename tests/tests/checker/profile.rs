//! Hostile components, each tried in the checker and in the host: whatever the host refuses, the checker refused.

use std::fs;

use linchpin_host::{Engine, EngineConfig, Limits, Loaded};

use super::fixture::{Fixture, rendered, repeated};

const WIT: &str =
    "package acme:f@1.0.0; interface api { plan: func(price: f64) -> f64; } world w { export api; }";

/// What a component is put together from; each part can be replaced.
struct Parts {
    core: &'static str,
    before: &'static str,
    instances: &'static str,
    options: &'static str,
    export: &'static str,
    after: &'static str,
}

const PLAIN: Parts = Parts {
    core: "",
    before: "",
    instances: "(core instance $i (instantiate $m))",
    options: "",
    export: r#"(export "acme:f/api@1.0.0" (instance $api))"#,
    after: "",
};

impl Parts {
    fn bytes(&self) -> Vec<u8> {
        let Self { core, before, instances, options, export, after } = self;
        let text = format!(
            r#"(component
                {before}
                (core module $m
                    (func $plan (export "plan") (param f64) (result f64) (local.get 0))
                    {core}
                )
                {instances}
                (func $plan (param "price" f64) (result f64) (canon lift (core func $i "plan") {options}))
                (instance $api (export "plan" (func $plan)))
                {export}
                {after}
            )"#
        );
        wat::parse_str(repeated(&text)).unwrap()
    }
}

fn core(core: &'static str) -> Parts {
    Parts { core, ..PLAIN }
}

fn after(after: &'static str) -> Parts {
    Parts { after, ..PLAIN }
}

fn options(core: &'static str, options: &'static str) -> Parts {
    Parts { core, options, ..PLAIN }
}

/// Name, component, and whether the host loads it.
fn cases() -> Vec<(&'static str, Parts, bool)> {
    let mut cases = vec![("nothing unusual", PLAIN, true)];
    cases.extend(core_modules());
    cases.extend(components());
    cases
}

fn core_modules() -> Vec<(&'static str, Parts, bool)> {
    vec![
        ("bounded memory", core("(memory 1 2)"), true),
        ("unbounded memory", core("(memory 1)"), true),
        ("memory beyond the limit", core("(memory 40 50)"), false),
        ("two memories", core("(memory 1 1) (memory 1 1)"), false),
        ("64-bit memory", core("(memory i64 1 1)"), false),
        ("shared memory", core("(memory 1 1 shared)"), false),
        ("memory with small pages", core("(memory 1 1 (pagesize 1))"), false),
        ("one table", core("(table 10 funcref)"), true),
        ("four tables", core("(table 1 funcref)\n;; repeat 3: (table 1 funcref)\n"), true),
        ("five tables", core("(table 1 funcref)\n;; repeat 4: (table 1 funcref)\n"), false),
        ("endless table", core("(table 65537 funcref)"), false),
        ("largest table", core("(table 65536 funcref)"), true),
        ("table of references", core("(table 1 externref)"), false),
        ("start function", core("(func $s) (start $s)"), false),
        ("import", core(""), true),
        ("data within memory", core(r#"(memory 1 1) (data (i32.const 65535) "x")"#), true),
        ("data beyond memory", core(r#"(memory 1 1) (data (i32.const 65535) "xy")"#), false),
        ("data before memory", core(r#"(memory 1 1) (data (i32.const -1) "x")"#), false),
        ("data without memory", core(r#"(memory 0 1) (data (i32.const 0) "x")"#), false),
        ("empty data at the end", core(r#"(memory 1 1) (data (i32.const 65536) "")"#), true),
        ("empty data after the end", core(r#"(memory 1 1) (data (i32.const 65537) "")"#), false),
        (
            "data at a computed place",
            core(
                r#"(memory 1 1) (global $g i32 (i32.const 65530)) (data (i32.add (global.get $g) (i32.const 7)) "")"#,
            ),
            false,
        ),
        ("elements beyond their table", core("(table 1 funcref) (elem (i32.const 1) func $plan)"), false),
        ("elements within their table", core("(table 2 funcref) (elem (i32.const 1) func $plan)"), true),
        ("passive data", core(r#"(memory 1 1) (data "x")"#), true),
        ("tail call", core("(func $f (return_call $f))"), false),
        ("exception", core("(tag)"), false),
        ("garbage collection", core("(type (struct))"), false),
        ("thread", core("(func (atomic.fence))"), false),
        ("many functions", core("(func)\n;; repeat 600: (func)\n"), true),
        ("many locals", core("(func\n;; repeat 5000: (local i64)\n)"), true),
        (
            "large branch table",
            core("(func (param i32) (br_table\n;; repeat 5000: 0\n0 (local.get 0)))"),
            true,
        ),
        ("deep blocks", core("(func\n;; repeat 900: block\n\n;; repeat 900: end\n)"), true),
    ]
}

fn components() -> Vec<(&'static str, Parts, bool)> {
    const MEMORY: &str = r#"(memory (export "mem") 1 1) (memory $n 1 1)
        (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 0))"#;
    vec![
        ("second module", after("(core module)"), false),
        ("second instance", after("(core instance (instantiate $m))"), false),
        ("instance of exports", after(r#"(core instance (export "x" (func $i "plan")))"#), false),
        ("module in a nested component", after("(component (core module))"), false),
        ("empty nested component", after("(component)"), true),
        ("nested ten deep", after(NESTED), true),
        ("imported function", after(r#"(import "now" (func))"#), false),
        ("imported instance", after(r#"(import "a:b/c" (instance (export "f" (func))))"#), false),
        ("imported type", after(r#"(type $t (list u8)) (import "t" (type (eq $t)))"#), true),
        ("imported resource", after(r#"(import "r" (type (sub resource)))"#), false),
        (
            "imported instance with a resource",
            after(r#"(import "a:b/c" (instance (export "r" (type (sub resource)))))"#),
            false,
        ),
        ("imported module", after(r#"(import "m" (core module))"#), false),
        ("imported component", after(r#"(import "k" (component))"#), false),
        ("exported module", after(r#"(export "m" (core module $m))"#), false),
        ("exported component", after(r#"(component $k) (export "k" (component $k))"#), false),
        ("exported resource", after(r#"(type $r (resource (rep i32))) (export "r" (type $r))"#), true),
        (
            "resource built-in",
            after("(type $r (resource (rep i32))) (core func (canon resource.new $r))"),
            false,
        ),
        ("lowered function", after("(core func (canon lower (func $plan)))"), false),
        ("alias of an outer module", after("(component (alias outer 1 $m (core module)))"), false),
        ("function in UTF-16", options("", "string-encoding=utf16"), false),
        ("function in Latin-1", options("", "string-encoding=latin1+utf16"), false),
        ("asynchronous function", after(r#"(func async (canon lift (core func $i "plan") async))"#), false),
        ("unused stream", after("(type (stream u8))"), true),
        ("map", after("(type (map string u8))"), true),
        ("second memory of a function", options(MEMORY, r#"(memory (core memory $i "mem"))"#), false),
        (
            "initialiser",
            Parts { core: r#"(func (export "_initialize"))"#, instances: INITIALISED, ..PLAIN },
            true,
        ),
        (
            "initialiser with code",
            Parts { core: r#"(func (export "_initialize"))"#, instances: INITIALISED_WITH_CODE, ..PLAIN },
            false,
        ),
        ("import of a linked module", Parts { before: LIBRARY, core: "", instances: LINKED, ..PLAIN }, false),
        ("no export of the contract", Parts { export: "", ..PLAIN }, false),
    ]
}

const NESTED: &str = "(component (component (component (component (component (component (component (component
    (component (component))))))))))";

const INITIALISED: &str = r#"(core instance $i (instantiate $m))
    (core module $start (import "" "" (func)) (start 0))
    (core instance $e (export "" (func $i "_initialize")))
    (core instance (instantiate $start (with "" (instance $e))))"#;

const INITIALISED_WITH_CODE: &str = r#"(core instance $i (instantiate $m))
    (core module $start (import "" "" (func)) (func) (start 0))
    (core instance $e (export "" (func $i "_initialize")))
    (core instance (instantiate $start (with "" (instance $e))))"#;

const LIBRARY: &str = r#"(core module $library (func (export "help")))"#;

const LINKED: &str = r#"(core instance $l (instantiate $library)) (core instance $i (instantiate $m))"#;

#[test]
fn whatever_the_host_refuses_the_checker_refused() {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let fixture = Fixture::of_wit(WIT, WIT);
    let mut wrong = Vec::new();
    let mut clean = 0;
    for (name, parts, loads) in cases() {
        let bytes = parts.bytes();
        fs::write(fixture.path().join("module.wasm"), &bytes).unwrap();
        let host = Loaded::standalone(&engine, &bytes, &Limits::default());
        assert_eq!(host.is_ok(), loads, "{name}: {host:?}");
        let checked = linchpin_checker::load(&fixture.path().join("linchpin.toml"))
            .map(|system| linchpin_checker::check(&system, &super::fixture::today()));
        match (&host, &checked) {
            (Err(refusal), Ok(verdict)) if verdict.clean => {
                wrong.push(format!("{name}: the host says [{}] {refusal}", refusal.code()));
            }
            (Ok(_), Ok(verdict))
                if verdict.pairs.iter().any(|pair| pair.link != linchpin_checker::verdict::PairLevel::Ok) =>
            {
                wrong.push(format!("{name}: the host loads it\n{}", rendered(verdict)));
            }
            // A world with it cannot be read, so there is no verdict at all.
            (Ok(_), Err(_)) if name == "exported resource" => {}
            (Ok(_), Err(error)) => wrong.push(format!("{name}: the host loads it: {error}")),
            (Ok(_) | Err(_), Ok(_)) | (Err(_), Err(_)) => {}
        }
        clean += usize::from(checked.is_ok_and(|verdict| verdict.clean));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(clean >= 12, "only {clean} components are clean: the table says too little");
}

#[test]
fn what_a_target_does_not_limit_is_limited_as_the_host_does_by_itself() {
    let fixture = Fixture::of_wit(WIT, WIT);
    let system = linchpin_checker::load(&fixture.path().join("linchpin.toml")).unwrap();
    let host = Limits::default();
    assert_eq!(system.targets[0].limits.memory_bytes, Some(host.memory_bytes as u64));
    assert!(system.targets[0].limits.size_bytes.unwrap() <= host.component_bytes as u64);
}

#[test]
fn a_limit_can_be_lowered_and_not_raised() {
    let fixture = Fixture::of_wit(WIT, WIT);
    let path = fixture.path().join("linchpin.toml");
    let system = fs::read_to_string(&path).unwrap();
    let with = |limits: &str| {
        let text = system.replace("\n\n[modules", &format!("\nlimits = {{ {limits} }}\n\n[modules"));
        fs::write(&path, text).unwrap();
    };
    with(
        r#"size = "65KiB", functions = 513, body = "33KiB", locals = 1_000, branch-table = 1025, tables = 2, table-elements = 65537, data = "40000B", name = "1MiB""#,
    );
    let errors: Vec<String> =
        fixture.errors().into_iter().map(|(code, text)| format!("[{code}] {text}")).collect();
    assert_eq!(errors.len(), 9, "{errors:#?}");
    insta::with_settings!({ snapshot_path => super::root(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("limit-errors", errors.join("\n"));
    });
    with(
        r#"size = "64KiB", functions = 512, body = "32KiB", locals = 512, branch-table = 1024, tables = 1, table-elements = 65536, data = "32KiB", name = "128B""#,
    );
    assert!(fixture.verdict().clean);
    with(r#"name = "10B""#);
    assert_eq!(fixture.verdict().findings[0].rule, "name-over-limit");
}

#[test]
fn a_precompiled_artefact_is_refused_by_name() {
    let engine = wasmtime::Engine::default();
    let artefact = engine.precompile_component(&PLAIN.bytes()).unwrap();
    let fixture = Fixture::of_wit(WIT, WIT);
    fs::write(fixture.path().join("module.wasm"), artefact).unwrap();
    let errors = fixture.errors();
    let [(code, message)] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(code, "cwasm-incompatible");
    assert!(message.contains("compiled ahead of time") && message.contains("compiled from"), "{message}");
}

#[test]
fn the_figures_of_a_profile_are_those_of_the_bytes() {
    let core = core(
        r#"(memory 1 3) (table 7 9 funcref) (global i32 (i32.const 1)) (global (mut i64) (i64.const 1))
        (data (i32.const 0) "twelve bytes") (elem (i32.const 0) func $plan)
        (func (local i32 i32 f64) (br_table 0 0 0 (i32.const 1)))"#,
    );
    let profile = linchpin_checker::profile::Profile::of(&core.bytes()).unwrap();
    assert_eq!(profile.bytes, u64::try_from(core.bytes().len()).unwrap());
    assert_eq!((profile.core_modules, profile.functions, profile.depth), (1, 2, 1));
    assert_eq!((profile.most_locals, profile.largest_branch_table), (3, 2));
    assert_eq!((profile.globals, profile.mutable_globals), (2, 1));
    assert_eq!((profile.data_segments, profile.data_bytes, profile.element_segments), (1, 12, 1));
    assert_eq!(profile.longest_name_bytes, "acme:f/api@1.0.0".len() as u64);
    assert_eq!(profile.memories[0].initial_bytes, 64 << 10);
    assert_eq!(profile.memories[0].maximum_bytes, Some(192 << 10));
    assert_eq!((profile.tables[0].initial_elements, profile.tables[0].maximum_elements), (7, Some(9)));
    assert_eq!(profile.largest_body_bytes, 13);
    assert!(profile.unusual.is_empty() && profile.kept_state.is_empty(), "{profile:?}");
}

#[test]
fn a_plug_in_host_bounds_only_what_it_says_and_has_the_features_of_its_engine() {
    let fixture = Fixture::of_wit(WIT, WIT);
    let path = fixture.path().join("linchpin.toml");
    let system = fs::read_to_string(&path).unwrap();
    let rules = |runtime: &str, limits: &str, parts: &Parts| -> Vec<String> {
        let text = system
            .replace("runtime = \"linchpin\"", &format!("runtime = \"{runtime}\"\nlimits = {{ {limits} }}"));
        fs::write(&path, text).unwrap();
        fs::write(fixture.path().join("module.wasm"), parts.bytes()).unwrap();
        fixture.verdict().findings.into_iter().map(|finding| finding.rule).collect()
    };
    let large = core("(memory 1) (func $s (return_call $s)) (start $s)\n;; repeat 600: (func)\n");
    let pages = core("(memory 1 1 (pagesize 1))");
    for runtime in ["wasmtime-48", "wasmtime-48-dynamic"] {
        assert_eq!(rules(runtime, "", &large), [""; 0], "{runtime}");
        assert_eq!(rules(runtime, "functions = 600", &large), ["functions-over-limit"], "{runtime}");
        assert_eq!(rules(runtime, "functions = 1000", &large), [""; 0], "it may be more than a device has");
        assert_eq!(rules(runtime, "", &pages), ["engine-feature-missing"], "{runtime}");
    }
    assert_eq!(rules("composition", "", &pages), [""; 0], "no engine takes part");
    let all = rules("linchpin", "", &large);
    assert_eq!(all, ["functions-over-limit", "memory-unbounded", "start-function", "engine-feature-missing"]);
}
