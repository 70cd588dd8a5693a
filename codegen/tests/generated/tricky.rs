//! Legal documents with everything that people write and generators stumble over.

use codegen::{Layout, Level, generate};

use crate::fixtures;

/// The rules by which a legal document may be refused: named gaps.
fn refusals(diagnostics: &[codegen::Diagnostic]) -> Vec<&'static str> {
    let mut rules: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level == Level::Error)
        .map(|diagnostic| diagnostic.rule)
        .collect();
    rules.dedup();
    rules
}

#[test]
fn each_gives_sources_or_is_refused_by_a_named_gap() {
    let mut refused = Vec::new();
    for fixture in fixtures::folder("tricky") {
        if let Err(diagnostics) = generate(&fixture.file, &fixture.bytes, Layout::Crate) {
            let rules = refusals(&diagnostics);
            let all_are_gaps = rules.iter().all(|rule| rule.starts_with("unsupported-"));
            assert!(all_are_gaps && !rules.is_empty(), "{}: {diagnostics:#?}", fixture.name);
            refused.push(fixture.name);
        }
    }
    // A gap that is closed belongs off this list.
    assert_eq!(refused, Vec::<String>::new());
}
