//! Documents beside each other: what is said of a change, and what shows it.

use contract_tests::compare::report::{Context, Report};
use contract_tests::compare::{Comparison, Direction, Verdict, Witness, compare};
use contract_tests::document::Document;
use contract_tests::visible::is_hidden;
use serde_json::{Value, json};

const SHOP: &str = include_str!("shop.yaml");

fn shop() -> Document {
    Document::parse("shop.yaml", SHOP).expect("the fixture is read")
}

/// The fixture with a part of its text replaced.
fn edited(from: &str, to: &str) -> Document {
    assert!(SHOP.contains(from), "{from} is in the fixture");
    Document::parse("edited.yaml", &SHOP.replacen(from, to, 1)).expect("the edited fixture is read")
}

fn compared(old: &Document, new: &Document) -> Comparison {
    compare(old, new).expect("both are compared")
}

/// The verdicts, kinds and witnesses of a change of the fixture.
fn change(from: &str, to: &str) -> Vec<(Verdict, &'static str, Option<Value>)> {
    let found = compared(&shop(), &edited(from, to));
    let payload = |witness: Option<Witness>| match witness {
        Some(Witness::Payload(value)) => Some(value),
        Some(Witness::Request(line) | Witness::Response(line)) => Some(line.into()),
        None => None,
    };
    found.changes.into_iter().map(|change| (change.verdict, change.kind, payload(change.witness))).collect()
}

#[test]
fn what_stays_is_no_change() {
    let same = compared(&shop(), &shop());
    assert!(same.changes.is_empty(), "{:?}", same.changes);
    assert!(same.proved > 0 && same.same == same.proved);
}

#[test]
fn each_direction_has_its_own_verdict() {
    use Verdict::{Breaking, Compatible, Undecided};
    for (from, to, expected) in [
        // A request may carry less than before, a response more.
        (
            "name: {type: string, maxLength: 20}",
            "name: {type: string, maxLength: 2}",
            vec![(Breaking, "request-body", Some(json!({ "name": "aaa" }))), (Compatible, "response-body", None)],
        ),
        (
            "enum: [new, sold]",
            "enum: [new, sold, lost]",
            vec![(Breaking, "response-body", Some(json!({ "id": 0, "state": "lost" })))],
        ),
        ("required: [id, state]", "required: [id]", vec![(Breaking, "response-body", Some(json!({ "id": 0 })))]),
        ("required: [id, state]", "required: [id, state, note]", vec![(Compatible, "response-body", None)]),
        // What goes one way alone is asked of that way alone.
        (
            "id: {type: integer}\n",
            "id: {type: integer, writeOnly: true}\n",
            vec![(Breaking, "response-body", Some(json!({ "state": "new" })))],
        ),
        // A new property breaks nobody who sends what is declared.
        (
            "name: {type: string, maxLength: 20}",
            "name: {type: string, maxLength: 20}\n        size: {type: integer}",
            vec![
                (Undecided, "request-body", Some(json!({ "name": "", "size": null }))),
                (Compatible, "response-body", None),
            ],
        ),
        (
            "{name: limit, in: query, schema: {type: integer}}",
            "{name: limit, in: query, schema: {type: string}}",
            vec![(Compatible, "parameter", None)],
        ),
        (
            "{name: limit, in: query, schema: {type: integer}}",
            "{name: limit, in: query, schema: {type: integer, maximum: 5}}",
            vec![(Breaking, "parameter", Some(json!(6)))],
        ),
        (
            "{name: limit, in: query, schema: {type: integer}}",
            "{name: limit, in: query, required: true, schema: {type: integer}}",
            vec![(Breaking, "parameter-required", Some(json!("GET /things without `limit`")))],
        ),
        ("  /things/{id}:", "  /things/{thing}:", vec![]),
    ] {
        assert_eq!(change(from, to), expected, "{from} became {to}");
    }
}

