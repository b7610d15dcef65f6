//! One small world for each change with a name.

/// Who calls what is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guest {
    /// The guest imports and provides all that its world has.
    Whole,
    /// The guest has only what both worlds have.
    Common,
}

/// A world that one change is made of.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The change's name.
    pub change: &'static str,
    /// What stands in the interface `api`, which the world imports or exports.
    pub body: &'static str,
    /// The version of the package; empty for none.
    pub version: &'static str,
    /// What else stands in the world; `{edge}` is `import` or `export`.
    pub world: &'static str,
    /// Who calls what is changed.
    pub guest: Guest,
}

const fn of(change: &'static str, body: &'static str) -> Example {
    Example { change, body, version: "1.0.0", world: "{edge} api;", guest: Guest::Whole }
}

const fn unused(change: &'static str, body: &'static str) -> Example {
    Example { guest: Guest::Common, ..of(change, body) }
}

const fn versioned(change: &'static str, version: &'static str) -> Example {
    Example { version, ..of(change, "f: func(a: u32) -> string;") }
}

const fn world(change: &'static str, world: &'static str) -> Example {
    Example { world, ..of(change, "f: func(a: u32) -> string;") }
}

const RECORD: &str = "record r { a: u32, b: string } f: func(r: r) -> r;";
const ENUM: &str = "enum e { off, eco } f: func(e: e) -> e;";
const FLAGS: &str = "flags g { top, bottom } f: func(g: g) -> g;";
const VARIANT: &str = "variant v { none, some(string) } f: func(v: v) -> v;";
const RESOURCE: &str = "resource r { m: func(a: u32); } f: func(r: borrow<r>);";

