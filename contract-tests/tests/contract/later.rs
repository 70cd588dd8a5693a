//! Documents of OpenAPI 3.1: what is said in other words than in 3.0, and what 3.0 has no words for.

use contract_tests::cases::Enumerator;
use contract_tests::document::{Document, Located, Pointer};
use contract_tests::oracle::Validator;
use serde_json::{Value, json};

fn document(schemas: &str) -> Document {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Later, version: 1.0.0}}\npaths: {{}}\ncomponents:\n  schemas:\n    {}",
        schemas.replace('\n', "\n    ")
    );
    Document::parse("later.yaml", &text).expect("a document")
}

fn thing(document: &Document) -> Located<'_> {
    document.at(&Pointer::written("/components/schemas/Thing")).expect("the schema is there")
}

type Texts = &'static [&'static str];

/// What each schema takes and refuses, and the keywords of which there is a case of each, valid or not.
const SCHEMAS: &[(&str, Texts, Texts, Texts)] = &[
    ("type: [string, 'null']", &["null", "\"a\""], &["1"], &["type"]),
    ("type: [string, integer]", &["1", "\"a\""], &["null", "true"], &["anyOf"]),
    (
        "type: [string, integer, 'null']\nminLength: 2\nminimum: 5",
        &["null", "5", "\"ab\""],
        &["4", "\"a\""],
        &["anyOf"],
    ),
    ("const: 7", &["7"], &["8", "\"7\""], &["enum"]),
    ("type: number\nexclusiveMinimum: 0\nmaximum: 3", &["3", "0.5"], &["0", "4"], &["exclusiveMinimum", "maximum"]),
    ("type: integer", &["1", "1.0"], &["1.5"], &["type"]),
    ("anyOf: [{type: string, maxLength: 3}, {type: 'null'}]", &["null", "\"abc\""], &["\"abcd\""], &["maxLength"]),
    (
        "oneOf: [{type: object, required: [a]}, {type: object, required: [b]}, {type: 'null'}]",
        &["null", r#"{"a":1}"#],
        &["{}"],
        &["oneOf"],
    ),
    ("$ref: '#/components/schemas/Other'\nmaxLength: 2", &["\"ab\""], &["\"abc\"", "1"], &["maxLength", "type"]),
    ("anyOf: [{$ref: '#/components/schemas/Other'}, {type: 'null'}]", &["null", "\"a\""], &["1"], &["type"]),
    ("type: object\npropertyNames: {pattern: '^[a-z]+$'}", &[r#"{"a":1}"#], &[r#"{"A":1}"#], &["propertyNames"]),
    (
        "type: object\npatternProperties: {'^x-': {type: integer, minimum: 3}}\nadditionalProperties: false",
        &[r#"{"x-a":3}"#],
        &[r#"{"x-a":2}"#, r#"{"b":1}"#],
        &["minimum", "additionalProperties"],
    ),
    (
        "type: object\nproperties: {a: {type: integer}, b: {type: integer}}\ndependentRequired: {a: [b]}",
        &[r#"{"b":1}"#, r#"{"a":1,"b":1}"#],
        &[r#"{"a":1}"#],
        &["dependentRequired"],
    ),
    (
        "type: object\nproperties: {a: {type: integer}, b: {type: integer}}\ndependentSchemas: {a: {required: [b]}}",
        &[r#"{"b":1}"#],
        &[r#"{"a":1}"#],
        &["required"],
    ),
    (
        "type: object\nproperties: {a: {type: string}}\nif: {required: [a], properties: {a: {const: x}}}\nthen: {required: [b]}\n\
         else: {properties: {a: {maxLength: 2}}}",
        &[r#"{"a":"x","b":1}"#, r#"{"a":"yy"}"#],
        &[r#"{"a":"x"}"#, r#"{"a":"yyy"}"#],
        &["required", "maxLength"],
    ),
    (
        "type: array\nprefixItems: [{type: string}, {type: integer, minimum: 2}]\nitems: false",
        &[r#"["a",2]"#, "[]"],
        &[r#"["a",1]"#, r#"[1]"#, r#"["a",2,3]"#],
        &["minimum", "type"],
    ),
    (
        "type: array\nitems: {type: integer}\ncontains: {type: integer, minimum: 5}\nminContains: 2\nmaxContains: 3",
        &["[5,6,1]"],
        &["[5,1]", "[5,6,7,8]"],
        &["contains", "maxContains"],
    ),
    ("type: array\ncontains: {const: 1}", &["[2,1]"], &["[]", "[2]"], &["contains"]),
    (
        "type: object\nallOf: [{properties: {a: {type: integer}}}]\nproperties: {b: {type: integer}}\n\
         unevaluatedProperties: false",
        &[r#"{"a":1,"b":2}"#],
        &[r#"{"c":1}"#],
        &["additionalProperties"],
    ),
    (
        "$defs: {inner: {type: string}}\ntype: object\nproperties: {a: {$ref: '#/components/schemas/Thing/$defs/inner'}}",
        &[r#"{"a":"x"}"#],
        &[r#"{"a":1}"#],
        &["type"],
    ),
    (
        "$id: 'https://a.example/schemas/thing'\n$anchor: thing\ntype: object\nproperties:\n  more: {$ref: '#thing'}\n  \
         size: {$ref: 'thing#size'}\n  other: {$ref: '#/components/schemas/Other'}\n$defs: {size: {$anchor: size, type: integer}}",
        &[r#"{"more":{"size":1},"other":"a"}"#],
        &[r#"{"more":{"size":"a"}}"#, r#"{"other":1}"#],
        &["type"],
    ),
    (
        "$dynamicAnchor: node\ntype: object\nproperties: {more: {$dynamicRef: '#node'}, size: {type: integer}}",
        &[r#"{"more":{"more":{"size":1}}}"#],
        &[r#"{"more":{"more":{"size":"a"}}}"#],
        &["type"],
    ),
];

#[test]
fn every_keyword_is_read_as_it_is_meant_and_has_cases() {
    for (schema, valid, invalid, keywords) in SCHEMAS {
        let schemas = format!("Thing:\n  {}\nOther: {{type: string}}", schema.replace('\n', "\n  "));
        let document = document(&schemas);
        let validator = Validator::new(&document, thing(&document)).expect("the schema compiles");
        let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        for text in *valid {
            assert!(validator.accepts(&value(text)), "{schema}: {text} conforms");
        }
        for text in *invalid {
            assert!(!validator.accepts(&value(text)), "{schema}: {text} does not conform");
        }
        let cases = Enumerator::new(&document).cases(thing(&document)).expect("there are cases");
        assert!(cases.cases.iter().any(|case| case.fault.is_none()), "{schema}: no valid case");
        for keyword in *keywords {
            let is_of =
                |case: &contract_tests::cases::Case| case.fault.as_ref().is_some_and(|fault| fault.keyword == *keyword);
            assert!(cases.cases.iter().any(is_of), "{schema}: no case of {keyword}: {:?}", cases.refuted);
        }
    }
}

#[test]
fn what_moved_is_named_where_it_is_written() {
    let document = document(
        "Thing:\n  type: object\n  properties:\n    a:\n      const: 7\n    b:\n      exclusiveMinimum: 3\n    c:\n      \
         $ref: '#/components/schemas/Thing'\n      description: more",
    );
    for (pointer, line) in [
        ("/components/schemas/Thing/properties/a/enum", 10),
        ("/components/schemas/Thing/properties/b/minimum", 12),
        ("/components/schemas/Thing/properties/c/allOf/0/$ref", 14),
    ] {
        let place = document.place(&Pointer::written(pointer)).expect("a place");
        assert_eq!(place.line, line, "{pointer}");
    }
}

#[test]
fn what_3_0_says_means_nothing_in_3_1() {
    let document = document("Thing: {type: string, nullable: true}");
    let validator = Validator::new(&document, thing(&document)).expect("the schema compiles");
    assert!(!validator.accepts(&Value::Null));
}

#[test]
fn webhooks_have_schemas_and_operations_may_have_no_responses() {
    let text = "openapi: 3.1.0\ninfo: {title: Later, version: 1.0.0}\nwebhooks:\n  petBorn:\n    post:\n      requestBody:\n        content: \
                {application/json: {schema: {type: object, required: [at]}}}\npaths:\n  /a: {get: {}}";
    let document = Document::parse("later.yaml", text).expect("a document");
    let names: Vec<&str> = document.component_schemas().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["PetBornWebhook"]);
    let place = document.place(&Pointer::written("/components/schemas/PetBornWebhook/required")).expect("a place");
    assert_eq!(place.line, 7);
    let operations = document.operations().expect("operations");
    assert_eq!(operations[0].responses.len(), 1);
}

#[test]
fn a_certificate_is_no_credential_of_a_request() {
    let text = "openapi: 3.1.0\ninfo: {title: Later, version: 1.0.0}\npaths:\n  /a: {get: {security: [{both: [], key: []}]}}\ncomponents:\n  \
                securitySchemes: {both: {type: mutualTLS}, key: {type: apiKey, in: header, name: k}}";
    let document = Document::parse("later.yaml", text).expect("a document");
    let operations = document.operations().expect("operations");
    assert_eq!(operations[0].security[0].schemes, [("key".to_owned(), Vec::new())]);
}

#[test]
fn a_description_beside_a_reference_goes_ahead() {
    let text = "openapi: 3.1.0\ninfo: {title: Later, version: 1.0.0}\npaths:\n  /a:\n    get:\n      parameters: [{$ref: \
                '#/components/parameters/P', description: own}]\ncomponents:\n  parameters: {P: {name: p, in: query, description: \
                theirs, schema: {type: string}}}";
    let document = Document::parse("later.yaml", text).expect("a document");
    let described = document.at(&Pointer::written("/paths/~1a/get/parameters/0/description")).expect("a description");
    assert_eq!(described.value, &json!("own"));
}
