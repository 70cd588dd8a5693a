//! What is sent and what is taken: media types, statuses, parameters and forms of one document beside those of the other.

use contract_tests::compare::{Comparison, Verdict, Witness, compare};
use contract_tests::document::Document;
use serde_json::{Value, json};

fn document(version: &str, path: &str, operation: Value, components: Value) -> Document {
    let root = json!({
        "openapi": version, "info": { "title": "t", "version": "1" },
        "paths": { path: { "post": operation } }, "components": components,
    });
    Document::parse_any("document.json", &root.to_string()).expect("it is a document")
}

fn operations(old: Value, new: Value) -> Comparison {
    let of = |operation| document("3.0.3", "/a", operation, json!({}));
    compare(&of(old), &of(new)).expect("both are compared")
}

/// Verdict, kind and witness of each change.
fn told(found: &Comparison) -> Vec<(Verdict, &'static str, String)> {
    let shown = |witness: &Witness| match witness {
        Witness::Payload(value) => value.to_string(),
        Witness::Request(line) | Witness::Response(line) => line.clone(),
    };
    let one = |change: &contract_tests::compare::Change| {
        (change.verdict, change.kind, change.witness.as_ref().map(shown).unwrap_or_default())
    };
    found.changes.iter().map(one).collect()
}

fn body(content: Value) -> Value {
    json!({ "requestBody": { "content": content }, "responses": { "204": { "description": "" } } })
}

fn response(status: &str, content: Value) -> Value {
    json!({ "responses": { status: { "description": "", "content": content } } })
}

fn typed(kind: &str) -> Value {
    json!({ "schema": { "type": kind } })
}

fn parameter(parameter: Value) -> Value {
    json!({ "parameters": [parameter], "responses": { "204": { "description": "" } } })
}

#[test]
fn a_range_of_media_types_is_compared_with_all_that_it_covers() {
    use Verdict::{Breaking, Undecided};
    for (old, new, expected) in [
        // What is described more closely there is what counts.
        (
            body(json!({ "*/*": typed("string") })),
            body(json!({ "*/*": typed("string"), "application/json": typed("integer") })),
            vec![(Breaking, "request-body", "\"\"")],
        ),
        (
            body(json!({ "image/*": typed("string") })),
            body(json!({ "image/png": typed("string") })),
            vec![(Breaking, "request-media-type-removed", "POST /a with Content-Type: image/x-any0")],
        ),
        (body(json!({ "image/png": typed("string") })), body(json!({ "image/*": typed("string") })), vec![]),
        (
            response("200", json!({ "*/*": typed("string") })),
            response("200", json!({ "application/json": typed("integer"), "text/plain": typed("string") })),
            vec![(Breaking, "response-body", "0")],
        ),
        (
            response("200", json!({ "application/json": typed("string") })),
            response("200", json!({ "application/json": typed("string"), "text/csv": typed("string") })),
            vec![(Undecided, "response-media-type-added", "")],
        ),
        (
            response("200", json!({ "application/json": typed("string"), "text/csv": typed("string") })),
            response("200", json!({ "application/json": typed("string") })),
            vec![(Breaking, "response-media-type-removed", "POST /a with Accept: text/csv")],
        ),
    ] {
        let expected: Vec<(Verdict, &str, String)> =
            expected.into_iter().map(|(verdict, kind, witness)| (verdict, kind, witness.to_owned())).collect();
        assert_eq!(told(&operations(old.clone(), new.clone())), expected, "{old} became {new}");
    }
}

#[test]
fn a_new_status_is_compatible_only_where_it_is_an_error() {
    let with = |status: &str| json!({ "responses": { "200": { "description": "" }, status: { "description": "" } } });
    let old = json!({ "responses": { "200": { "description": "" } } });
    for (status, verdict) in [
        ("201", Verdict::Undecided),
        ("3XX", Verdict::Undecided),
        ("default", Verdict::Undecided),
        ("404", Verdict::Compatible),
    ] {
        assert_eq!(
            told(&operations(old.clone(), with(status))),
            [(verdict, "response-added", String::new())],
            "{status}"
        );
    }
    // Fewer successes are no proof of one.
    assert_eq!(told(&operations(with("201"), old)), [(Verdict::Undecided, "response-removed", String::new())]);
}

