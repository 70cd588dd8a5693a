//! The comparison of a derived schema with the document's: every kind of loss is seen, and equal schemas are equal.

use contract_tests::client::Schema;
use contract_tests::difference::Problem;
use contract_tests::document::Document;
use serde_json::{Value, json};

use super::{found_by, thing, with_schemas};

const SCHEMAS: &str = r##"
Thing:
  description: A thing
  type: object
  required: [id, name]
  properties:
    id: {type: integer, format: int64, readOnly: true}
    name: {type: string, maxLength: 3, example: abc, x-note: n}
    note: {type: string, nullable: true, deprecated: true}
    ratio: {type: number, maximum: 1, exclusiveMaximum: true}
    kind: {$ref: '#/components/schemas/Kind'}
    plan: {$ref: '#/components/schemas/Plan'}
Kind: {type: string, enum: [a, b], x-provenance: [none]}
Plan: {type: string, nullable: true, enum: [p, null], deprecated: true}
"##;

fn faithful() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Thing",
        "description": "A thing",
        "type": "object",
        "required": ["name", "id"],
        "properties": {
            "id": { "type": "integer", "format": "int64", "readOnly": true },
            "name": { "type": "string", "maxLength": 3.0, "examples": ["abc"], "x-note": "n" },
            "note": { "type": ["null", "string"], "deprecated": true },
            "ratio": { "type": "number", "exclusiveMaximum": 1 },
            "kind": { "$ref": "#/$defs/Kind" },
            "plan": { "$ref": "#/$defs/Plan", "deprecated": true },
        },
        "$defs": {
            "Kind": { "type": "string", "enum": ["a", "b"], "x-provenance": ["none"] },
            "Plan": { "type": ["string", "null"], "enum": ["p", null], "deprecated": true },
        },
    })
}

fn lossy() -> Value {
    let mut schema = faithful();
    let properties = &mut schema["properties"];
    properties["id"] = json!({ "type": "integer", "format": "int32" });
    properties["name"] = json!({ "type": "string", "maxLength": 4, "examples": ["abc"] });
    properties["note"] = json!({ "type": "string", "deprecated": true });
    properties["kind"] = json!({ "type": "string" });
    schema["required"] = json!(["id"]);
    schema["additionalProperties"] = json!(false);
    schema
}

/// What the oracle finds, by schemas alone or by payloads alone.
fn shown(document: &Document, derived: fn() -> Option<Value>, structural: bool) -> Vec<String> {
    let is_structural = |problem| matches!(problem, Problem::Lost | Problem::Added | Problem::Changed);
    let found = found_by("derived", document, Schema { derived, ..thing() });
    let found = found.iter().filter(|found| is_structural(found.problem) == structural);
    let mut shown: Vec<_> =
        found.map(|found| format!("{:?} {} at {}", found.problem, found.keyword, found.place)).collect();
    shown.sort();
    shown.dedup();
    shown
}

fn differences(document: &Document, derived: fn() -> Option<Value>) -> Vec<String> {
    shown(document, derived, true)
}

#[test]
fn a_faithful_schema_differs_in_nothing() {
    let document = with_schemas(SCHEMAS);
    assert_eq!(differences(&document, || Some(faithful())), Vec::<String>::new());
}

#[test]
fn each_loss_is_named_with_its_keyword_and_place() {
    let document = with_schemas(SCHEMAS);
    let found = differences(&document, || Some(lossy()));
    assert_eq!(
        found,
        [
            "Added additionalProperties at Thing",
            "Changed format at Thing/id",
            "Changed maxLength at Thing/name",
            "Changed required at Thing",
            "Changed type at Thing/note",
            "Lost enum at Thing/kind",
            "Lost readOnly at Thing/id",
            "Lost x-note at Thing/name",
            "Lost x-provenance at Thing/kind",
        ]
    );
    assert_eq!(differences(&document, || None), ["Lost schema at Thing"]);
}

