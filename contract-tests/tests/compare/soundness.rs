//! What was proved once and is not so: each of these had a reason that is easily brought back.

use contract_tests::compare::{Dialect, Inclusion, inclusion};
use serde_json::{Value, json};

#[track_caller]
fn refuted(dialect: Dialect, left: &Value, right: &Value) {
    let found = inclusion(dialect, left, right);
    assert!(matches!(found, Inclusion::Counterexample(_)), "{left} within {right}: {found:?}");
}

#[track_caller]
fn unproved(dialect: Dialect, left: &Value, right: &Value) {
    let found = inclusion(dialect, left, right);
    assert!(matches!(found, Inclusion::Undecided(_)), "{left} within {right}: {found:?}");
}

#[track_caller]
fn proved(dialect: Dialect, left: &Value, right: &Value) {
    assert_eq!(inclusion(dialect, left, right), Inclusion::Included, "{left} within {right}");
}

#[test]
fn what_takes_too_many_steps_is_no_proof() {
    // Eight members of one name or another cannot be seven, which takes long to see; the other way is short.
    let names: Value = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "type": "integer" })))
        .collect();
    let each: Vec<Value> =
        (1..=8).map(|value| json!({ "not": { "additionalProperties": { "not": { "const": value } } } })).collect();
    let long = json!({ "properties": names, "allOf": each, "maxProperties": 7 });
    let left = json!({ "type": "object", "anyOf": [long, { "required": ["q", "r"] }] });
    let found = inclusion(Dialect::Draft7, &left, &json!({ "type": "string" }));
    assert_ne!(found, Inclusion::Included);
}

#[test]
fn numbers_are_looked_at_until_all_that_is_left_out_is_passed() {
    let odd =
        json!({ "type": "integer", "minimum": 1, "not": { "anyOf": [{ "multipleOf": 2 }, { "enum": [1, 3, 5, 7] }] } });
    refuted(Dialect::Draft7, &odd, &json!({ "type": "string" }));
    let far = json!({ "type": "integer", "not": { "anyOf": [{ "multipleOf": 2 }, { "multipleOf": 3 }, { "enum": [1, -1, 5, -5, 7, -7] }] } });
    refuted(Dialect::Draft4, &far, &json!({ "type": "string" }));
    let none = json!({ "type": "integer", "not": { "anyOf": [{ "multipleOf": 2 }, { "not": { "multipleOf": 2 } }] } });
    proved(Dialect::Draft7, &none, &json!({ "type": "string" }));
}

#[test]
fn great_counts_count() {
    let long = json!({ "minLength": 1e20 });
    let found = inclusion(Dialect::Draft7, &json!({ "minLength": 1 }), &long);
    assert_ne!(found, Inclusion::Included);
    proved(Dialect::Draft7, &json!({ "minItems": 2.0 }), &json!({ "minItems": 2 }));
}

#[test]
fn dynamic_references_mean_what_they_lead_to() {
    let to = |kind: &str| json!({ "$dynamicRef": "#n", "$defs": { "n": { "$dynamicAnchor": "n", "type": kind } } });
    refuted(Dialect::Draft202012, &to("string"), &to("integer"));
    proved(Dialect::Draft202012, &to("integer"), &to("number"));
    let recursive = |kind: &str| json!({ "type": ["array", kind], "items": { "$recursiveRef": "#" } });
    refuted(Dialect::Draft201909, &recursive("number"), &recursive("integer"));
    proved(Dialect::Draft201909, &recursive("integer"), &recursive("number"));
    // What a tree's nodes are depends on who has referred to it.
    let document = |start: &str| {
        json!({ "$ref": start, "$defs": {
            "tree": { "$id": "http://x/tree", "$dynamicAnchor": "node", "properties": { "next": { "$dynamicRef": "#node" } } },
            "strict": { "$id": "http://x/strict", "$dynamicAnchor": "node", "$ref": "tree", "type": "object" }
        } })
    };
    let loose = json!({ "allOf": [{ "$ref": "http://x/tree" }, { "type": "object" }], "$defs": document("")["$defs"] });
    unproved(Dialect::Draft202012, &loose, &document("http://x/strict"));
    proved(Dialect::Draft202012, &document("http://x/strict"), &document("http://x/strict"));
}

#[test]
fn names_are_found_wherever_they_are_listed() {
    let names = json!({ "enum": ["a", "b"], "properties": { "x": { "$ref": "#/definitions/n" } } });
    let left =
        json!({ "type": "object", "propertyNames": { "$ref": "#/definitions/n" }, "definitions": { "n": names } });
    refuted(Dialect::Draft7, &left, &json!({ "maxProperties": 0 }));
    proved(Dialect::Draft7, &left, &json!({ "maxProperties": 2 }));
}

#[test]
fn numbers_are_equal_however_they_are_written() {
    let whole = json!({ "type": "integer", "enum": [1] });
    refuted(Dialect::Draft4, &json!({ "enum": [1.0] }), &whole);
    refuted(Dialect::Draft4, &json!({ "enum": [[1.0]] }), &json!({ "enum": [[1]], "items": { "type": "integer" } }));
    proved(Dialect::Draft4, &json!({ "enum": [1.0] }), &json!({ "enum": [1] }));
    proved(Dialect::Draft4, &whole, &json!({ "type": "integer" }));
    // A validator takes 1.0 as well, which is no integer to it; nobody has written it.
    unproved(Dialect::Draft4, &json!({ "enum": [1] }), &json!({ "type": "integer" }));
    unproved(Dialect::Draft4, &json!({ "enum": [[1]] }), &json!({ "items": { "type": "integer" } }));
    let twins = json!({ "type": "array", "items": [{ "type": "integer" }, { "type": "number", "not": { "type": "integer" } }] });
    let pair = json!({ "allOf": [twins, { "minItems": 2, "maxItems": 2 }] });
    assert_ne!(inclusion(Dialect::Draft4, &pair, &json!({ "uniqueItems": true })), Inclusion::Included);
    proved(Dialect::Draft6, &json!({ "enum": [1.0] }), &whole);
}

#[test]
fn properties_may_be_called_like_keywords() {
    let node = |kind: &str| json!({ "type": "object", "properties": { "default": { "$ref": "#/definitions/node" }, "enum": { "type": kind } } });
    let schema =
        |kind: &str| json!({ "allOf": [{ "$ref": "#/definitions/node" }], "definitions": { "node": node(kind) } });
    proved(Dialect::Draft4, &schema("integer"), &schema("number"));
    refuted(Dialect::Draft4, &schema("number"), &schema("integer"));
}

#[test]
fn what_a_string_is_said_to_hold_is_not_left_out() {
    let found =
        inclusion(Dialect::Draft7, &json!({ "type": "string" }), &json!({ "contentMediaType": "application/json" }));
    assert_ne!(found, Inclusion::Included);
}
