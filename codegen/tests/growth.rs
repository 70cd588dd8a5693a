//! How the generator's work grows with a document: by allocations, which are the same on every machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::alloc::System;
use std::sync::Mutex;

use codegen::{Layout, generate};
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
    let _alone = COUNTING.lock();
    let [first, second, third] = [32, 64, 128].map(|size| allocations(&document(size)));
    let growth = (third - second) / (second - first);
    assert!(
        growth < 2.0 * 1.2,
        "{kind}: {first}, {second}, {third} allocations, so {growth:.2} times the work for twice the steps"
    );
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
fn an_all_of_takes_work_for_what_it_is_made_of_and_not_for_each_way_to_it() {
    let _alone = COUNTING.lock();
    let [few, many] = [20, 40].map(|levels| allocations(&diamonds(levels)));
    // Each level is merged from all that it is made of, so twice the levels are four times the work.
    assert!(many < 5.0 * few, "{few} and {many} allocations");
}
