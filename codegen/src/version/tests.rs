use serde_json::{Value, json};

use super::*;
use crate::lint;

/// A document with one schema.
fn document(schema: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": {},
        "components": { "schemas": { "Pet": schema } },
    })
}

fn schema(written: &Value) -> Value {
    translated(&document(written)).0["components"]["schemas"]["Pet"].clone()
}

#[test]
fn schemas_are_said_in_the_words_of_3_0() {
    for (newer, older) in [
        (json!(true), json!({})),
        (json!(false), json!({ "not": {} })),
        (json!({ "type": "string" }), json!({ "type": "string" })),
        (json!({ "type": ["string", "null"] }), json!({ "type": "string", "nullable": true })),
        (json!({ "type": ["string", "null"], "enum": ["a"] }), json!({ "type": "string", "enum": ["a"] })),
        (
            json!({ "type": ["string", "null"], "enum": ["a", null] }),
            json!({ "type": "string", "enum": ["a", null], "nullable": true }),
        ),
        (
            json!({ "type": ["string", "integer", "null"], "maxLength": 3, "minimum": 1, "format": "int32", "title": "T" }),
            json!({ "title": "T", "nullable": true, "anyOf": [
                { "type": "string", "maxLength": 3 },
                { "type": "integer", "minimum": 1, "format": "int32" },
            ] }),
        ),
        (json!({ "type": ["number", "integer"] }), json!({ "type": "number" })),
        (json!({ "type": ["string", "integer"], "enum": ["a", 1, true] }), json!({ "enum": ["a", 1] })),
        (json!({ "const": "a" }), json!({ "enum": ["a"], "type": "string" })),
        (json!({ "const": 1 }), json!({ "enum": [1], "type": "integer" })),
        (json!({ "exclusiveMinimum": 1 }), json!({ "minimum": 1, "exclusiveMinimum": true })),
        (json!({ "minimum": 2, "exclusiveMinimum": 1 }), json!({ "minimum": 2 })),
        (json!({ "maximum": 2, "exclusiveMaximum": 1 }), json!({ "maximum": 1, "exclusiveMaximum": true })),
        (json!({ "maximum": 1, "exclusiveMaximum": 1 }), json!({ "maximum": 1, "exclusiveMaximum": true })),
        (json!({ "examples": ["a", "b"] }), json!({ "example": "a" })),
        (json!({ "$ref": "#/components/schemas/A" }), json!({ "$ref": "#/components/schemas/A" })),
        (
            json!({ "$ref": "#/components/schemas/A", "description": "d", "minLength": 1 }),
            json!({ "description": "d", "minLength": 1, "allOf": [{ "$ref": "#/components/schemas/A" }] }),
        ),
        (
            json!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }], "description": "d" }),
            json!({ "allOf": [{ "$ref": "#/a" }], "description": "d", "nullable": true }),
        ),
        (
            json!({ "oneOf": [{ "type": "null" }, { "type": "string", "maxLength": 3, "description": "inner" }], "description": "d" }),
            json!({ "type": "string", "maxLength": 3, "description": "d", "nullable": true }),
        ),
        (
            json!({ "oneOf": [{ "$ref": "#/a" }, { "type": "null" }, { "$ref": "#/b" }] }),
            json!({ "oneOf": [{ "$ref": "#/a" }, { "$ref": "#/b" }], "nullable": true }),
        ),
        (json!({ "anyOf": [{ "enum": ["a"] }, { "const": null }] }), json!({ "enum": ["a", null], "nullable": true })),
        (json!({ "type": "string", "contentEncoding": "base64" }), json!({ "type": "string", "format": "byte" })),
        (
            json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
            json!({ "type": "string", "format": "binary" }),
        ),
        (
            json!({ "type": "object", "unevaluatedProperties": false }),
            json!({ "type": "object", "additionalProperties": false }),
        ),
        (
            json!({ "$defs": { "A": { "const": true } }, "$ref": "#/$defs/A" }),
            json!({ "x-defs": { "A": { "enum": [true], "type": "boolean" } }, "allOf": [{ "$ref": "#/x-defs/A" }] }),
        ),
        (json!({ "type": "array", "items": true }), json!({ "type": "array", "items": {} })),
        (json!({ "additionalProperties": true }), json!({ "additionalProperties": true })),
        // What 3.0 cannot say is left for lint to refuse.
        (json!({ "if": true }), json!({ "if": true })),
    ] {
        assert_eq!(schema(&newer), older, "{newer}");
    }
}

#[test]
fn what_moved_keeps_its_place_in_the_text() {
    let text = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      anyOf:
        - type: 'null'
        - type: object
          required: [name]
          properties:
            nme: {type: strin}
    Long:
      type: [string, integer]
      minLength: -1
      nullable: true
";
    let found = lint("pets.yaml", text.as_bytes());
    let found: Vec<_> = found.iter().map(|one| (one.rule, one.location.line)).collect();
    assert_eq!(found, [("required-undeclared", 10), ("wrong-type", 12), ("wrong-type", 15), ("older-keyword", 16),]);
}

#[test]
fn objects_are_said_in_the_words_of_3_0() {
    let root = json!({
        "openapi": "3.1.1",
        "info": { "title": "Pets", "version": "1", "summary": "s", "description": "d", "license": { "name": "MIT", "identifier": "MIT" } },
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "webhooks": { "new pet": { "post": { "requestBody": { "content": { "application/json": { "schema": { "const": 1 } } } } } } },
        "components": {
            "pathItems": { "Pet": { "get": {} } },
            "responses": { "Plain": { "description": "plain" } },
        },
    });
    let (root, moved) = translated(&root);
    assert!(moved.notes.is_empty(), "{:?}", moved.notes);
    assert_eq!(root["info"]["description"], "s\n\nd");
    assert_eq!(root["info"]["license"], json!({ "name": "MIT", "url": "https://spdx.org/licenses/MIT.html" }));
    assert_eq!(root["paths"], json!({}));
    assert_eq!(root["components"]["schemas"]["NewPetWebhook"], json!({ "enum": [1], "type": "integer" }));
    assert_eq!(
        root["components"]["x-pathItems"]["Pet"]["get"]["responses"],
        json!({ "default": { "description": "" } })
    );
    assert_eq!(retargeted("#/components/pathItems/Pet"), "#/components/x-pathItems/Pet");
}

#[test]
fn other_dialects_are_refused() {
    let text = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"jsonSchemaDialect":"https://json-schema.org/draft-07/schema"}"#;
    let found = lint("x.json", text.as_bytes());
    assert_eq!(found.iter().map(|one| one.rule).collect::<Vec<_>>(), ["json-schema-dialect"]);
}
