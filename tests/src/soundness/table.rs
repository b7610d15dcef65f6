//! The page of which changes are safe: every cell is what a runtime did with the example of its row.

use std::fmt::Write as _;

use linchpin_checker::link::{Edge, Link};
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::PairLevel;

use super::change;
use super::examples::{EXAMPLES, Example, Guest};
use super::pair::{self, Engines, GuestSide, HostSide, Judged, Loader};
use super::random::Random;
use super::wit::{self, Item, Kind, Wit};

/// The whole page.
///
/// # Errors
/// An example that cannot be built, or one on which a runtime and the checker disagree.
pub fn page(engines: &Engines) -> Result<String, String> {
    let mut page = HEAD.to_owned();
    for example in EXAMPLES {
        let row = row(engines, example).map_err(|error| format!("`{}`: {error}", example.change))?;
        page += &row;
    }
    Ok(page + TAIL)
}

const HEAD: &str = "\
# Which WIT changes are safe

This page is measured. `cargo run -p linchpin-tests --bin soundness -- --table docs/COMPATIBILITY.md` builds a small
host and a small guest for each row, before and after the change, and asks the real runtimes. A test fails when the
page is stale.

Each column has two words, `host upgrade / guest upgrade`: an old guest on a host that has the change, and a guest
that has the change on an old host. They are different questions.

- **typed import**: wasmtime 48, host functions with Rust types (`bindgen!`, `func_wrap`), called by the guest.
- **dynamic import**: wasmtime 48, host functions of dynamic values (`func_new`).
- **export**: wasmtime 48, a typed host calls the guest.
- **composed import**, **composed export**: components composed with components, as wasmparser validates it for
  `wac` and `wasm-tools`.
- **Linchpin**: a module on `linchpin-host`, which calls its exports.

| word | meaning |
|---|---|
| ok | it links, and every value means the same on both sides |
| HAZARD | it links, and a value may mean another thing: the runtime compares no names here |
| call | it links, and calls fail or are misread: the runtime compares when it is called |
| FAIL | it is not linked |
| - | the change does not concern this edge, or the runtime has no such functions |

Whether it links is the runtime's own word, and so is `call` of an export, which is really called. What a runtime does
not compare it cannot tell: `HAZARD`, and `call` of a dynamic import, are the checker's words for what it lets through.

| change | typed import | dynamic import | export | composed import | composed export | Linchpin |
|---|---|---|---|---|---|---|
";

const TAIL: &str = "
## Versions

wasmtime first looks for the very name. Else it takes the greatest version of the same track: the same major version,
or the same minor one of `0.y`. A `0.0.z` and a pre-release stand for themselves alone. If the interface that it takes
lacks a function, no other is tried. wasmparser knows the very name only.
";

/// The same change asked on one edge.
struct Asked {
    host_upgrade: Judged,
    guest_upgrade: Judged,
}

fn row(engines: &Engines, example: &Example) -> Result<String, String> {
    let imports = asked(engines, example, Edge::HostToGuestImport)?;
    let exports = asked(engines, example, Edge::GuestExportToHost)?;
    let change = change::named(example.change).ok_or("no such change")?;
    let note = match example.guest {
        Guest::Whole => "",
        Guest::Common => ", and the guest does not have it",
    };
    let mut row = format!("| {}{note} |", change.words);
    let cells = [
        (&imports, Edge::HostToGuestImport, Runtime::Wasmtime48),
        (&imports, Edge::HostToGuestImport, Runtime::Wasmtime48Dynamic),
        (&exports, Edge::GuestExportToHost, Runtime::Wasmtime48),
        (&imports, Edge::HostToGuestImport, Runtime::Composition),
        (&exports, Edge::GuestExportToHost, Runtime::Composition),
        (&exports, Edge::GuestExportToHost, Runtime::Linchpin),
    ];
    for (asked, edge, runtime) in cells {
        let cell = asked.as_ref().map_or_else(|| "-".to_owned(), |asked| cell(asked, edge, runtime));
        write!(row, " {cell} |").map_err(|error| error.to_string())?;
    }
    Ok(row + "\n")
}

fn cell(asked: &Asked, edge: Edge, runtime: Runtime) -> String {
    let word = |judged: &Judged| {
        let link = judged.links.iter().find(|(asked, _)| *asked == runtime);
        link.map_or("-", |(_, link)| word(link, edge))
    };
    let (host, guest) = (word(&asked.host_upgrade), word(&asked.guest_upgrade));
    if (host, guest) == ("-", "-") { "-".to_owned() } else { format!("{host} / {guest}") }
}

/// The runtimes were asked, and agree on what links.
fn word(link: &Link, edge: Edge) -> &'static str {
    match pair::level(link, edge) {
        PairLevel::Ok => "ok",
        PairLevel::Hazard => "HAZARD",
        PairLevel::Conditional => "some values",
        PairLevel::CallFail => "call",
        PairLevel::LinkFail => "FAIL",
        PairLevel::Unknown => "unknown",
    }
}

