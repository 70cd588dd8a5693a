//! How the generator's work grows with a document: by allocations, which are the same on every machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::alloc::System;
use std::sync::Mutex;

use codegen::{Layout, generate, lint};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Tests count one after the other, since all threads share the allocator.
static COUNTING: Mutex<()> = Mutex::new(());

/// How many allocations it takes to generate a client.
fn allocations(document: &Value) -> f64 {
    let text = document.to_string();
    let region = Region::new(ALLOCATOR);
    generate("document.json", text.as_bytes(), Layout::Crate).unwrap_or_else(|faults| panic!("{faults:?}"));
    region.change().allocations as f64
}

fn document(paths: Value, schemas: Value) -> Value {
    json!({ "openapi": "3.0.3", "info": { "title": "T", "version": "1" }, "paths": paths, "components": { "schemas": schemas } })
}

/// Schemas each of which refers to the next, the last one to the first, and an operation for each.
fn ring(size: usize) -> Value {
    let (mut paths, mut schemas) = (json!({}), json!({}));
    for at in 0..size {
        let reference = |at: usize| json!({ "$ref": format!("#/components/schemas/Thing{}", at % size) });
        schemas[format!("Thing{at}")] = json!({ "type": "object", "required": ["id"], "properties": {
            "id": { "type": "integer" },
            "name": { "type": "string", "maxLength": 40 },
            "state": { "type": "string", "enum": ["on", "off"] },
            "next": reference(at + 1),
            "others": { "type": "array", "items": reference(at + 2) },
        } });
        paths[format!("/things{at}/{{id}}")] = json!({ "put": {
            "operationId": format!("putThing{at}"),
            "parameters": [
                { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } },
                { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1 } },
            ],
            "requestBody": { "content": { "application/json": { "schema": reference(at) } } },
            "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": reference(at) } } } },
        } });
    }
    document(paths, schemas)
}

/// Schemas each of which is the one before twice over, so that the number of ways to the first doubles at each.
fn diamonds(levels: usize) -> Value {
    let mut schemas = json!({ "S0": { "type": "object", "properties": { "a": { "type": "string" } } } });
    for level in 1..levels {
        let below = json!({ "$ref": format!("#/components/schemas/S{}", level - 1) });
        schemas[format!("S{level}")] = json!({ "allOf": [below, below] });
    }
    document(json!({}), schemas)
}

/// Unions that may be null because the last of them may.
fn nullable_unions(levels: usize) -> Value {
    let mut schemas = json!({ "U0": { "type": "string", "nullable": true } });
    for level in 1..levels {
        let below = json!({ "$ref": format!("#/components/schemas/U{}", level - 1) });
        schemas[format!("U{level}")] = json!({ "oneOf": [below, { "type": "integer", "minimum": level }] });
    }
    document(json!({}), schemas)
}

/// Whether twice the steps take at most 1.2 times twice the work; what no step adds to is left out.
fn assert_linear(kind: &str, document: fn(usize) -> Value) {
    assert_linear_from(32, kind, document);
}

fn assert_linear_from(size: usize, kind: &str, document: fn(usize) -> Value) {
    let _alone = COUNTING.lock();
    let [first, second, third] = [size, 2 * size, 4 * size].map(|size| allocations(&document(size)));
    let growth = (third - second) / (second - first);
    assert!(
        growth < 2.0 * 1.2,
        "{kind}: {first}, {second}, {third} allocations, so {growth:.2} times the work for twice the steps"
    );
}

/// How many allocations it takes to find what is wrong with a document.
fn lint_allocations(document: &Value) -> f64 {
    let text = document.to_string();
    let region = Region::new(ALLOCATOR);
    lint("document.json", text.as_bytes());
    region.change().allocations as f64
}

/// Diamonds of `allOf` with an example at the last of them, and of properties that refer to them.
fn diamonds_with_examples(levels: usize) -> Value {
    let mut document = diamonds(levels);
    document["components"]["schemas"][format!("S{}", levels - 1)]["example"] = json!({ "a": "b" });
    document["components"]["schemas"]["Holder"] =
        json!({ "type": "object", "properties": { "a": { "$ref": format!("#/components/schemas/S{}", levels - 1) } } });
    document
}

