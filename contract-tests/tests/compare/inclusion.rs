//! Pairs of schemas whose inclusion is known.

use contract_tests::compare::{Dialect, Inclusion, inclusion};
use serde_json::{Value, json};

/// Both directions: whether the first is included in the second, and the second in the first.
fn check(dialect: Dialect, left: &Value, right: &Value, forth: bool, back: bool) {
    for (one, other, expected) in [(left, right, forth), (right, left, back)] {
        let found = inclusion(dialect, one, other);
        let fine = match found {
            Inclusion::Included => expected,
            Inclusion::Counterexample(_) => !expected,
            Inclusion::Undecided(_) => false,
        };
        assert!(fine, "{dialect:?}: {one} within {other}: expected {expected}, found {found:?}");
    }
}

#[test]
fn keywords_of_openapi_are_decided() {
    let tree = json!({ "definitions": { "t": { "type": "object", "properties": { "next": { "$ref": "#/definitions/t" }, "v": { "type": "integer" } } } }, "allOf": [{ "$ref": "#/definitions/t" }] });
    let wider = json!({ "definitions": { "t": { "type": "object", "properties": { "next": { "$ref": "#/definitions/t" }, "v": { "type": "number" } } } }, "allOf": [{ "$ref": "#/definitions/t" }] });
    for (left, right, forth, back) in [
        (json!({}), json!({ "type": ["null", "boolean", "number", "string", "array", "object"] }), true, true),
        (json!({ "type": "integer" }), json!({ "type": "number" }), true, false),
        (json!({ "type": "string" }), json!({ "type": ["string", "null"] }), true, false),
        (json!({ "enum": ["a", "b"] }), json!({ "enum": ["c", "b", "a"] }), true, false),
        (json!({ "enum": ["a", 1] }), json!({ "type": ["string", "number"] }), true, false),
        (json!({ "enum": [1] }), json!({ "enum": [1.0] }), true, true),
        (json!({ "minimum": 3 }), json!({ "minimum": 2 }), true, false),
        (json!({ "minimum": 3, "exclusiveMinimum": true }), json!({ "minimum": 3 }), true, false),
        (
            json!({ "type": "integer", "minimum": 3, "exclusiveMinimum": true }),
            json!({ "type": "integer", "minimum": 4 }),
            true,
            true,
        ),
        (json!({ "type": "number", "multipleOf": 6 }), json!({ "type": "number", "multipleOf": 3 }), true, false),
        (json!({ "type": "number", "multipleOf": 0.3 }), json!({ "type": "number", "multipleOf": 0.1 }), true, false),
        (json!({ "allOf": [{ "multipleOf": 2 }, { "multipleOf": 3 }] }), json!({ "multipleOf": 6 }), true, true),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 3 }),
            json!({ "type": "integer", "enum": [1, 2, 3] }),
            true,
            true,
        ),
        (json!({ "minLength": 2 }), json!({ "minLength": 1 }), true, false),
        (json!({ "type": "string", "maxLength": 5, "minLength": 6 }), json!({ "not": {} }), true, true),
        (
            json!({ "type": "string", "pattern": "^[a-z]{2,3}$" }),
            json!({ "type": "string", "pattern": "^[a-z]+$", "maxLength": 3 }),
            true,
            false,
        ),
        (json!({ "type": "string", "pattern": "^a" }), json!({ "type": "string", "pattern": "a" }), true, false),
        (json!({ "type": "string", "pattern": "^(a|b)$" }), json!({ "enum": ["a", "b"] }), true, true),
        (
            json!({ "type": "string", "pattern": "^(?!a)" }),
            json!({ "type": "string", "not": { "pattern": "^a" } }),
            true,
            true,
        ),
        (json!({ "type": "string", "format": "date-time" }), json!({ "type": "string" }), true, false),
        (
            json!({ "type": "string", "format": "date-time" }),
            json!({ "type": "string", "pattern": "^\\d{4}-" }),
            true,
            false,
        ),
        (json!({ "type": "string", "format": "ipv4" }), json!({ "type": "string", "maxLength": 15 }), true, false),
        (json!({ "items": { "type": "integer" } }), json!({ "items": { "type": "number" } }), true, false),
        (json!({ "type": "array", "maxItems": 0 }), json!({ "type": "array", "items": { "not": {} } }), true, true),
        (json!({ "type": "array", "maxItems": 1 }), json!({ "type": "array", "uniqueItems": true }), true, false),
        (
            json!({ "type": "array", "uniqueItems": true, "items": { "enum": [1, 2] } }),
            json!({ "maxItems": 2 }),
            true,
            false,
        ),
        (json!({ "minItems": 2 }), json!({ "minItems": 1 }), true, false),
        (
            json!({ "properties": { "a": { "type": "integer" } } }),
            json!({ "properties": { "a": { "type": "number" } } }),
            true,
            false,
        ),
        (json!({ "required": ["a", "b"] }), json!({ "required": ["a"] }), true, false),
        (
            json!({ "required": ["a", "b"] }),
            json!({ "type": ["null", "boolean", "number", "string", "array", "object"], "minProperties": 2 }),
            true,
            false,
        ),
        (
            json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": false }),
            json!({ "type": "object", "maxProperties": 1 }),
            true,
            false,
        ),
        (
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "string" } }),
            json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            true,
            true,
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }] }),
            true,
            true,
        ),
        (
            json!({ "oneOf": [{ "minimum": 2 }, { "maximum": 5 }], "type": "integer" }),
            json!({ "type": "integer", "not": { "enum": [3] } }),
            true,
            false,
        ),
        (
            json!({ "not": { "type": "string" } }),
            json!({ "type": ["null", "boolean", "number", "array", "object"] }),
            true,
            true,
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "enum": ["never"], "type": "integer" }),
            true,
            true,
        ),
        (tree.clone(), wider, true, false),
        (
            json!({ "oneOf": [
                { "type": "object", "required": ["k"], "properties": { "k": { "enum": ["a"] }, "x": { "type": "integer" } } },
                { "type": "object", "required": ["k"], "properties": { "k": { "enum": ["b"] } } }
            ] }),
            json!({ "oneOf": [
                { "type": "object", "required": ["k"], "properties": { "k": { "enum": ["b"] } } },
                { "type": "object", "required": ["k"], "properties": { "k": { "enum": ["c"] } } },
                { "type": "object", "required": ["k"], "properties": { "k": { "enum": ["a"] }, "x": { "type": "number" } } }
            ] }),
            true,
            false,
        ),
        (
            json!({ "definitions": { "endless": { "type": "object", "required": ["n"], "properties": { "n": { "$ref": "#/definitions/endless" } } } }, "allOf": [{ "$ref": "#/definitions/endless" }] }),
            json!({ "not": {} }),
            true,
            true,
        ),
    ] {
        check(Dialect::Draft4, &left, &right, forth, back);
    }
}