#[test]
fn what_no_payload_shows_is_listed() {
    use Verdict::{Breaking, Compatible};
    for (from, to, expected) in [
        ("operationId: listThings", "operationId: things", (Breaking, "operation-id")),
        ("scope: [read]", "scope: [read, write]", (Breaking, "security")),
        ("scope: [read]", "scope: []", (Compatible, "security")),
        ("https://shop.example", "https://other.example", (Breaking, "server")),
        ("summary: All things", "summary: Every thing", (Compatible, "description")),
        ("summary: All things", "summary: All things\n      deprecated: true", (Compatible, "deprecation")),
        ("tags: [things]", "tags: [goods]", (Compatible, "tags")),
        ("id: {type: integer}\n", "id: {type: integer, readOnly: true}\n", (Compatible, "access")),
        ("    delete:\n", "    patch:\n", (Breaking, "operation-removed")),
    ] {
        let found = change(from, to);
        assert!(found.iter().any(|(verdict, kind, _)| (*verdict, *kind) == expected), "{from} became {to}: {found:?}");
    }
}

#[test]
fn pages_that_clients_follow_break_them_where_they_lead_elsewhere() {
    let paged = |by: &str| {
        edited(
            "tags: [things]\n",
            &format!("tags: [things]\n      x-pagination: {{by: {by}, parameter: limit, items: ''}}\n"),
        )
    };
    let verdicts = |old: &Document, new: &Document| {
        compared(old, new).changes.into_iter().map(|change| (change.verdict, change.kind)).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&shop(), &paged("page")), [(Verdict::Compatible, "pagination")]);
    assert_eq!(verdicts(&paged("page"), &paged("offset")), [(Verdict::Breaking, "pagination")]);
    assert_eq!(verdicts(&paged("page"), &shop()), [(Verdict::Breaking, "pagination")]);
}

#[test]
fn places_are_those_of_the_keyword() {
    let found = compared(&shop(), &edited("maxLength: 20", "maxLength: 2"));
    let change = found.changes.first().expect("there is one");
    let place = |spot: &contract_tests::compare::Spot| spot.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let line = SHOP.lines().position(|line| line.contains("maxLength: 20")).expect("it is there") + 1;
    assert_eq!(place(&change.old), format!("shop.yaml:{line}:30"));
    assert_eq!(place(&change.new), format!("edited.yaml:{line}:30"));
    assert_eq!(change.details, ["/name: `maxLength` is 2 instead of 20"]);
}

