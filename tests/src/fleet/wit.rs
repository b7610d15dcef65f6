//! The contract of one line in one edition.

use super::Size;

/// The version of an edition.
pub(super) fn version(edition: usize) -> String {
    format!("1.{edition}.0")
}

/// The whole text. Editions add one function each, which is what a careful team does; a breaking one adds a field.
pub(super) fn text(line: usize, edition: usize, size: Size) -> String {
    let mut text = format!("package acme:line-{line}@{};\n\ninterface control {{\n", version(edition));
    text.push_str(TYPES);
    if size.breaking && edition + 1 == size.editions {
        text = text.replace("        level: f64,\n", "        level: f64,\n        humidity: f64,\n");
    }
    for function in 0..size.functions + edition {
        text.push_str(&format!(
            "    /// Step {function} of line {line}.\n    plan-{line}-{function}: func(now: u32, readings: list<reading>, \
             prices: list<f64>, mode: mode) -> result<decision, fault>;\n"
        ));
    }
    text.push_str("}\n\nworld device {\n    export control;\n}\n");
    text
}

const TYPES: &str = "    enum mode { off, eco, boost, holiday }
    flags sensors { top, middle, bottom, flow }
    record reading {
        at: u32,
        /// @unit celsius
        /// @range -40..=120
        temperature: f64,
        level: f64,
        sensors: sensors,
    }
    record decision {
        /// @unit celsius
        /// @range 10..=85
        setpoint: f64,
        until: u32,
        note: option<string>,
    }
    variant fault { no-prices, stale(u32), broken(sensors) }
";
