//! The document as judge: where 3.0 differs from what a validator does by itself.

use contract_tests::oracle::Validator;
use serde_json::{Value, json};

use super::{component, verdict, with_schemas};

const SCHEMAS: &str = r##"
Nullable: {type: string, nullable: true, maxLength: 2}
NullableEnum: {type: string, nullable: true, enum: [a, null]}
NullOutside: {type: string, nullable: true, enum: [a]}
Untyped: {nullable: true, maxLength: 2}
Sibling: {$ref: '#/components/schemas/Short', nullable: true, maxLength: 9}
Short: {type: string, maxLength: 2}
Exclusive: {type: number, minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}
Narrow: {type: integer, format: int32}
Wide: {type: integer, format: int64}
Plain: {type: integer}
Bytes: {type: string, x-maxBytes: 4}
Pattern: {type: string, pattern: b}
Closed: {type: object, additionalProperties: false, required: [a], properties: {a: {type: string}, id: {type: string}}}
Example: {type: object, example: {$ref: nowhere}, properties: {a: {type: string, maxLength: 1}}}
Loop: {type: object, properties: {next: {$ref: '#/components/schemas/Loop'}, name: {$ref: '#/components/schemas/Short'}}}
"##;

#[test]
fn the_verdicts_are_those_of_3_0() {
    let document = with_schemas(SCHEMAS);
    let table: &[(&str, Value, &[&str])] = &[
        ("Nullable", json!(null), &[]),
        ("Nullable", json!("abc"), &["maxLength at /"]),
        ("NullableEnum", json!(null), &[]),
        ("NullOutside", json!(null), &["enum at /"]),
        ("Untyped", json!(null), &[]),
        ("Untyped", json!("abc"), &["maxLength at /"]),
        ("Sibling", json!(null), &["type at /"]),
        ("Sibling", json!("abc"), &["maxLength at /"]),
        ("Short", json!("\u{1f600}\u{1f600}"), &[]),
        ("Short", json!("e\u{301}x"), &["maxLength at /"]),
        ("Short", json!(7), &["type at /"]),
        ("Exclusive", json!(1), &["exclusiveMinimum at /"]),
        ("Exclusive", json!(2), &[]),
        ("Narrow", json!(2_147_483_647), &[]),
        ("Narrow", json!(2_147_483_648_i64), &["format at /"]),
        ("Narrow", json!(1.0), &["type at /"]),
        ("Wide", json!(i64::MAX), &[]),
        ("Wide", json!(i64::MAX as u64 + 1), &["format at /"]),
        ("Wide", json!(1.5), &["type at /"]),
        ("Plain", json!(i64::MIN), &[]),
        ("Plain", json!(u64::MAX), &["type at /"]),
        ("Bytes", json!("\u{1f600}"), &[]),
        ("Bytes", json!("\u{1f600}a"), &["x-maxBytes at /"]),
        ("Pattern", json!("abc"), &[]),
        ("Pattern", json!("ac"), &["pattern at /"]),
        (
            "Closed",
            json!({"a": "", "id": "", "b": 1, "c": 2}),
            &["additionalProperties at /b", "additionalProperties at /c"],
        ),
        ("Closed", json!({}), &["required at /a"]),
        ("Closed", json!([]), &["type at /"]),
        ("Example", json!({"a": "bb"}), &["maxLength at /a"]),
        ("Loop", json!({"next": {"next": {"name": "abc"}}}), &["maxLength at /next/next/name"]),
    ];
    for (name, payload, expected) in table {
        assert_eq!(verdict(&document, name, payload), *expected, "{name}: {payload}");
    }
}

#[test]
fn a_schema_that_is_none_is_an_error_with_its_place() {
    for (schemas, expected) in [
        ("Bad: {type: string, maxLength: -1}", "/components/schemas/Bad/maxLength: "),
        ("Bad: {type: string, x-maxBytes: many}", "/components/schemas/Bad"),
        ("Bad: {type: string, pattern: '('}", "/components/schemas/Bad/pattern: "),
        ("Bad: {properties: {a: {$ref: 'other.yaml#/a'}}}", "/components/schemas/Bad/properties/a/$ref: "),
    ] {
        let document = with_schemas(schemas);
        let error = Validator::new(&document, component(&document, "Bad")).expect_err("it is no schema");
        assert!(error.to_string().starts_with(expected), "{schemas}: {error}");
    }
}
