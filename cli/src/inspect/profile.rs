//! The limits profile of a component, beside what a device allows by default.

use linchpin_checker::profile::{Bounds, Profile};

use crate::console::{DIM, styled};
use crate::text::thousands_u64;

/// One line for each figure, with the bound of `linchpin` targets where there is one; then the features.
pub(super) fn to_text(profile: &Profile) -> String {
    let bounds = Bounds::LINCHPIN;
    let largest_table = profile.tables.iter().map(|table| table.initial_elements).max().unwrap_or(0);
    let rows = [
        ("core modules", u64::from(profile.core_modules), Some(1)),
        ("functions", u64::from(profile.functions), bounds.functions),
        ("longest body, bytes", profile.largest_body_bytes, bounds.body_bytes),
        ("most locals", profile.most_locals, bounds.locals),
        ("largest branch table", profile.largest_branch_table, bounds.branch_table),
        ("tables", profile.tables.len() as u64, bounds.tables),
        ("largest table, elements", largest_table, bounds.table_elements),
        ("data, bytes", profile.data_bytes, bounds.data_bytes),
        ("longest name, bytes", profile.longest_name_bytes, bounds.name_bytes),
        ("globals", u64::from(profile.globals), None),
        ("types", u64::from(profile.types), None),
        ("element segments", u64::from(profile.element_segments), None),
        ("instances", u64::from(profile.instances), None),
        ("depth of nesting", u64::from(profile.depth), None),
    ];
    let mut out = format!("{}\n", styled(DIM, "profile"));
    for (name, found, bound) in rows {
        let bound = bound.map_or(String::new(), |bound| format!("  of {}", thousands_u64(bound)));
        out.push_str(&format!("  {name:<24}{:>7}{bound}\n", thousands_u64(found)));
    }
    let features: Vec<&str> = profile.features.iter().map(String::as_str).collect();
    out.push_str(&format!("  features  {}\n", features.join(", ")));
    out.push_str(&list("core imports", profile.core_imports.iter()));
    out.push_str(&list("unusual", profile.unusual.iter()));
    out.push_str(&list("kept state", profile.kept_state.iter()));
    out.push_str(&list("out of bounds", profile.segments_out_of_bounds.iter()));
    if profile.start_functions > 0 {
        out.push_str("  a start function\n");
    }
    out.push('\n');
    out
}

/// Nothing, where there is nothing to tell.
fn list<'a>(what: &str, items: impl Iterator<Item = &'a String>) -> String {
    let items: Vec<&str> = items.map(String::as_str).collect();
    if items.is_empty() { String::new() } else { format!("  {what}  {}\n", items.join("; ")) }
}