#[test]
fn parameters_of_a_path_are_where_they_stand() {
    let of = |path: &str| {
        let parameter = |name: &str, kind: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": kind } });
        let operation = json!({
            "parameters": [parameter("x", "integer"), parameter("y", "boolean")],
            "responses": { "204": { "description": "" } },
        });
        document("3.0.3", path, operation, json!({}))
    };
    let found = compare(&of("/a/{x}/{y}"), &of("/a/{y}/{x}")).expect("both are compared");
    let witnesses: Vec<String> =
        told(&found).into_iter().filter(|(_, kind, _)| *kind == "parameter").map(|one| one.2).collect();
    assert_eq!(witnesses, ["0", "false"], "{found:?}");
}

#[test]
fn what_stands_beside_a_reference_counts_in_3_1() {
    let of = |longest: u64| {
        let reference = |more: Value| {
            let mut schema = json!({ "$ref": "#/components/schemas/Name" });
            schema.as_object_mut().expect("it is one").extend(more.as_object().cloned().expect("it is one"));
            schema
        };
        let operation = json!({
            "parameters": [{ "name": "plain", "in": "query", "content": { "application/json": { "schema": reference(json!({})) } } }],
            "requestBody": { "content": { "application/json": { "schema": reference(json!({ "maxLength": longest })) } } },
            "responses": { "204": { "description": "" } },
        });
        document("3.1.0", "/a", operation, json!({ "schemas": { "Name": { "type": "string" } } }))
    };
    let content = |longest| {
        let mut root = of(longest).root().clone();
        root["paths"]["/a"]["post"]["parameters"][0]["content"] =
            json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Name" } } });
        Document::parse_any("document.json", &root.to_string()).expect("it is a document")
    };
    let found = compare(&content(2), &content(1)).expect("both are compared");
    assert_eq!(told(&found), [(Verdict::Breaking, "request-body", "\"aa\"".to_owned())]);
    assert_eq!(found.changes[0].details, ["`maxLength` is 1 instead of 2"]);
}

#[test]
fn a_witness_differs_on_the_wire() {
    let query = |schema: Value| parameter(json!({ "name": "q", "in": "query", "schema": schema }));
    let form = |schema: Value| body(json!({ "application/x-www-form-urlencoded": { "schema": schema } }));
    let member = |kind: &str| json!({ "type": "object", "properties": { "a": { "type": kind } } });
    let list = |kind: &str| json!({ "type": "array", "items": { "type": kind } });
    let styled = |style: &str, kind: &str| {
        parameter(
            json!({ "name": "q", "in": "query", "style": style, "explode": false, "schema": { "type": kind, "items": {} } }),
        )
    };
    for (old, new, expected) in [
        (query(list("integer")), query(list("string")), Verdict::Compatible),
        (form(member("integer")), form(member("string")), Verdict::Compatible),
        (
            query(json!({ "type": "string", "pattern": "^[0-9]$" })),
            query(json!({ "type": "integer" })),
            Verdict::Compatible,
        ),
        (
            query(json!({ "type": "string", "pattern": "^[0-9]$" })),
            query(json!({ "type": "integer", "maximum": 8 })),
            Verdict::Breaking,
        ),
        (query(json!({ "type": "string" })), query(list("string")), Verdict::Compatible),
        (query(json!({ "type": "string" })), query(list("integer")), Verdict::Breaking),
        (query(json!({ "type": "integer" })), query(list("integer")), Verdict::Compatible),
        (
            query(json!({ "enum": ["a,b"] })),
            query(json!({ "type": "array", "items": { "enum": ["a,b"] } })),
            Verdict::Undecided,
        ),
        (query(list("integer")), query(json!({ "type": "integer" })), Verdict::Breaking),
        (
            form(json!({ "type": "object", "properties": { "a": list("integer") } })),
            form(member("integer")),
            Verdict::Breaking,
        ),
        (
            query(list("string")),
            query(json!({ "type": "array", "minItems": 1, "items": { "type": "string" } })),
            Verdict::Undecided,
        ),
        (query(json!({ "type": "string" })), query(json!({ "type": "integer" })), Verdict::Breaking),
        (form(member("string")), form(member("integer")), Verdict::Breaking),
        (styled("form", "array"), styled("pipeDelimited", "array"), Verdict::Breaking),
    ] {
        let found = operations(old.clone(), new.clone());
        assert_eq!(found.changes.first().map(|change| change.verdict), Some(expected), "{old} became {new}: {found:?}");
    }
    assert!(operations(styled("form", "string"), styled("pipeDelimited", "string")).changes.is_empty());
}