#[test]
fn own_keywords_are_decided() {
    for (left, right, forth, back) in [
        (json!({ "type": "string", "maxLength": 3 }), json!({ "type": "string", "x-maxBytes": 12 }), true, false),
        (json!({ "type": "string", "format": "uuid" }), json!({ "type": "string", "maxLength": 36 }), true, false),
        (
            json!({ "type": "string", "format": "date" }),
            json!({ "type": "string", "pattern": "^\\d{4}-" }),
            true,
            false,
        ),
        (json!({ "type": "string", "x-maxBytes": 3 }), json!({ "type": "string", "maxLength": 3 }), true, false),
        (
            json!({ "type": "integer", "x-integerRange": { "least": -2147483648_i64, "most": 2147483647, "blame": "format" } }),
            json!({ "type": "integer", "x-integerRange": { "least": i64::MIN, "most": i64::MAX, "blame": "format" } }),
            true,
            false,
        ),
    ] {
        check(Dialect::OpenApi30, &left, &right, forth, back);
    }
    // The expression of `byte` covers one alphabet only, so that the proof is not to be had, and is not given.
    let (byte, letters) = (json!({ "format": "byte", "type": "string" }), json!({ "pattern": "^[0-9A-Za-z+/_=-]*$" }));
    let found = inclusion(Dialect::OpenApi30, &byte, &letters);
    assert!(matches!(found, Inclusion::Undecided(_)), "{found:?}");
}

