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
        (json!({ "const": { "a": [null] } }), json!({ "enum": [{ "a": [null] }] })),
        (json!({ "const": 1 }), json!({ "enum": [1] })),
        (json!({ "const": "a", "enum": ["a", "b"] }), json!({ "enum": ["a"], "type": "string" })),
        (json!({ "enum": ["a", "b"], "const": "c" }), json!({ "enum": [], "type": "string" })),
        (
            json!({ "type": ["array", "integer"], "format": "int128", "items": { "const": 1 } }),
            json!({ "anyOf": [
                { "type": "array", "items": { "enum": [1] } },
                { "type": "integer", "format": "int128" },
            ] }),
        ),
        (json!({ "exclusiveMinimum": 1 }), json!({ "minimum": 1, "exclusiveMinimum": true })),
        (json!({ "minimum": 2, "exclusiveMinimum": 1 }), json!({ "minimum": 2 })),
        (json!({ "maximum": 2, "exclusiveMaximum": 1 }), json!({ "maximum": 1, "exclusiveMaximum": true })),
        (json!({ "maximum": 1, "exclusiveMaximum": 1 }), json!({ "maximum": 1, "exclusiveMaximum": true })),
        (json!({ "examples": ["a", "b"] }), json!({ "example": "a", "x-2020-12-examples": ["b"] })),
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
            json!({ "$defs": { "A": { "const": true } }, "$ref": "#/components/schemas/Pet/$defs/A" }),
            json!({
                "x-defs": { "A": { "enum": [true], "type": "boolean" } },
                "allOf": [{ "$ref": "#/components/schemas/Pet/x-defs/A" }],
            }),
        ),
        (json!({ "type": "array", "items": true }), json!({ "type": "array", "items": {} })),
        (json!({ "additionalProperties": true }), json!({ "additionalProperties": true })),
        (
            json!({ "allOf": [{ "properties": { "a": true } }], "unevaluatedProperties": { "type": "string" } }),
            json!({ "allOf": [{ "properties": { "a": {} } }], "additionalProperties": { "type": "string" } }),
        ),
        (
            json!({ "prefixItems": [true], "unevaluatedItems": false }),
            json!({ "x-2020-12-prefixItems": [{}], "items": { "not": {} } }),
        ),
        (json!({ "items": true, "unevaluatedItems": false }), json!({ "items": {} })),
        // What 3.0 cannot say is left for lint to refuse.
        (
            json!({ "contains": true, "unevaluatedItems": false }),
            json!({ "x-2020-12-contains": {}, "unevaluatedItems": false }),
        ),
        (
            json!({ "anyOf": [{ "properties": {} }], "unevaluatedProperties": false }),
            json!({ "anyOf": [{ "properties": {} }], "unevaluatedProperties": false }),
        ),
        (
            json!({ "if": true, "then": { "const": 1 } }),
            json!({ "x-2020-12-conditionals": [{ "if": {}, "then": { "enum": [1] } }] }),
        ),
        (
            json!({ "patternProperties": { ".*": { "const": 1 } }, "additionalProperties": false }),
            json!({ "additionalProperties": { "enum": [1] } }),
        ),
        (
            json!({ "propertyNames": { "maxLength": 1 } }),
            json!({ "x-2020-12-propertyNames": { "maxLength": 1, "type": "string" } }),
        ),
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
        "paths": { "/pet": { "$ref": "#/components/pathItems/Pet" } },
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

    assert_eq!(root["components"]["schemas"]["NewPetWebhook"], json!({ "enum": [1] }));
    assert_eq!(
        root["components"]["x-pathItems"]["Pet"]["get"]["responses"],
        json!({ "default": { "description": "" } })
    );
    assert_eq!(root["paths"]["/pet"]["$ref"], "#/components/x-pathItems/Pet");
}

#[test]
fn other_dialects_are_refused() {
    let text = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"jsonSchemaDialect":"https://json-schema.org/draft-07/schema"}"#;
    let found = lint("x.json", text.as_bytes());
    assert_eq!(found.iter().map(|one| one.rule).collect::<Vec<_>>(), ["json-schema-dialect"]);
}