/// An example's worlds before and after the change.
pub struct Sides {
    /// The host before.
    pub before: Wit,
    /// The host after.
    pub after: Wit,
    /// The guest before.
    pub old_guest: Wit,
    /// The guest after.
    pub new_guest: Wit,
}

/// An example on one edge; absent where the change has no place in the example's world on this edge.
///
/// # Errors
/// Why the example cannot be built.
pub fn sides(example: &Example, edge: Edge) -> Result<Option<Sides>, String> {
    let Some(before) = before(example, edge)? else { return Ok(None) };
    let Some(after) = after(example, &before, edge)? else { return Ok(None) };
    let (old_guest, new_guest) = match example.guest {
        Guest::Whole => (before.clone(), after.clone()),
        Guest::Common => (common(&before, &after), common(&after, &before)),
    };
    Ok(Some(Sides { before, after, old_guest, new_guest }))
}

/// Both directions on one edge; absent as [`sides`] are.
fn asked(engines: &Engines, example: &Example, edge: Edge) -> Result<Option<Asked>, String> {
    let Some(Sides { before, after, old_guest, new_guest }) = sides(example, edge)? else { return Ok(None) };
    let pure = edge == Edge::GuestExportToHost && is_pure(&before) && is_pure(&after);
    let judge = |host: &Wit, guest: &Wit| {
        let (host, guest) = (HostSide::new(host)?, GuestSide::new(engines, guest)?);
        let judged = pair::judge(engines, &host, &guest, if pure { Loader::Asked } else { Loader::Skipped })?;
        let called = pair::calls(engines, &host, &guest)?;
        match judged.disagreements.iter().chain(&called).next() {
            None => Ok(judged),
            Some(first) => Err(format!("{first}\n--- host\n{}\n--- guest\n{}", host.text, guest.text)),
        }
    };
    let (host_upgrade, guest_upgrade) = (judge(&after, &old_guest)?, judge(&before, &new_guest)?);
    Ok(Some(Asked { host_upgrade, guest_upgrade }))
}

fn before(example: &Example, edge: Edge) -> Result<Option<Wit>, String> {
    let keyword = match edge {
        Edge::HostToGuestImport => "import",
        Edge::GuestExportToHost => "export",
    };
    let world = example.world.replace("{edge}", keyword);
    if !world.contains(keyword) {
        return Ok(None);
    }
    let version = if example.version.is_empty() { String::new() } else { format!("@{}", example.version) };
    let other = if world.contains("other") { "interface other { g: func(); }" } else { "" };
    let text = format!(
        "package acme:demo{version};\ninterface api {{ {} }}\n{other}\nworld w {{ {world} }}",
        example.body
    );
    let contract = linchpin_contract::load_text("example.wit", &text).map_err(|error| error.to_string())?;
    let world = contract.select_world(Some("w")).map_err(|error| error.to_string())?;
    wit::read::world(&contract, world).map(Some).ok_or_else(|| "it cannot be read".to_owned())
}

/// The first random place at which the change makes another world that can be built.
fn after(example: &Example, before: &Wit, edge: Edge) -> Result<Option<Wit>, String> {
    let change = change::named(example.change).ok_or("no such change")?;
    let mut elsewhere = false;
    for stream in 0..64 {
        let mut after = before.clone();
        let home = (change.apply)(&mut after, &mut Random::new(1, stream));
        let Some(home) = home.filter(|_| after != *before) else { continue };
        if !super::family::edges(before, &after, home).contains(&edge) {
            elsewhere = true;
        } else if HostSide::new(&after).is_ok() {
            return Ok(Some(after));
        }
    }
    if elsewhere { Ok(None) } else { Err("it has no place in its example".to_owned()) }
}

/// Only those functions that the other has too.
fn common(wit: &Wit, other: &Wit) -> Wit {
    let mut common = wit.clone();
    for (package, theirs) in common.packages.iter_mut().zip(&other.packages) {
        for (interface, theirs) in package.interfaces.iter_mut().zip(&theirs.interfaces) {
            interface.functions.retain(|function| theirs.functions.contains(function));
            for (def, theirs) in interface.types.iter_mut().zip(&theirs.types) {
                if let (Kind::Resource(methods), Kind::Resource(theirs)) = (&mut def.kind, &theirs.kind) {
                    methods.retain(|method| theirs.contains(method));
                }
            }
        }
    }
    common
}

/// Whether Linchpin's loader may be asked: functions alone, without handles, streams or `async`.
fn is_pure(wit: &Wit) -> bool {
    let mut wit = wit.clone();
    let exports_only = wit.world.imports.is_empty() && wit.world.own == wit::Interface::default();
    let resources = wit.types_mut().iter().any(|(_, def)| matches!(def.kind, Kind::Resource(_)));
    let asynchronous = wit.functions_mut().iter().any(|(_, function)| function.is_async);
    let mut moves = false;
    wit.visit_types(&mut |_, ty| moves |= matches!(ty, wit::Ty::Stream(_) | wit::Ty::Future(_)));
    let inline = wit.world.exports.iter().any(|item| matches!(item, Item::Inline(_)));
    exports_only && !resources && !asynchronous && !moves && !inline
}
