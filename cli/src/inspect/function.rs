//! One function, as every kind of file shows it.

use linchpin_contract::{Digest, Function, InterfaceId};
use serde::Serialize;

use crate::console::{BOLD, DIM, styled};

/// One function with its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FunctionReport {
    /// As `acme:water-heater/control@1.0.0`; absent for a function of the world itself.
    pub interface: Option<String>,
    /// As `plan`.
    pub name: String,
    /// As `func(inputs: inputs) -> result<decision, fault>`.
    pub signature: String,
    /// SHA-256 over the function's canonical text.
    pub digest: Digest,
}

impl FunctionReport {
    pub(super) fn new(
        interface: Option<&InterfaceId>,
        function: &Function,
    ) -> Result<Self, linchpin_contract::Error> {
        Ok(Self {
            interface: interface.map(ToString::to_string),
            name: function.name.clone(),
            signature: signature(function),
            digest: linchpin_contract::function_digest(function)?,
        })
    }

    /// All of them, as a world's `exported_functions` gives them.
    pub(super) fn all<'w>(
        functions: impl Iterator<Item = (Option<&'w InterfaceId>, &'w Function)>,
    ) -> Result<Vec<Self>, linchpin_contract::Error> {
        functions.map(|(interface, function)| Self::new(interface, function)).collect()
    }
}

fn signature(function: &Function) -> String {
    let parameters: Vec<String> =
        function.params.iter().map(|it| format!("{}: {}", it.name, it.ty)).collect();
    let result = function.result.as_ref().map_or(String::new(), |ty| format!(" -> {ty}"));
    let asynchronous = if function.is_async() { "async " } else { "" };
    format!("{asynchronous}func({}){result}", parameters.join(", "))
}

/// Functions under their interfaces, each with a word before the interface, as `exports`.
pub(super) fn list(word: &str, functions: &[FunctionReport]) -> String {
    let mut out = String::new();
    let mut last = None;
    for function in functions {
        if last != Some(&function.interface) {
            let owner = function.interface.as_deref().unwrap_or("(the world itself)");
            out.push_str(&format!("{} {owner}\n", styled(DIM, word)));
            last = Some(&function.interface);
        }
        out.push_str(&format!(
            "  {}: {}\n    {} {}\n",
            styled(BOLD, &function.name),
            function.signature,
            styled(DIM, "sha256"),
            function.digest
        ));
    }
    out
}