#[test]
fn what_refers_to_itself_with_a_description_is_copied_once() {
    let root = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/a": { "get": {
            "callbacks": { "c": { "$ref": "#/components/callbacks/C", "description": "d" } },
            "responses": { "200": { "$ref": "#/components/responses/R", "description": "mine" } },
        } } },
        "components": {
            "callbacks": { "C": { "{$url}": { "post": { "callbacks": { "c": { "$ref": "#/components/callbacks/C", "description": "d" } } } } } },
            "responses": { "R": { "description": "r", "headers": { "H": { "$ref": "#/components/headers/H", "description": "outer" } } } },
            "headers": { "H": { "description": "h", "content": { "multipart/form-data": { "encoding": { "p": { "headers": {
                "H": { "$ref": "#/components/headers/H", "description": "inner" },
            } } } } } } },
        },
    });
    let (root, _) = translated(&root);
    // An object of expressions has no description of its own.
    assert_eq!(root["paths"]["/a"]["get"]["callbacks"]["c"]["$ref"], "#/components/callbacks/C");
    let response = &root["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(response["description"], "mine");
    // Within the copy, the copy within the original is meant, which has the description that stands beside the reference.
    assert_eq!(response["headers"]["H"], json!({ "$ref": "#/components/responses/R/headers/H" }));
    let header = &root["components"]["responses"]["R"]["headers"]["H"];
    assert_eq!(header["description"], "outer");
    let inner = "/content/multipart~1form-data/encoding/p/headers/H";
    assert_eq!(header.pointer(inner).unwrap(), &json!({ "$ref": format!("#/components/headers/H{inner}") }));
    assert_eq!(root["components"]["headers"]["H"].pointer(inner).unwrap()["description"], "inner");
}

#[test]
fn copies_of_what_references_describe_have_a_bound() {
    let many: serde_json::Map<String, Value> = (0..1000).map(|at| (format!("x-{at}"), json!({ "a": 1 }))).collect();
    let parameter = json!({ "name": "p", "in": "query", "schema": { "type": "string" }, "x-much": many });
    let references: Vec<Value> =
        (0..1000).map(|at| json!({ "$ref": "#/components/parameters/P", "description": format!("{at}") })).collect();
    let root = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/a": { "parameters": references } },
        "components": { "parameters": { "P": parameter } },
    });
    let (root, moved) = translated(&root);
    assert!(root.to_string().len() < 1_500_000, "{}", root.to_string().len());
    // What is left out is said.
    let parameters = root["paths"]["/a"]["parameters"].as_array().unwrap();
    let left_out = parameters.iter().filter(|parameter| parameter.get("$ref").is_some()).count();
    assert!(left_out > 0 && left_out == moved.notes.len(), "{left_out}");
    assert!(moved.notes.iter().all(|note| note.rule == "ref-siblings"));
}

#[test]
fn references_lead_to_where_their_targets_went() {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": {},
        "components": { "schemas": {
            // The name of a component is no keyword.
            "definitions": { "type": "string" },
            "a%b": { "$defs": { "x": { "$defs": { "y": { "type": "integer" } } } } },
            "Refers": { "properties": {
                "a": { "$ref": "#/components/schemas/definitions" },
                "b": { "$ref": "#/components/schemas/a%25b/$defs/x/%24defs/y" },
                "c": { "$ref": "#/components/schemas/Union/oneOf/1" },
                "d": { "$ref": "#/components/schemas/Union/oneOf/2" },
                "e": { "$ref": "#/components/schemas/Maybe/anyOf/1" },
                "f": { "$ref": "#/components/schemas/Several/properties/p" },
                "g": { "$ref": "#/components/schemas/Several/properties/p/$defs/q" },
            } },
            "Union": { "oneOf": [{ "type": "null" }, { "type": "string" }, { "type": "integer" }] },
            "Maybe": { "anyOf": [{ "type": "null" }, { "type": "string", "maxLength": 3 }] },
            "Several": { "type": ["object", "string", "null"], "properties": { "p": { "$defs": { "q": { "type": "boolean" } } } } },
        } },
    });
    let (root, _) = translated(&document);
    let properties = root["components"]["schemas"]["Refers"]["properties"].as_object().unwrap();
    let found: Vec<Value> = properties
        .values()
        .map(|property| {
            let target = crate::Pointer::from_reference(property["$ref"].as_str().unwrap()).unwrap();
            root.pointer(target.as_str()).cloned().unwrap_or_else(|| panic!("{target}"))
        })
        .collect();
    assert_eq!(
        found,
        [
            json!({ "type": "string" }),
            json!({ "type": "integer" }),
            json!({ "type": "string" }),
            json!({ "type": "integer" }),
            json!({ "type": "string", "maxLength": 3 }),
            json!({ "x-defs": { "q": { "type": "boolean" } } }),
            json!({ "type": "boolean" }),
        ]
    );
}

#[test]
fn the_payloads_of_all_webhooks_have_names() {
    let schema = json!({ "schema": { "type": "object" } });
    let content = json!({ "a/a": schema, "b/b": schema, "c/c": schema, "d/d": schema });
    let hook = json!({ "post": { "requestBody": { "content": content } } });
    let root = json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "webhooks": { "hook": hook } });
    let (root, _) = translated(&root);
    let names: Vec<&String> = root["components"]["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["HookWebhook", "HookWebhookPost", "HookWebhookPost2", "HookWebhookPost3"]);
}
