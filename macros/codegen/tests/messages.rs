//! Every message of the derives and of `export`, over one contract. Places come with the line of the WIT.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use linchpin_codegen::derive::{self, Kind};
use linchpin_codegen::export::{self, Arguments};
use linchpin_codegen::report::Report;
use linchpin_contract::{Contract, load_text};

const WIT: &str = "\
package acme:heater@1.0.0;

interface control {
    enum mode { off, eco }
    flags sensors { tank-top, tank-bottom }
    record inputs {
        tank-temp: f64,
        prices: list<f64>,
        mode: mode,
    }
    variant fault { no-prices, stale(u32) }
    /// @unit celsius
    /// @range 10..=85
    type celsius = f64;
    /// @range 90..=95
    type steam = celsius;
    type history = list<celsius>;
    type readings = inputs;
    plan: func(inputs: inputs, hours: u8) -> result<f64, fault>;
    same: func();
}

interface diagnostics {
    enum mode { quick, full }
    stored-energy: func(volume: f64, temp: f64) -> f64;
    same: func();
}

interface device {
    read: func() -> f64;
    later: async func(values: stream<u8>);
    fixed: func(values: list<u8, 4>);
}

world heater {
    export control;
}

world service {
    export control;
    export diagnostics;
}

world impure {
    import device;
    export wrong: interface {
        resource handle;
        open: func() -> handle;
        fixed: func(values: list<u8, 4>);
    }
}
";

fn contract() -> Contract {
    load_text("wit/heater.wit", WIT).unwrap()
}

/// The messages of a derive, one mistake each.
fn derived(kind: Kind, item: &str) -> String {
    let mut report = Report::default();
    let input = syn::parse_str(item).unwrap();
    let tokens = derive::expand(kind, &contract(), &input, &mut report);
    assert!(tokens.to_string().contains("WitType for"), "a stub is left");
    report.messages().join("\n\n")
}

/// The messages of `export`, one mistake each.
fn exported(arguments: &str, block: &str) -> String {
    let mut report = Report::default();
    let arguments = Arguments::parse(arguments.parse().unwrap(), &mut report);
    let block = syn::parse_str(block).unwrap();
    export::expand(&contract(), &arguments, &block, &mut report);
    report.messages().join("\n\n")
}