#[test]
fn payloads_show_what_the_derived_schema_gets_wrong() {
    let document = with_schemas(SCHEMAS);
    assert_eq!(shown(&document, || Some(faithful()), false), Vec::<String>::new());
    let lost = shown(&document, || Some(lossy()), false);
    for expected in [
        "AcceptsInvalid maxLength at Thing/name",
        "AcceptsInvalid required at Thing/name",
        "AcceptsInvalid enum at Thing/kind",
        "RefusesValid format at Thing/id",
        "RefusesValid type at Thing/note",
        "RefusesValid additionalProperties at Thing/undeclaredProperty",
    ] {
        assert!(lost.contains(&expected.to_owned()), "{expected} is not among {lost:#?}");
    }
}

#[test]
fn what_says_the_same_in_other_words_is_no_difference() {
    let document = with_schemas(
        "Base: {type: object, properties: {a: {type: string}}}\nThing:\n  description: d\n  x-note: n\n  allOf:\n    - $ref: '#/components/schemas/Base'\n    \
         - {required: [a]}",
    );
    let merged = json!({"title": "Thing", "description": "d", "x-note": "n", "type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
    assert_eq!(said(&document, merged.clone()), Vec::<String>::new());
    let (mut silent, mut looser) = (merged.clone(), merged);
    silent.as_object_mut().expect("an object").remove("x-note");
    assert_eq!(said(&document, silent), ["Lost x-note at Thing"]);
    // Payloads show what is lost behind `allOf`.
    looser.as_object_mut().expect("an object").remove("required");
    assert_eq!(said(&document, looser), ["AcceptsInvalid required at Thing/a"]);

    let map = with_schemas("Thing: {type: object}");
    let derived = json!({"title": "Thing", "type": "object", "additionalProperties": true});
    assert_eq!(said(&map, derived), Vec::<String>::new());
    let object = with_schemas("Thing: {type: object, properties: {a: {}}}");
    let derived = json!({"title": "Thing", "type": "object", "properties": {"a": {}}, "additionalProperties": true});
    assert_eq!(said(&object, derived), ["Added additionalProperties at Thing"]);
    let anything = with_schemas("Thing: {type: object, properties: {a: {}}}");
    let derived = json!({"title": "Thing", "type": "object", "properties": {"a": true}});
    assert_eq!(said(&anything, derived), Vec::<String>::new());
    let twice = with_schemas("Thing: {type: string, enum: [a, b, a]}");
    assert_eq!(said(&twice, json!({"title": "Thing", "type": "string", "enum": ["b", "a"]})), Vec::<String>::new());
    let untyped = with_schemas("Thing: {properties: {a: {type: string}}}");
    let derived = json!({"title": "Thing", "type": "object", "properties": {"a": {"type": "string"}}});
    assert_eq!(said(&untyped, derived), Vec::<String>::new());
}

#[test]
fn what_says_nothing_may_be_left_away() {
    let document = with_schemas(
        "Thing: {type: object, minLength: 3, properties: {}, patternProperties: {}, additionalProperties: {type: string}}",
    );
    let plain = json!({"title": "Thing", "type": "object", "additionalProperties": {"type": "string"}});
    assert_eq!(said(&document, plain), Vec::<String>::new());
    let other = json!({"title": "Thing", "type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}});
    assert_eq!(said(&document, other), ["Added properties at Thing/a"]);
}

#[test]
fn annotations_behind_an_all_of_are_looked_for_one_by_one() {
    let document = with_schemas(
        "Base: {type: object, properties: {a: {type: string, description: first, example: x}}}\nThing:\n  allOf:\n    - $ref: \
         '#/components/schemas/Base'\n    - properties:\n        b: {type: object, x-note: n, properties: {c: {description: deep}}}\n        \
         d: {description: beside, allOf: [{$ref: '#/components/schemas/Base'}]}\n",
    );
    let merged = json!({"title": "Thing", "type": "object", "properties": {
        "a": {"type": "string", "description": "first", "examples": ["x"]},
        "b": {"type": "object", "x-note": "n", "properties": {"c": {"description": "deep"}}},
        "d": {"$ref": "#/$defs/Base", "description": "beside"},
    }, "$defs": {"Base": {"title": "Base", "type": "object", "properties": {"a": {"type": "string"}}}}});
    assert_eq!(said(&document, merged.clone()), Vec::<String>::new());
    for (place, keyword, expected) in [
        ("/properties/a", "description", "Lost description at Thing/a"),
        ("/properties/a", "examples", "Lost examples at Thing/a"),
        ("/properties/b", "x-note", "Lost x-note at Thing/b"),
        ("/properties/b/properties/c", "description", "Lost description at Thing/b/c"),
        ("/properties/d", "description", "Lost description at Thing/d"),
        ("/properties", "d", "Lost properties at Thing/d"),
    ] {
        let mut lossy = merged.clone();
        let holder = lossy.pointer_mut(place).and_then(Value::as_object_mut).expect("it is there");
        holder.remove(keyword);
        assert!(said(&document, lossy).contains(&expected.to_owned()), "{expected}");
    }
}

#[test]
fn what_one_side_refers_to_may_stand_in_place_in_the_other() {
    let document = with_schemas(
        "Kind: {type: string, enum: [a, b], description: k}\nThing: {type: object, properties: {here: {type: string, enum: [a, b], \
         description: k}, there: {$ref: '#/components/schemas/Kind'}}}",
    );
    let derived = json!({"title": "Thing", "type": "object", "properties": {
        "here": {"$ref": "#/$defs/Kind"},
        "there": {"type": "string", "enum": ["a", "b"], "description": "k"},
    }, "$defs": {"Kind": {"title": "Kind", "type": "string", "enum": ["a", "b"], "description": "k"}}});
    assert_eq!(said(&document, derived.clone()), Vec::<String>::new());
    let (mut here, mut there) = (derived.clone(), derived);
    here["$defs"]["Kind"]["enum"] = json!(["a"]);
    there["properties"]["there"]["description"] = json!("other");
    assert!(said(&document, here).contains(&"Changed enum at Thing/here".to_owned()));
    assert_eq!(said(&document, there), ["Changed description at Thing/there"]);
}

/// All that the oracle finds in a derived schema.
fn said(document: &Document, derived: Value) -> Vec<String> {
    thread_local!(static DERIVED: std::cell::RefCell<Value> = const { std::cell::RefCell::new(Value::Null) });
    DERIVED.set(derived);
    let derived = || Some(DERIVED.with_borrow(Value::clone));
    let mut all: Vec<String> =
        [true, false].into_iter().flat_map(|structural| shown(document, derived, structural)).collect();
    all.dedup();
    all
}

#[test]
fn alternatives_may_be_written_out_and_say_that_they_are_objects() {
    let document = with_schemas(
        "Whole: {allOf: [{$ref: '#/components/schemas/Part'}, {properties: {b: {type: integer}}}]}\nPart: {type: object, \
         properties: {a: {type: string}}}\nThing: {oneOf: [{$ref: '#/components/schemas/Whole'}, {$ref: '#/components/schemas/Part'}, \
         {properties: {c: {type: boolean}}}]}",
    );
    let derived = |name: &str, text: Value| {
        json!({"title": "Thing", "oneOf": [
            {"type": "object", "properties": {name: {"type": "string"}, "b": {"type": "integer"}}},
            {"type": "object", "properties": {"a": text}},
            {"type": "object", "properties": {"c": {"type": "boolean"}}},
        ]})
    };
    let text = json!({"type": "string"});
    assert_eq!(said(&document, derived("a", text.clone())), Vec::<String>::new());
    for wrong in [derived("z", text), derived("a", json!({"type": "integer"}))] {
        assert!(said(&document, wrong).contains(&"Changed oneOf at Thing".to_owned()));
    }
}

#[test]
fn an_alternative_within_an_all_of_of_its_own_is_what_it_holds() {
    let document = with_schemas(
        "Part: {type: object, properties: {a: {type: string}}}\nThing: {oneOf: [{allOf: [{$ref: '#/components/schemas/Part'}]}, \
         {type: integer}]}",
    );
    let part = json!({"title": "Part", "type": "object", "properties": {"a": {"type": "string"}}});
    let derived =
        |first: Value| json!({"title": "Thing", "oneOf": [first, {"type": "integer"}], "$defs": {"Part": part}});
    assert_eq!(said(&document, derived(json!({"$ref": "#/$defs/Part"}))), Vec::<String>::new());
    assert!(said(&document, derived(json!({"type": "boolean"}))).contains(&"Changed oneOf at Thing".to_owned()));
}