/// Every example, in the order of the page.
pub static EXAMPLES: &[Example] = &[
    of("docs-changed", "f: func(a: u32);"),
    of("funcs-reordered", "f: func(a: u32); g: func();"),
    of("types-reordered", "record r { a: u32 } enum e { x } f: func(r: r, e: e);"),
    of("func-added", "f: func(a: u32);"),
    unused("func-added", "f: func(a: u32);"),
    of("func-removed", "f: func(a: u32); g: func();"),
    unused("func-removed", "f: func(a: u32); g: func();"),
    of("func-renamed", "f: func(a: u32);"),
    of("func-made-async", "f: func(a: u32);"),
    of("func-made-sync", "f: async func(a: u32);"),
    of("param-added", "f: func(a: u32);"),
    of("param-added-optional", "f: func(a: u32);"),
    of("param-removed", "f: func(a: u32, b: string);"),
    of("param-renamed", "f: func(a: u32);"),
    of("params-swapped-same-type", "f: func(price: f64, limit: f64);"),
    of("params-reordered", "f: func(a: u32, b: string);"),
    of("param-type-changed", "f: func(a: u32);"),
    of("param-made-optional", "f: func(a: u32);"),
    of("result-added", "f: func(a: u32);"),
    of("result-removed", "f: func(a: u32) -> string;"),
    of("result-type-changed", "f: func(a: u32) -> string;"),
    of("result-wrapped", "f: func(a: u32) -> string;"),
    of("result-made-optional", "f: func(a: u32) -> string;"),
    of("primitive-widened", "f: func(a: u32);"),
    of("primitive-sign-changed", "f: func(a: u32);"),
    of("char-to-string", "f: func(a: char);"),
    of("string-to-bytes", "f: func(a: string);"),
    of("list-item-changed", "f: func(a: list<u32>);"),
    of("list-to-stream", "f: func(a: list<u32>);"),
    of("list-length-fixed", "f: func(a: list<u32>);"),
    of("fixed-list-length-changed", "f: func(a: list<u32, 4>);"),
    of("map-key-changed", "f: func(a: map<string, u32>);"),
    of("map-value-changed", "f: func(a: map<string, u32>);"),
    of("wrapped-in-option", "f: func(a: u32);"),
    of("option-unwrapped", "f: func(a: option<u32>);"),
    of("option-item-changed", "f: func(a: option<u32>);"),
    of("result-side-dropped", "f: func() -> result<u32, string>;"),
    of("result-sides-swapped", "f: func() -> result<u32, string>;"),
    of("tuple-item-added", "f: func(a: tuple<u32, string>);"),
    of("tuple-item-removed", "f: func(a: tuple<u32, string>);"),
    of("tuple-items-swapped", "f: func(a: tuple<u32, string>);"),
    of("record-field-added", RECORD),
    of("record-field-added-optional", RECORD),
    of("record-field-removed", RECORD),
    of("record-field-renamed", RECORD),
    of("record-fields-reordered", RECORD),
    of("record-field-type-changed", RECORD),
    of("record-to-tuple", RECORD),
    of("enum-case-added-last", ENUM),
    of("enum-case-added-first", ENUM),
    of("enum-case-removed", ENUM),
    of("enum-case-renamed", ENUM),
    of("enum-cases-reordered", ENUM),
    of("enum-to-variant", ENUM),
    of("flag-added", FLAGS),
    of("flag-removed", FLAGS),
    of("flag-renamed", FLAGS),
    of("flags-reordered", FLAGS),
    of("variant-case-added", VARIANT),
    of("variant-case-removed", VARIANT),
    of("variant-case-renamed", VARIANT),
    of("variant-cases-reordered", VARIANT),
    of("variant-payload-added", VARIANT),
    of("variant-payload-removed", VARIANT),
    of("variant-payload-changed", VARIANT),
    of("stream-payload-changed", "f: func(a: stream<u32>);"),
    of("stream-payload-dropped", "f: func(a: stream<u32>);"),
    of("stream-to-future", "f: func(a: stream<u32>);"),
    of("future-payload-changed", "f: func(a: future<u32>);"),
    of("future-payload-dropped", "f: func(a: future<u32>);"),
    of("type-renamed", RECORD),
    of("alias-introduced", "f: func(a: u32);"),
    of("alias-inlined", "type id = u32; f: func(a: id);"),
    of("alias-renamed", "type id = u32; f: func(a: id);"),
    of("unused-type-added", "f: func(a: u32);"),
    of("unused-type-changed", "record r { a: u32 } f: func(a: u32);"),
    of("unused-type-removed", "record r { a: u32 } f: func(a: u32);"),
    of("resource-method-added", RESOURCE),
    unused("resource-method-added", RESOURCE),
    of("resource-method-removed", RESOURCE),
    of("resource-method-made-static", RESOURCE),
    of("resource-constructor-added", RESOURCE),
    of("resource-renamed", RESOURCE),
    of("resource-to-record", "resource r; f: func(r: r);"),
    of("record-to-resource", "record r { a: u32 } f: func(r: r);"),
    of("own-to-borrow", "resource r; f: func(r: r);"),
    of("borrow-to-own", "resource r; f: func(r: borrow<r>);"),
    of("handle-of-another-resource", "resource r; resource s; f: func(r: borrow<r>, s: borrow<s>);"),
    of("unused-resource-added", "f: func(a: u32);"),
    world("import-added", "import other;"),
    world("import-removed", "import api;"),
    world("export-added", "export other;"),
    world("export-removed", "export api;"),
    world("world-func-import-added", "{edge} api;"),
    world("world-func-export-added", "{edge} api;"),
    world("world-func-removed", "{edge} g: func();"),
    world("world-func-renamed", "{edge} g: func();"),
    versioned("version-patch", "1.0.0"),
    versioned("version-minor", "1.0.0"),
    versioned("version-major", "1.0.0"),
    versioned("version-0.y-patch", "0.2.0"),
    versioned("version-0.y-minor", "0.2.0"),
    versioned("version-0.0.z", "0.0.1"),
    versioned("version-pre-release", "1.0.0-rc.1"),
    versioned("version-released", "1.0.0-rc.1"),
    versioned("version-build", "1.0.0"),
    versioned("version-added", ""),
    versioned("version-removed", "1.0.0"),
    versioned("newer-version-beside", "1.0.0"),
    versioned("newer-version-beside-lacks-func", "1.0.0"),
    versioned("newer-version-instead", "1.0.0"),
];
