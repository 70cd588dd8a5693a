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

#[test]
fn the_ledger_calls_keywords_of_3_1_as_they_are_written() {
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
        "#### Flow `authorizationCode`",
        "| scopes | `partner`, `partner.read` | runtime, documentation |",
    ] {
        assert!(ledger.contains(line), "the ledger lacks {line}");
    }
    assert!(!ledger.contains("nothing:"), "no keyword of our document is lost");
}

#[test]
fn the_ledger_tells_of_an_accepted_loss() {
    let document = schema_that_says("$dynamicRef: '#a', x-lost-keywords: {$dynamicRef: No list.}");
    let generated = generate("pets.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path == "LEDGER.md").unwrap().contents;
    assert!(ledger.contains("| $dynamicRef | `#a` | nothing: see the document's reason |"), "{ledger}");
}

/// The line of the ledger that tells of a keyword below a heading.
fn row(ledger: &str, heading: &str, keyword: &str) -> String {
    let (_, rest) = ledger.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}: {ledger}"));
    let section = rest.split("\n#").next().unwrap();
    section.lines().find(|line| line.starts_with(&format!("| {keyword} "))).unwrap_or_default().to_owned()
}

#[test]
fn a_row_claims_what_is_written_where_it_stands() {
    let document = r##"{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/a: {get: {operationId: a,
        parameters: [{name: q, in: query, schema: {type: integer, minimum: 1, example: 3, xml: {name: x}}}],
        responses: {'204': {description: Done}}}}},
        components: {schemas: {
            Fits: {type: object, example: {a: x}, properties: {a: {type: string, example: y}}},
            Misfits: {type: object, required: [a], example: {b: x}, properties: {a: {type: string}}},
            Alias: {type: string, example: z}}}}"##;
    let allowed = document.replace("openapi: 3.0.3,", "openapi: 3.0.3, x-lint: {example-type: tried},");
    let generated = generate("t.yaml", allowed.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path.ends_with("LEDGER.md")).unwrap().contents;
    // An argument is checked, and described; nothing of it is received or derived.
    assert_eq!(row(ledger, "#### Parameter `q`", "minimum"), "| minimum | `1` | constructor, documentation |");
    assert_eq!(row(ledger, "#### Parameter `q`", "example"), "| example | `3` | documentation |");
    assert_eq!(row(ledger, "#### Parameter `q`", "xml"), "");
    let source: String = generated.files.iter().flat_map(|file| file.contents.split_whitespace()).collect();
    for (name, gives) in [("Fits", true), ("Misfits", false), ("Alias", false)] {
        let section = ledger.split_once(&format!("### `types::{name}`")).unwrap().1;
        let claimed = row(section, "#### The schema", "example").contains("`example()`");
        let written = source.contains(&format!("given_example!({name}{{"));
        assert_eq!((claimed, written), (gives, gives), "{name}");
    }
    assert!(!row(ledger, "#### `a`: `a: Option<String>`", "example").contains("`example()`"));
}

#[test]
fn of_an_error_only_the_media_type_that_is_read_has_a_type() {
    let document = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: pets\n      responses:\n        \
                    '204': {description: ok}\n        '404': {description: no, content: {application/xml: {schema: {type: string}}, \
                    application/json: {schema: {type: string}}}}\n";
    let generated = generate("pets.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path == "LEDGER.md").unwrap().contents;
    assert!(ledger.contains("| content | `application/json` | type, runtime, documentation |"), "{ledger}");
    assert!(ledger.contains("| content | `application/xml` | runtime, documentation |"), "{ledger}");
}
