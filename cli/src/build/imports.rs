//! A guest takes everything through its parameters: any import is refused, with where it probably comes from.

use serde::Serialize;
use wasmparser::{Parser, Payload};

/// One thing that the compiled guest wants from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// As `env` or `acme:water-heater/clock@1.0.0`.
    pub module: String,
    /// As `now`.
    pub name: String,
    /// Where it probably comes from.
    pub cause: &'static str,
}

/// What a module's name tells about the code that imports it: (prefix, name prefix, cause).
const CAUSES: &[(&str, &str, &str)] = &[
    (
        "wasi_",
        "fd_",
        "files or `println!` through WASI: build for `wasm32-unknown-unknown`, and no C library with its own output",
    ),
    ("wasi_", "clock_", "the time of day through WASI: pass the time in as a parameter"),
    ("wasi_", "random_", "randomness through WASI: pass a seed in as a parameter"),
    ("wasi_", "environ_", "environment variables through WASI: pass the settings in as parameters"),
    ("wasi_", "", "a WASI interface: a dependency was compiled for WASI, or links a C library that was"),
    ("wasi:", "", "a WASI interface in the world: a pure function has none"),
    (
        "__wbindgen",
        "",
        "JavaScript through `wasm-bindgen`: switch off features like `js`, `wasmbind` or `wasm-bindgen` of a dependency (`getrandom`, `chrono`, `uuid` and `instant` have one)",
    ),
    (
        "wbg",
        "",
        "JavaScript through `wasm-bindgen`: switch off features like `js`, `wasmbind` or `wasm-bindgen` of a dependency (`getrandom`, `chrono`, `uuid` and `instant` have one)",
    ),
    ("./", "", "JavaScript through `wasm-bindgen`"),
    ("env", "getrandom", "randomness through a custom `getrandom` back end: pass a seed in as a parameter"),
    (
        "env",
        "",
        "a function declared in an `extern` block that nothing defines: a C library was not linked, or a `-sys` crate expects a system",
    ),
    ("[export]", "", "a resource that the world exports: a pure function has none"),
    (
        "$root",
        "",
        "a function that the world imports: a pure function has none, so give its value as a parameter",
    ),
    (
        "cm32p2",
        "",
        "a function that the world imports: a pure function has none, so give its value as a parameter",
    ),
];

/// The imports of a core module, in order.
pub(super) fn of_module(module: &[u8]) -> Result<Vec<Import>, String> {
    let mut imports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload.map_err(|reason| reason.to_string())? else { continue };
        for import in section.into_imports() {
            let import = import.map_err(|reason| reason.to_string())?;
            imports.push(Import {
                module: import.module.into(),
                name: import.name.into(),
                cause: cause(import.module, import.name),
            });
        }
    }
    Ok(imports)
}

fn cause(module: &str, name: &str) -> &'static str {
    CAUSES
        .iter()
        .find(|(of_module, of_name, _)| module.starts_with(of_module) && name.starts_with(of_name))
        .map_or(
            "an interface that the world imports: a pure function has none, so give its values as parameters",
            |row| row.2,
        )
}

#[cfg(test)]
mod tests {
    use super::cause;

    #[test]
    fn causes_are_told_apart() {
        assert!(cause("wasi_snapshot_preview1", "fd_write").contains("println!"));
        assert!(cause("wasi_snapshot_preview1", "clock_time_get").contains("time of day"));
        assert!(cause("wasi_snapshot_preview1", "proc_exit").contains("compiled for WASI"));
        assert!(cause("__wbindgen_placeholder__", "__wbindgen_throw").contains("wasm-bindgen"));
        assert!(cause("env", "sqrt_fast").contains("extern"));
        assert!(cause("acme:clock/now@1.0.0", "now").contains("world imports"));
    }
}