#[test]
fn keywords_of_later_versions_are_decided() {
    use Dialect::{Draft6, Draft7, Draft201909, Draft202012};
    for (dialect, left, right, forth, back) in [
        (Draft6, json!({ "const": 1 }), json!({ "type": "integer" }), true, false),
        (Draft6, json!({ "const": 1.0 }), json!({ "type": "integer" }), true, false),
        (Draft6, json!({ "type": "integer", "minimum": 1, "maximum": 3 }), json!({ "enum": [1, 2, 3] }), true, true),
        (Draft6, json!({ "enum": ["a", 1] }), json!({ "type": ["string", "integer"] }), true, false),
        (Draft6, json!({ "type": "number", "multipleOf": 1 }), json!({ "type": "integer" }), true, true),
        (Draft6, json!({ "exclusiveMinimum": 3 }), json!({ "minimum": 3 }), true, false),
        (Draft6, json!({ "type": "array", "contains": { "const": 1 } }), json!({ "minItems": 1 }), true, false),
        (
            Draft6,
            json!({ "propertyNames": { "pattern": "^a" } }),
            json!({ "patternProperties": { "^[^a]": false } }),
            true,
            false,
        ),
        (
            Draft6,
            json!({ "propertyNames": { "maxLength": 1 } }),
            json!({ "propertyNames": { "maxLength": 2 } }),
            true,
            false,
        ),
        (Draft6, json!(false), json!({ "const": 1 }), true, false),
        (
            Draft7,
            json!({ "if": { "type": "string" }, "then": { "minLength": 1 }, "else": false }),
            json!({ "type": "string", "minLength": 1 }),
            true,
            true,
        ),
        (
            Draft7,
            json!({ "patternProperties": { "^a": { "type": "integer" } } }),
            json!({ "properties": { "ab": { "type": "integer" } } }),
            true,
            false,
        ),
        (
            Draft7,
            json!({ "dependencies": { "a": ["b"] }, "required": ["a"] }),
            json!({ "required": ["b"] }),
            true,
            false,
        ),
        (
            Draft7,
            json!({ "type": "object", "dependencies": { "a": ["b"] }, "required": ["a"] }),
            json!({ "type": "object", "required": ["a", "b"] }),
            true,
            true,
        ),
        (
            Draft7,
            json!({ "items": [{ "type": "string" }], "additionalItems": false }),
            json!({ "maxItems": 1 }),
            true,
            false,
        ),
        (
            Draft201909,
            json!({ "type": "array", "contains": { "type": "string" }, "minContains": 2 }),
            json!({ "type": "array", "contains": { "type": "string" }, "minItems": 2 }),
            true,
            false,
        ),
        (
            Draft201909,
            json!({ "type": "array", "contains": { "type": "string" }, "maxContains": 1 }),
            json!({ "type": "array", "contains": { "type": "string" }, "maxContains": 2 }),
            true,
            false,
        ),
        (
            Draft201909,
            json!({ "dependentRequired": { "a": ["b", "c"] } }),
            json!({ "dependentRequired": { "a": ["b"] } }),
            true,
            false,
        ),
        (
            Draft201909,
            json!({ "$ref": "#/$defs/s", "minLength": 2, "$defs": { "s": { "type": "string" } } }),
            json!({ "type": "string", "minLength": 1 }),
            true,
            false,
        ),
        (
            Draft202012,
            json!({ "prefixItems": [{ "type": "string" }], "items": false }),
            json!({ "maxItems": 1 }),
            true,
            false,
        ),
        (
            Draft202012,
            json!({ "anyOf": [{ "properties": { "a": true } }, { "properties": { "b": true } }], "unevaluatedProperties": false }),
            json!({ "properties": { "a": true, "b": true }, "additionalProperties": false }),
            true,
            true,
        ),
        (
            Draft202012,
            json!({ "$ref": "#/$defs/one", "if": { "required": ["a"] }, "then": { "properties": { "b": true } }, "unevaluatedProperties": false, "$defs": { "one": { "properties": { "a": true } } } }),
            json!({ "dependentRequired": { "b": ["a"] } }),
            true,
            false,
        ),
        (
            Draft202012,
            json!({ "prefixItems": [true], "contains": { "type": "string" }, "unevaluatedItems": false }),
            json!({ "prefixItems": [true], "items": { "type": "string" } }),
            true,
            false,
        ),
        (
            Draft202012,
            json!({ "$defs": { "s": { "$anchor": "here", "type": "string" } }, "$ref": "#here" }),
            json!({ "type": "string" }),
            true,
            true,
        ),
    ] {
        check(dialect, &left, &right, forth, back);
    }
}

#[test]
fn what_is_not_understood_is_undecided() {
    for (dialect, left, right) in [
        (Dialect::Draft7, json!({ "$ref": "http://example.com/elsewhere" }), json!({ "type": "string" })),
        (
            Dialect::Draft7,
            json!({ "type": "string", "pattern": "^(a+)\\1$" }),
            json!({ "type": "string", "pattern": "^(aa)+$" }),
        ),
    ] {
        let found = inclusion(dialect, &left, &right);
        assert!(matches!(found, Inclusion::Undecided(_)), "{left} within {right}: {found:?}");
    }
    // Whatever a pattern says, it says it on both sides.
    let pattern = json!({ "type": "string", "pattern": "^(a+)\\1$" });
    assert_eq!(inclusion(Dialect::Draft7, &pattern, &json!({ "allOf": [pattern] })), Inclusion::Included);
}
