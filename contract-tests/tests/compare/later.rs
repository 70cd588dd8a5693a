//! Documents of OpenAPI 3.1: what their schemas mean by direction and by tag, told in their own words.

use contract_tests::compare::{Change, Comparison, Direction, Verdict, compare};
use contract_tests::document::Document;
use serde_json::{Value, json};

fn document(schemas: Value) -> Document {
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } });
    let root = json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/pets": { "post": {
            "operationId": "swap",
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "", "content": content } },
        } } },
        "components": { "schemas": schemas },
    });
    Document::parse_any("document.json", &root.to_string()).expect("it is a document")
}

fn found(old: Value, new: Value) -> Comparison {
    compare(&document(old), &document(new)).expect("both are compared")
}

fn directions(found: &Comparison) -> Vec<(Verdict, Option<Direction>)> {
    found.changes.iter().map(|change| (change.verdict, change.direction)).collect()
}

fn detail(change: &Change) -> &str {
    change.details.first().map(String::as_str).unwrap_or_default()
}

const BOTH: [(Verdict, Option<Direction>); 2] =
    [(Verdict::Breaking, Some(Direction::Request)), (Verdict::Compatible, Some(Direction::Response))];

#[test]
fn a_child_that_changes_changes_what_its_parent_is() {
    let family = |longest: u64| {
        json!({
            "Pet": {
                "type": "object",
                "required": ["kind"],
                "properties": { "kind": { "type": "string" } },
                "discriminator": { "propertyName": "kind", "mapping": { "cat": "#/components/schemas/Cat" } },
            },
            "Cat": {
                "allOf": [
                    { "$ref": "#/components/schemas/Pet" },
                    { "type": "object", "properties": { "name": { "type": ["string", "null"], "maxLength": longest } } },
                ],
            },
        })
    };
    let found = found(family(3), family(2));
    assert_eq!(directions(&found), BOTH, "{found:?}");
    let change = found.changes.first().expect("it is told");
    assert!(detail(change).ends_with("`maxLength` is 2 instead of 3"), "{change:?}");
    let place = change.new.place.as_ref().map(ToString::to_string);
    assert!(place.is_some(), "{change:?}");
}

#[test]
fn what_the_server_sets_is_asked_of_responses_alone() {
    let pet = |required: Value| {
        json!({ "Pet": {
            "type": "object",
            "properties": { "id": { "type": "string", "readOnly": true } },
            "required": required,
        } })
    };
    let found = found(pet(json!(["id"])), pet(json!([])));
    assert_eq!(directions(&found), [(Verdict::Breaking, Some(Direction::Response))], "{found:?}");
}

#[test]
fn differences_are_told_in_the_words_of_the_document() {
    let pet = |schema: Value| json!({ "Pet": schema });
    for (old, new, told) in [
        (
            json!({ "type": ["string", "null"] }),
            json!({ "type": "string" }),
            "`type` is string instead of [\"string\",\"null\"]",
        ),
        (json!({ "type": "string" }), json!({ "type": "string", "const": "a" }), "`const: a` is new"),
        (
            json!({ "type": "number", "exclusiveMaximum": 3 }),
            json!({ "type": "number", "exclusiveMaximum": 2 }),
            "`exclusiveMaximum` is 2 instead of 3",
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }] }),
            json!({ "type": "array", "prefixItems": [{ "type": "string", "minLength": 1 }] }),
            "",
        ),
    ] {
        let found = found(pet(old.clone()), pet(new.clone()));
        assert_eq!(directions(&found), BOTH, "{old} became {new}: {found:?}");
        let change = found.changes.first().expect("it is told");
        assert!(told.is_empty() || detail(change) == told, "{change:?}");
        assert!(change.new.place.is_some(), "{change:?}");
    }
}

#[test]
fn what_the_words_of_3_0_do_not_say_is_compared_as_it_is_written() {
    let tree = |kind: &str| {
        json!({ "Pet": {
            "$dynamicAnchor": "pet",
            "type": "object",
            "properties": { "young": { "$dynamicRef": "#pet" }, "name": { "type": kind } },
        } })
    };
    let same = found(tree("string"), tree("string"));
    assert!(same.changes.is_empty(), "{same:?}");
    assert!(!found(tree("string"), tree("integer")).changes.is_empty());
}
