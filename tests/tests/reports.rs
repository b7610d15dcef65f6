//! The outputs of `linchpin check`: what they say, that they follow their schemas, that nothing in them is stale.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/definitions.rs"]
mod definitions;
#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "reports/forms.rs"]
mod forms;
#[path = "reports/full.rs"]
mod full;
#[path = "reports/limits.rs"]
mod limits;
#[path = "reports/rules_page.rs"]
mod rules_page;
#[path = "cli/schema.rs"]
mod schema;
#[path = "reports/schemas.rs"]
mod schemas;
#[path = "reports/text.rs"]
mod text;
