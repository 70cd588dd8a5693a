//! The ledger: every keyword that OpenAPI 3.0 has is honoured by something or refused, and what is written down is so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::collections::{BTreeMap, BTreeSet};

use codegen::ledger::{PROMISED, claims};
use codegen::spec::Kind;
use codegen::{Layout, generate, interface, lint};
use serde_json::Value;

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
        "| scopes | `partner`, `partner.read` | type, runtime, documentation |",
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

/// A document that has all of the objects.
const DOCUMENT: &str = include_str!("fixtures/ledger/claims.yaml");

/// Edits of the document, several lines for a keyword where one value does not show all that honours it: the keyword, where it
/// stands, and what it says instead.
const EDITS: &str = include_str!("fixtures/ledger/claims.edits");

/// What of a client is told, what its users can name, and what it does.
#[derive(Debug, PartialEq, Eq)]
struct Client {
    documentation: Vec<String>,
    interface: String,
    code: Vec<String>,
}

impl Client {
    fn of(document: &Value) -> Self {
        let text = document.to_string();
        let generated = generate("t.json", text.as_bytes(), Layout::Crate).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut files = generated.files;
        let interface = interface::list(&files).unwrap();
        files.retain(|file| file.path.ends_with(".rs") && !file.path.contains("/runtime/"));
        let lines = files.iter().flat_map(|file| file.contents.lines()).map(|line| line.trim().to_owned());
        // That something is deprecated, the compiler says and its page.
        let is_told =
            |line: &String| ["///", "//!", "#[doc", "#[deprecated"].iter().any(|start| line.starts_with(start));
        let (documentation, code): (Vec<_>, Vec<_>) = lines.filter(|line| !line.starts_with("// ")).partition(is_told);
        let deprecated: Vec<&str> =
            documentation.iter().map(String::as_str).filter(|line| line.starts_with("#[deprecated")).collect();
        Self { interface: interface + &deprecated.join("\n"), documentation, code }
    }
}

#[test]
fn an_edit_of_a_keyword_changes_what_is_claimed_of_it() {
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    let before = Client::of(&document);
    let mut effects: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for line in EDITS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [object, pointer, keyword, value] =
            line.splitn(4, ' ').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{line}"));
        let mut edited = document.clone();
        let holder = edited.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{line}"));
        match value {
            "-" => assert!(holder.remove(keyword).is_some(), "{line}"),
            value => drop(holder.insert(keyword.to_owned(), serde_yaml::from_str(value).unwrap())),
        }
        let after = Client::of(&edited);
        let effect = effects.entry((object.to_owned(), keyword.to_owned())).or_default();
        effect.extend((before.documentation != after.documentation).then_some("documentation"));
        effect.extend((before.interface != after.interface).then_some("type"));
        effect.extend((before.code != after.code).then_some("runtime"));
    }
    let mut found = Vec::new();
    for kind in PROMISED.into_iter().filter(|kind| *kind != Kind::Schema) {
        for field in kind.definition().fields {
            let claimed: BTreeSet<&str> = claims(kind, field.name, None).iter().map(|claim| claim.name()).collect();
            let effect = effects.get(&(format!("{kind:?}"), field.name.to_owned()));
            if effect != Some(&claimed) {
                found.push(format!("{kind:?} {}: claimed {claimed:?}, shown {effect:?}", field.name));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn of_the_flows_of_a_scheme_those_are_claimed_that_the_client_asks() {
    let document = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}, components: {securitySchemes: {both: {type: oauth2, flows: {
        clientCredentials: {tokenUrl: 'https://a.example/t', refreshUrl: 'https://a.example/r', scopes: {}},
        password: {tokenUrl: 'https://a.example/p', refreshUrl: 'https://a.example/q', scopes: {}}}}}}}";
    let generated = generate("t.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let ledger = &generated.files.iter().find(|file| file.path.ends_with("LEDGER.md")).unwrap().contents;
    let source: String = generated.files.iter().map(|file| file.contents.as_str()).collect();
    for (flow, keyword, url, is_asked) in [
        ("clientCredentials", "tokenUrl", "https://a.example/t", true),
        ("clientCredentials", "refreshUrl", "https://a.example/r", false),
        ("password", "tokenUrl", "https://a.example/p", false),
        ("password", "refreshUrl", "https://a.example/q", true),
    ] {
        let row = row(ledger, &format!("#### Flow `{flow}`"), keyword);
        assert_eq!(row.ends_with("| type, runtime, documentation |"), is_asked, "{row}");
        assert_eq!(source.contains(&format!("URL: &str = \"{url}\"")), is_asked, "{url}");
    }
}