#[test]
fn the_report_fails_unless_the_version_says_so() {
    let found = compared(&shop(), &edited("maxLength: 20", "maxLength: 2"));
    let context = Context::default();
    let report = Report::new(&found, &context);
    assert!(report.fails());
    let text = report.to_string();
    for part in ["1 breaking", "witness: {\"name\":\"aaa\"}", "old: shop.yaml:", "for CHANGELOG.md:", "**Breaking:**"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // What breaks asks for a new version, though no line of the interface changes.
    let version = |new: &str, made| {
        let raised = json!({ "version": { "old": "0.1.0", "new": new, "breaking": "minor", "made": made } });
        let context: Context = serde_json::from_value(raised).expect("it is a context");
        let report = Report::new(&found, &context);
        (report.fails(), report.to_string())
    };
    let (fails, text) = version("0.1.1", false);
    assert!(fails && text.contains("0.1.0 -> 0.1.1; the change asks for a new minor version: raise it"), "{text}");
    let (fails, text) = version("0.2.0", true);
    assert!(!fails && text.contains("asks for a new minor version, which it is"), "{text}");
}

#[test]
fn the_page_shows_what_documents_say_as_data() {
    let found = compared(&shop(), &edited("summary: All things", "summary: <script>alert(1)</script>"));
    let directory = tempfile::tempdir().expect("there is room");
    let context = Context::default();
    Report::new(&found, &context).write(directory.path()).expect("it is written");
    let page = std::fs::read_to_string(directory.path().join("index.html")).expect("it is there");
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>"));
}

#[test]
fn no_output_lets_a_document_steer_its_reader() {
    let hidden = "a\u{1b}[2J\u{202e}\n::error::b\u{9b}";
    let mut root = shop().root().clone();
    root["components"]["schemas"]["Thing"]["properties"]["state"]["enum"] = json!(["new", "sold", hidden]);
    root["paths"]["/things"]["get"]["summary"] = json!(hidden);
    root["paths"]["/things"]["get"]["operationId"] = json!(hidden);
    let name = format!("edited{hidden}.yaml");
    let found = compared(&shop(), &Document::from_value(&name, root).expect("it is a document"));
    let context = Context { unasked: Some(hidden.into()), ..Context::default() };
    let report = Report::new(&found, &context);
    let directory = tempfile::tempdir().expect("there is room");
    report.write(directory.path()).expect("it is written");
    let read = |file: &str| std::fs::read_to_string(directory.path().join(file)).expect("it is there");
    let json = report.json().expect("it is JSON");
    let outputs = [report.to_string(), json, read("index.html"), read("diff.txt"), read("diff.json")];
    for output in outputs {
        assert!(!output.chars().any(is_hidden), "{output:?}");
        // A page has lines where it likes.
        let page = output.starts_with("<!doctype");
        assert!(page || !output.lines().any(|line| line.starts_with("::error::b")), "{output}");
    }
}

/// A value with the members of its objects the other way round.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .rev()
            .map(|(name, value)| (name.clone(), reversed(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

/// A value with references replaced by what they lead to, as far as that ends.
fn inlined(value: &Value, root: &Value, within: &[&str]) -> Value {
    match value {
        Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
            Some(reference) if within.contains(&reference) => value.clone(),
            Some(reference) => {
                let target = root.pointer(reference.trim_start_matches('#')).unwrap_or(value);
                inlined(target, root, &[within, &[reference]].concat())
            }
            None => map
                .iter()
                .map(|(name, value)| (name.clone(), inlined(value, root, within)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        },
        Value::Array(list) => list.iter().map(|value| inlined(value, root, within)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_same_in_other_words_is_compatible() {
    let own = Document::own().expect("the client's document is read");
    for document in [shop(), own] {
        let other = Document::from_value("reversed", reversed(document.root())).expect("it is a document");
        let found = compared(&document, &other);
        assert!(found.changes.is_empty(), "{}: {:?}", document.name(), found.changes);
        let mut root = inlined(document.root(), document.root(), &[]);
        root["components"] = document.root()["components"].clone();
        let other = Document::from_value("inlined", root).expect("it is a document");
        for (old, new) in [(&document, &other), (&other, &document)] {
            let found = compared(old, new);
            let others: Vec<_> = found.changes.iter().filter(|change| change.verdict != Verdict::Compatible).collect();
            assert!(others.is_empty(), "{}: {others:?}", document.name());
        }
    }
}

#[test]
fn later_versions_are_compared_too() {
    let document = |schema: Value| {
        let text = json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": { "/a": { "post": {
            "requestBody": { "content": { "application/json": { "schema": schema } } }, "responses": {}
        } } } });
        Document::parse_any("later.json", &text.to_string()).expect("it is read")
    };
    let (old, new) = (document(json!({ "type": ["string", "null"] })), document(json!({ "const": null })));
    let found = compared(&old, &new);
    assert_eq!(found.changes[0].witness, Some(Witness::Payload(json!(""))));
    assert!(compare(&shop(), &new).is_err(), "versions that mean different things are not compared");
}

#[test]
fn a_schema_that_no_operation_leads_to_is_compared_both_ways() {
    let of = |version: &str, longest: u64, used: Value| {
        let root = json!({
            "openapi": version,
            "info": { "title": "t", "version": "1" },
            "paths": { "/a": { "get": { "responses": { "200": {
                "description": "",
                "content": { "application/json": { "schema": used } },
            } } } } },
            "components": { "schemas": { "Name": { "type": "string", "maxLength": longest } } },
        });
        Document::parse_any("document.json", &root.to_string()).expect("it is a document")
    };
    let told = |version: &str, used: Value| {
        let found = compare(&of(version, 3, used.clone()), &of(version, 2, used)).expect("both are compared");
        found.changes.iter().map(|change| (change.verdict, change.kind, change.direction)).collect::<Vec<_>>()
    };
    for version in ["3.0.3", "3.1.0"] {
        assert_eq!(
            told(version, json!({ "type": "string" })),
            [
                (Verdict::Breaking, "schema", Some(Direction::Request)),
                (Verdict::Compatible, "schema", Some(Direction::Response)),
            ]
        );
        assert_eq!(
            told(version, json!({ "items": { "$ref": "#/components/schemas/Name" } })),
            [(Verdict::Compatible, "response-body", Some(Direction::Response))]
        );
    }
}