/// A body of parts whose schema is diamonds of `allOf`.
fn parts_of_diamonds(levels: usize) -> Value {
    let mut document = diamonds(levels);
    let last = json!({ "$ref": format!("#/components/schemas/S{}", levels - 1) });
    document["paths"]["/a"]["post"] = json!({
        "operationId": "a",
        "requestBody": { "content": { "multipart/form-data": { "schema": last } } },
        "responses": { "204": { "description": "d" } },
    });
    document
}

/// Parents, each with two children.
fn families(size: usize) -> Value {
    let mut schemas = json!({});
    for at in 0..size {
        let parent = json!({ "$ref": format!("#/components/schemas/P{at}") });
        schemas[format!("P{at}")] = json!({
            "type": "object", "required": ["t"], "properties": { "t": { "type": "string" } }, "discriminator": { "propertyName": "t" },
        });
        for child in ["A", "B"] {
            schemas[format!("P{at}{child}")] =
                json!({ "allOf": [parent, { "type": "object", "properties": { "x": { "type": "integer" } } }] });
        }
    }
    document(json!({}), schemas)
}

/// Requests whose schemas refer to the same ones, in which a property goes one way only.
fn one_way(size: usize) -> Value {
    let property = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    let (mut paths, mut schemas) = (
        json!({}),
        json!({ "Last": { "type": "object", "properties": {
        "id": { "type": "integer", "readOnly": true }, "name": { "type": "string" },
    } } }),
    );
    for at in 0..size {
        schemas[format!("Outer{at}")] =
            json!({ "type": "object", "properties": { "last": property("Last".to_owned()) } });
        paths[format!("/a{at}")]["post"] = json!({
            "operationId": format!("a{at}"),
            "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": {
                "outer": property(format!("Outer{at}")), "last": property("Last".to_owned()),
            } } } } },
            "responses": { "204": { "description": "d" } },
        });
    }
    document(paths, schemas)
}

/// Names that many types want and few of them need.
fn wanted_names(size: usize) -> Value {
    let mut schemas = json!({});
    for at in 0..size {
        // Each of these wants `ABC`, and gives it back.
        schemas[format!("A{at}")] = json!({ "type": "object", "properties": { "b": { "type": "object", "title": "b", "properties": {
            "c": { "oneOf": [{ "type": "string", "title": "Same" }, { "type": "object", "title": "Same", "properties": { "x": { "type": "string" } } }] },
        } } } });
    }
    document(json!({}), schemas)
}

/// Paths that want the operators taken out of them, each with a finding.
fn slips(size: usize) -> Value {
    let mut paths = json!({});
    for at in 0..size {
        paths[format!("/a{at}/{{id*}}")]["get"] = json!({
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "default": at } }],
            "responses": { "204": { "description": "d" } },
        });
    }
    document(paths, json!({}))
}

#[test]
fn schemas_and_operations_take_as_much_work_each_however_many_there_are() {
    assert_linear("ring", ring);
}

#[test]
fn unions_take_as_much_work_each_however_long_their_chain_is() {
    assert_linear("nullable unions", nullable_unions);
}

#[test]
fn families_names_and_readings_take_as_much_work_each_however_many_there_are() {
    assert_linear_from(16, "families", families);
    assert_linear_from(16, "one way", one_way);
    assert_linear_from(16, "names", wanted_names);
    assert_linear_from(16, "slips", slips);
}

#[test]
fn each_schema_is_looked_at_once_however_many_ways_lead_to_it() {
    let _alone = COUNTING.lock();
    let [few, many] = [20, 40].map(|levels| lint_allocations(&diamonds_with_examples(levels)));
    assert!(many < 3.0 * few, "{few} and {many} allocations");
    for document in [diamonds_with_examples, parts_of_diamonds] {
        let [few, many] = [20, 40].map(|levels| allocations(&document(levels)));
        assert!(many < 5.0 * few, "{few} and {many} allocations");
    }
}

#[test]
fn an_all_of_takes_work_for_what_it_is_made_of_and_not_for_each_way_to_it() {
    let _alone = COUNTING.lock();
    let [few, many] = [20, 40].map(|levels| allocations(&diamonds(levels)));
    // Each level is merged from all that it is made of, so twice the levels are four times the work.
    assert!(many < 5.0 * few, "{few} and {many} allocations");
}
