//! The ledger: every keyword that OpenAPI 3.0 has is honoured by something or refused, and what is written down is so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use codegen::ledger::{PROMISED, claims};
use codegen::{Layout, generate, lint};

/// A document of OpenAPI 3.1 with a schema that says this as well.
fn schema_that_says(keyword: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\ncomponents:\n  schemas:\n    Pet: {{type: object, properties: \
         {{name: {{type: string}}}}, {keyword}}}\n"
    )
}

#[test]
fn every_keyword_is_honoured_or_refused() {
    let mut lost = Vec::new();
    for kind in PROMISED {
        for field in kind.definition().fields {
            if claims(kind, field.name, None).is_empty() {
                lost.push((kind, field.name));
            }
        }
    }
    assert_eq!(lost, [], "what nothing honours must be refused, and this test extended");
    let found = lint("pets.yaml", schema_that_says("minProperties: 1").as_bytes());
    assert!(found.is_empty(), "{found:?}");
    let found = lint("pets.yaml", schema_that_says("contains: {}, unevaluatedItems: {}").as_bytes());
    assert!(found.iter().any(|diagnostic| diagnostic.rule == "lost-keyword"), "{found:?}");
}

/// The keywords of JSON Schema 2020-12 that OpenAPI 3.0 has no words for, with a value each.
const NEWER: &[(&str, bool)] = &[
    ("$anchor: a", false),
    ("$comment: c", true),
    ("$defs: {A: {type: string}}", true),
    ("$dynamicAnchor: a", false),
    ("$dynamicRef: '#a'", false),
    ("$id: 'https://example.com/a'", false),
    ("$schema: 'https://json-schema.org/draft/2020-12/schema'", true),
    ("const: {name: a}", true),
    ("contains: {type: string}", true),
    ("contains: {type: string}, minContains: 2, maxContains: 3", true),
    ("contentEncoding: base64", true),
    ("contentMediaType: text/plain", true),
    ("contentSchema: {type: string}", true),
    ("dependentRequired: {name: [id]}", true),
    ("dependentSchemas: {name: {required: [id]}}", true),
    ("examples: [{}]", true),
    ("if: {required: [name]}, then: {required: [id]}, else: {maxProperties: 1}", true),
    ("patternProperties: {'^a': {type: string}}", true),
    ("patternProperties: {'^a': {minLength: 1}}", false),
    ("prefixItems: [{type: string}]", true),
    ("propertyNames: {pattern: '^a'}", true),
    ("unevaluatedItems: {type: string}", true),
    ("contains: {type: string}, unevaluatedItems: {type: string}", false),
    ("unevaluatedProperties: {type: string}", true),
    ("anyOf: [{type: object}], unevaluatedProperties: {type: string}", false),
];

#[test]
fn every_keyword_of_2020_12_is_honoured_or_refused_by_name() {
    for (written, is_honoured) in NEWER {
        let found = lint("pets.yaml", schema_that_says(written).as_bytes());
        let refused: Vec<_> = found.iter().filter(|one| one.level == codegen::Level::Error).collect();
        assert!(
            refused.iter().all(|one| one.rule == "lost-keyword" && one.location.line == 5),
            "{written}: {refused:?}"
        );
        assert_eq!(refused.is_empty(), *is_honoured, "{written}: {refused:?}");
    }
    let document = schema_that_says("if: {required: [name]}, then: {maxProperties: 1}");
    let generated = generate("pets.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path == "LEDGER.md").unwrap().contents;
    assert!(ledger.contains("| if | "), "{ledger}");
}

#[test]
fn the_ledger_names_every_property_with_its_type_and_its_constraints() {
    let text = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/lineworks-partner.yaml")).unwrap();
    let generated = generate("lineworks-partner.yaml", &text, Layout::Module).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path == "LEDGER.md").unwrap().contents;
    for line in [
        "#### `tenantId`: `tenant_id: i64`",
        "#### `productId`: `product_id: Option<Option<ProductId>>`",
        "#### `memo`: `memo: Option<Memo>`",
        "| maxLength | `700` | type, constructor, conformance, derived schema, documentation |",
        "| x-maxBytes | `200` | type, constructor, conformance, derived schema, documentation |",
        "| readOnly | `true` | type, derived schema, documentation |",
    ] {
        assert!(ledger.contains(line), "the ledger lacks {line}");
    }
    assert!(!ledger.contains("nothing:"), "no keyword of our document is lost");
}

#[test]
fn the_ledger_tells_of_an_accepted_loss() {
    let document = schema_that_says("$anchor: a, x-lost-keywords: {$anchor: No list.}");
    let generated = generate("pets.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path == "LEDGER.md").unwrap().contents;
    assert!(ledger.contains("| $anchor | `a` | nothing: see the document's reason |"), "{ledger}");
}
