//! The generated callers, as a firmware would have them.

linchpin_host::bindings!({ world: "flat-results", path: "../fuzz/wit/hostile.wit" });
linchpin_host::bindings!({ world: "results-in-memory", path: "../fuzz/wit/hostile.wit" });
linchpin_host::bindings!({ world: "everything", path: "../macros/codegen/tests/host/everything.wit" });
linchpin_host::bindings!({ world: "heater", path: "../wit/water-heater" });