#[test]
fn names_of_headers_have_no_case() {
    let of = |name: &str, scheme: &str| {
        let operation =
            json!({ "security": [{ "key": [], "token": [] }], "responses": { "204": { "description": "" } } });
        let schemes = json!({ "securitySchemes": {
            "key": { "type": "apiKey", "in": "header", "name": name }, "token": { "type": "http", "scheme": scheme },
        } });
        document("3.0.3", "/a", operation, schemes)
    };
    let found = compare(&of("X-Key", "bearer"), &of("x-key", "Bearer")).expect("both are compared");
    assert!(found.changes.is_empty(), "{found:?}");
}

#[test]
fn how_properties_and_headers_are_written_counts() {
    let form = |encoding: Value| {
        let object =
            json!({ "type": "object", "properties": { "a": { "type": "array", "items": { "type": "string" } } } });
        body(json!({ "application/x-www-form-urlencoded": { "schema": object, "encoding": encoding } }))
    };
    let header = |explode: bool| {
        let header =
            json!({ "explode": explode, "schema": { "type": "object", "properties": { "a": { "type": "string" } } } });
        json!({ "responses": { "200": { "description": "", "headers": { "X-A": header } } } })
    };
    for (old, new, expected) in [
        (form(json!({})), form(json!({ "a": { "style": "pipeDelimited" } })), vec![(Verdict::Breaking, "encoding")]),
        (form(json!({})), form(json!({ "a": { "style": "form" } })), vec![]),
        (
            form(json!({ "a": { "contentType": "text/a, text/b" } })),
            form(json!({ "a": { "contentType": "text/b" } })),
            vec![(Verdict::Breaking, "encoding")],
        ),
        (
            form(json!({ "a": {} })),
            form(json!({ "a": { "headers": { "X": {} } } })),
            vec![(Verdict::Undecided, "encoding")],
        ),
        (header(false), header(true), vec![(Verdict::Breaking, "response-header-style")]),
    ] {
        let found: Vec<_> = told(&operations(old, new)).into_iter().map(|(verdict, kind, _)| (verdict, kind)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn what_does_not_compile_is_not_compatible() {
    let of = |pattern: &str, longest: u64| {
        body(
            json!({ "application/json": { "schema": { "type": "string", "pattern": pattern, "maxLength": longest } } }),
        )
    };
    let found = operations(of("(", 1), of("(", 2));
    assert!(
        found.changes.iter().all(|change| change.verdict == Verdict::Undecided) && !found.changes.is_empty(),
        "{found:?}"
    );
    let shorter = body(json!({ "application/json": { "schema": { "type": "string", "minLength": 1e20 } } }));
    let found = operations(body(json!({ "application/json": typed("string") })), shorter);
    assert_ne!(found.changes[0].verdict, Verdict::Compatible);
}

#[test]
fn a_description_is_told_once_and_no_keyword_of_the_judge_is_shown() {
    let of = |description: &str, tag: &str| {
        let pet = json!({ "type": "object", "required": ["kind"], "description": description, "discriminator": { "propertyName": "kind", "mapping": { tag: "#/components/schemas/Cat" } }, "properties": { "kind": { "type": "string" }, "id": { "type": "integer", "readOnly": true } } });
        let cat = json!({ "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "type": "object", "properties": { "lives": { "type": "integer" } } }] });
        let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } });
        let operation = json!({ "requestBody": { "content": content }, "responses": { "200": { "description": "", "content": content } } });
        document("3.0.3", "/a", operation, json!({ "schemas": { "Pet": pet, "Cat": cat } }))
    };
    let found = compare(&of("a", "cat"), &of("b", "cat")).expect("both are compared");
    assert_eq!(told(&found).len(), 1, "{found:?}");
    let found = compare(&of("a", "cat"), &of("a", "tom")).expect("both are compared");
    let text = serde_json::to_string(&found).expect("it is JSON") + &format!("{:?}", found.changes);
    assert!(!text.contains("x-tagged") && !text.contains("x-plain"), "{text}");
    assert!(
        found.changes.iter().any(|change| change.details.iter().any(|detail| detail.contains("discriminator"))),
        "{found:?}"
    );
}

#[test]
fn a_parent_that_is_written_out_means_its_children() {
    let of = |inline: bool, order: [&str; 2]| {
        let mut schemas = serde_json::Map::new();
        let pet = json!({ "type": "object", "required": ["kind"], "discriminator": { "propertyName": "kind" }, "properties": { "kind": { "type": "string" } } });
        schemas.insert("Pet".into(), pet.clone());
        for name in order {
            let child = json!({ "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "required": [name], "properties": { name: { "type": "integer" } } }] });
            schemas.insert(name.into(), child);
        }
        let schema = if inline { pet } else { json!({ "$ref": "#/components/schemas/Pet" }) };
        let content = json!({ "application/json": { "schema": { "type": "array", "items": schema } } });
        let operation = json!({ "requestBody": { "content": content }, "responses": { "200": { "description": "", "content": content } } });
        document("3.0.3", "/a", operation, json!({ "schemas": schemas }))
    };
    let named = of(false, ["Cat", "Dog"]);
    for other in [of(true, ["Cat", "Dog"]), of(false, ["Dog", "Cat"])] {
        for (old, new) in [(&named, &other), (&other, &named)] {
            let found = compare(old, new).expect("both are compared");
            assert!(found.changes.is_empty(), "{found:?}");
        }
    }
}

#[test]
fn alternatives_are_paired_by_what_they_are() {
    let of = |order: [&str; 2]| {
        let alternatives: Vec<Value> = order.iter().map(|kind| json!({ "type": kind, "description": kind })).collect();
        body(json!({ "application/json": { "schema": { "anyOf": alternatives } } }))
    };
    let found = operations(of(["string", "integer"]), of(["integer", "string"]));
    assert!(found.changes.is_empty(), "{found:?}");
    // Callbacks that lead to each other say the same however often.
    let recursive = |version: &str| {
        let each = json!({ "allOf": (0..8).map(|_| json!({ "$ref": "#/components/schemas/Tree" })).collect::<Vec<_>>(), "type": "object" });
        let mut operation = response("200", json!({}));
        operation["callbacks"] = json!({ "done": { "{$url}": { "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Tree" } } } }, "responses": {} } } } });
        document(
            "3.0.3",
            "/a",
            operation,
            json!({ "schemas": { "Tree": { "properties": { "a": each, "b": each, "c": { "type": version } } } } }),
        )
    };
    let found = compare(&recursive("string"), &recursive("string")).expect("both are compared");
    assert!(found.changes.is_empty(), "{found:?}");
    let found = compare(&recursive("string"), &recursive("integer")).expect("both are compared");
    assert!(found.changes.iter().any(|change| change.kind == "callback-body"));
}