#[test]
fn of_derives() {
    let cases = [
        ("unknown type", Kind::Record, "struct Imputs { a: u8 }"),
        ("nothing like it", Kind::Record, "struct Quux { a: u8 }"),
        ("two interfaces", Kind::Enum, "enum Mode { Off, Eco }"),
        ("another kind", Kind::Variant, "struct Inputs { a: u8 }"),
        ("an alias", Kind::Record, "struct Celsius { a: u8 }"),
        ("an enum for a record", Kind::Record, "enum Inputs { A }"),
        ("a tuple struct", Kind::Record, "struct Inputs(u8);"),
        ("a struct for an enum", Kind::Enum, "#[wit(\"control/mode\")] struct Mode;"),
        ("generics", Kind::Record, "struct Inputs<T> { tank_temp: f64, prices: Vec<T>, mode: Mode }"),
        ("a typing mistake", Kind::Record, "struct Inputs { tank_tmp: f64, prices: Vec<f64>, mode: Mode }"),
        ("another name", Kind::Record, "struct Inputs { warmth: f64, prices: Vec<f64>, mode: Mode }"),
        (
            "a field too many",
            Kind::Record,
            "struct Inputs { tank_temp: f64, prices: Vec<f64>, mode: Mode, draws: u8 }",
        ),
        ("a field too few", Kind::Record, "struct Inputs { tank_temp: f64, mode: Mode }"),
        ("three mistakes", Kind::Record, "struct Inputs { tank_tmp: f64, draws: u8, hours: u8, mode: Mode }"),
        (
            "twice",
            Kind::Record,
            "struct Inputs { tank_temp: f64, prices: Vec<f64>, mode: Mode, #[wit(\"mode\")] m: Mode }",
        ),
        (
            "no text in wit",
            Kind::Record,
            "#[wit(control)] struct Inputs { tank_temp: f64, prices: Vec<f64>, mode: Mode }",
        ),
        (
            "two names",
            Kind::Record,
            "#[wit(\"inputs\")] #[wit(\"inputs\")] struct Inputs { tank_temp: f64, prices: Vec<f64>, mode: Mode }",
        ),
        ("a flag too few", Kind::Flags, "struct Sensors { tank_top: bool }"),
        ("a case with a payload", Kind::Enum, "#[wit(\"control/mode\")] enum Mode { Off(u8), Eco }"),
        ("a case too many", Kind::Enum, "#[wit(\"control/mode\")] enum Mode { Off, Eco, Boost }"),
        ("a payload too many", Kind::Variant, "enum Fault { NoPrices(u8), Stale(u32) }"),
        ("a payload too few", Kind::Variant, "enum Fault { NoPrices, Stale }"),
        ("named payload", Kind::Variant, "enum Fault { NoPrices, Stale { hours: u32 } }"),
        ("an alias of a record", Kind::Record, "struct History { a: u8 }"),
        ("a newtype that fits", Kind::Alias, "struct Celsius(f64);"),
        ("a newtype over another primitive", Kind::Alias, "struct Celsius(f32);"),
        ("a newtype of two fields", Kind::Alias, "struct Celsius(f64, f64);"),
        ("a newtype with a name inside", Kind::Alias, "struct Celsius { value: f64 }"),
        ("a newtype of nothing", Kind::Alias, "struct Celsius;"),
        ("a newtype with generics", Kind::Alias, "struct Celsius<T>(T);"),
        ("a newtype that is an enum", Kind::Alias, "enum Celsius { A(f64) }"),
        ("a newtype over a record", Kind::Alias, "struct Inputs(f64);"),
        ("a newtype over another name of a record", Kind::Alias, "struct Readings(f64);"),
        ("a newtype over a list", Kind::Alias, "struct History(Vec<f64>);"),
        ("a newtype over nothing of the name", Kind::Alias, "struct Celcius(f64);"),
        ("a newtype that anyone can set", Kind::Alias, "struct Celsius(pub f64);"),
        ("a newtype without a value", Kind::Alias, "struct Steam(f64);"),
        ("a wrong rename", Kind::Variant, "enum Fault { NoPrices, #[wit(\"stail\")] Old(u32) }"),
    ];
    let messages = cases.map(|(case, kind, item)| format!("## {case}\n{}\n", derived(kind, item)));
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn of_exports() {
    let plan = "pub fn plan(inputs: Inputs, hours: u8) -> Result<f64, Fault> { todo!() }";
    let rest = "pub fn same() {}";
    let block = |functions: &str| format!("impl Heater {{ {functions} {rest} }}");
    let cases = [
        ("no such world", "world = \"heeter\"", block(plan)),
        ("nothing like it", "world = \"x\"", block(plan)),
        ("several worlds", "", block(plan)),
        ("a wrong argument", "wrold = \"heater\"", block(plan)),
        ("no text", "world = heater", block(plan)),
        ("not arguments", "heater", block(plan)),
        ("an impure world", "world = \"impure\"", block(plan)),
        ("a trait's block", "world = \"heater\"", "impl Plan for Heater {}".to_owned()),
        ("a generic block", "world = \"heater\"", "impl<T> Heater<T> {}".to_owned()),
        ("a missing function", "world = \"heater\"", block("")),
        ("a typing mistake", "world = \"heater\"", block(&plan.replace("fn plan", "fn plann"))),
        ("a function too many", "world = \"heater\"", block(&format!("{plan} pub fn reset() {{}}"))),
        ("a wrong rename", "world = \"heater\"", block(&format!("#[wit(\"control/plans\")] {plan}"))),
        ("of two interfaces", "world = \"service\"", block(plan)),
        ("another name for a function", "world = \"heater\"", block(&plan.replace("fn plan", "fn decide"))),
        (
            "no text in wit",
            "world = \"heater\"",
            block(&format!("#[wit(control/plan)] {}", plan.replace("fn plan", "fn decide"))),
        ),
        ("two worlds", "world = \"heater\", world = \"service\"", block(plan)),
        ("twice", "world = \"heater\"", block(&format!("{plan} #[wit(\"plan\")] fn other() {{}}"))),
        ("a receiver", "world = \"heater\"", block(&plan.replace("(inputs", "(&self, inputs"))),
        ("async", "world = \"heater\"", block(&plan.replace("pub fn", "pub async fn"))),
        ("unsafe", "world = \"heater\"", block(&plan.replace("pub fn", "pub unsafe fn"))),
        ("generic", "world = \"heater\"", block(&plan.replace("plan(", "plan<T>("))),
        ("a parameter too few", "world = \"heater\"", block(&plan.replace(", hours: u8", ""))),
        ("no parameter", "world = \"heater\"", block(&plan.replace("inputs: Inputs, hours: u8", ""))),
        (
            "another order",
            "world = \"heater\"",
            block(&plan.replace("inputs: Inputs, hours: u8", "hours: u8, inputs: Inputs")),
        ),
        ("another name", "world = \"heater\"", block(&plan.replace("hours: u8", "days: u8"))),
        (
            "a wrong parameter rename",
            "world = \"heater\"",
            block(&plan.replace("hours: u8", "#[wit(\"day\")] hours: u8")),
        ),
        ("a reference", "world = \"heater\"", block(&plan.replace("inputs: Inputs", "inputs: &Inputs"))),
        ("impl Trait", "world = \"heater\"", block(&plan.replace("inputs: Inputs", "inputs: impl Copy"))),
        ("no result", "world = \"heater\"", block(&plan.replace("-> Result<f64, Fault>", ""))),
    ];
    let messages =
        cases.map(|(case, arguments, block)| format!("## {case}\n{}\n", exported(arguments, &block)));
    insta::assert_snapshot!(messages.join("\n"));
}

/// Where a short name leads to several functions or types, the help names each in full, and what it says is accepted.
#[test]
fn of_two_versions_of_a_package() {
    let contract = linchpin_contract::load_wit(std::path::Path::new("tests/versions")).unwrap();
    let said = |kind: Kind, item: &str| {
        let mut report = Report::default();
        derive::expand(kind, &contract, &syn::parse_str(item).unwrap(), &mut report);
        report.messages().join("\n\n")
    };
    let block = |plan: &str| {
        let mut report = Report::default();
        let arguments = Arguments::parse("world = \"versions\"".parse().unwrap(), &mut report);
        let rest = "pub fn stop() -> bool { true }
            pub fn run(inputs: Inputs) -> bool { true }
            #[wit(\"acme:heat/control@2.0.0/plan\")] pub fn new(inputs: Inputs) -> Result<f64, String> { todo!() }
            #[wit(\"heat-pump/control/plan\")] pub fn pump(inputs: Inputs) -> bool { true }";
        let rest = rest.replace("heat-pump", "acme:heat-pump");
        let block = syn::parse_str(&format!("impl Heat {{ {plan} {rest} }}")).unwrap();
        export::expand(&contract, &arguments, &block, &mut report);
        report.messages().join("\n\n")
    };
    let messages = [
        said(Kind::Record, "struct Inputs { tank: f64 }"),
        said(Kind::Record, "#[wit(\"control/inputs\")] struct Inputs { tank: f64 }"),
        said(Kind::Record, "#[wit(\"acme:heat/control/inputs\")] struct Inputs { tank: f64 }"),
        block("pub fn plan(inputs: Inputs) -> f64 { 0.0 }"),
        block("#[wit(\"control/plan\")] pub fn old(inputs: Inputs) -> f64 { 0.0 }"),
        block("#[wit(\"acme:heat/control/plan\")] pub fn old(inputs: Inputs) -> f64 { 0.0 }"),
        block(""),
    ];
    insta::assert_snapshot!(messages.join("\n\n"));
    let accepted = [
        said(Kind::Record, "#[wit(\"acme:heat/control@1.0.0/inputs\")] struct Inputs { tank: f64 }"),
        said(
            Kind::Record,
            "#[wit(\"acme:heat/control@2.0.0/inputs\")] struct Inputs { tank: f64, hours: u8 }",
        ),
        said(Kind::Record, "#[wit(\"acme:heat-pump/control/inputs\")] struct Inputs { pressure: f32 }"),
        block("#[wit(\"acme:heat/control@1.0.0/plan\")] pub fn old(inputs: Inputs) -> f64 { 0.0 }"),
    ];
    assert_eq!(accepted, [""; 4]);
}
