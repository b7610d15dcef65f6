//! `docs/RULES.md` is what the rules say.

use std::path::Path;

use linchpin_checker::render::rules_markdown;

#[test]
fn the_page_of_rules_is_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/RULES.md");
    let page = rules_markdown();
    if std::env::var_os("REGENERATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = kept.lines().zip(page.lines()).find(|(kept, page)| kept != page);
    assert!(
        kept == page,
        "docs/RULES.md is stale; write it anew with `REGENERATE=1 cargo test --workspace --test reports`. First difference: {first:?}"
    );
}

#[test]
fn the_page_of_rules_links_to_every_rule_and_nests_its_headings() {
    let page = rules_markdown();
    for rule in linchpin_checker::rules() {
        assert!(page.contains(&format!("| [`{0}`](#{0}) |", rule.id)), "{}", rule.id);
        assert!(page.contains(&format!("\n### `{}`\n", rule.id)), "{}", rule.id);
    }
    let top = page.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(top, 1, "one title");
}
