//! A document of OpenAPI 3.0 and its translation to 3.1 give the same client.

use codegen::{Layout, generate};
use serde_json::{Map, Value, json};

use crate::fixtures::{self, Fixture};

/// The document as it is, and as OpenAPI 3.1 writes it, where its schemas need only be written otherwise.
fn in_both(fixture: &Fixture) -> [Vec<u8>; 2] {
    let document = codegen::Document::parse(&fixture.file, &fixture.bytes).unwrap();
    let mut root = document.root().clone();
    meant(&mut root);
    let older = root.to_string().into_bytes();
    newer(&mut root);
    root["openapi"] = "3.1.0".into();
    [older, root.to_string().into_bytes()]
}

/// Takes away a `nullable` without a `type` beside it: 3.1 has no word for a null that is meant and not allowed.
fn meant(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(meant),
        Value::Object(fields) => {
            if fields.get("nullable") == Some(&Value::Bool(true)) && !fields.contains_key("type") {
                fields.shift_remove("nullable");
            }
            fields.values_mut().for_each(meant);
        }
        _ => {}
    }
}

fn newer(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(newer),
        Value::Object(fields) => {
            fields.values_mut().for_each(newer);
            schema(fields);
        }
        _ => {}
    }
}

/// Writes a schema otherwise; what is none has none of these keywords with such values.
fn schema(fields: &mut Map<String, Value>) {
    let is_schema =
        ["type", "properties", "allOf", "oneOf", "anyOf", "enum"].iter().any(|name| fields.contains_key(*name));
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        fields.shift_remove("nullable");
        if let Some(ty) = fields.get("type").cloned() {
            fields.insert("type".to_owned(), json!([ty, "null"]));
        }
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if fields.get(exclusive) == Some(&Value::Bool(true)) {
            let limit = fields.shift_remove(bound).unwrap();
            fields.insert(exclusive.to_owned(), limit);
        }
    }
    if fields.get("$ref").and_then(Value::as_str).is_some_and(|target| target.contains("/schemas/")) {
        // What stands beside it counts in 3.1.
        fields.retain(|name, _| name == "$ref");
    }
    for (format, keyword, value) in
        [("byte", "contentEncoding", "base64"), ("binary", "contentMediaType", "application/octet-stream")]
    {
        if fields.get("type").is_some_and(|ty| *ty == "string")
            && fields.get("format").is_some_and(|own| *own == format)
        {
            let renamed = fields.iter().map(|(name, own)| match name.as_str() {
                "format" => (keyword.to_owned(), value.into()),
                _ => (name.clone(), own.clone()),
            });
            *fields = renamed.collect();
        }
    }
    if is_schema && fields.contains_key("example") {
        let named = fields.iter().map(|(name, value)| match name.as_str() {
            "example" => ("examples".to_owned(), json!([value])),
            _ => (name.clone(), value.clone()),
        });
        *fields = named.collect();
    }
}

/// A line without the version of OpenAPI.
fn of_3_0(line: &str) -> String {
    line.split(", in OpenAPI 3.").next().unwrap_or(line).to_owned()
}

/// Where the files of a document differ from those of its translation, their headers aside.
fn differences(fixture: &Fixture) -> Vec<String> {
    let files = |bytes: &[u8]| {
        let generated = generate(&fixture.file, bytes, Layout::Crate);
        let generated = generated.unwrap_or_else(|found| panic!("{}: {found:?}", fixture.name));
        let files = generated.files.into_iter().map(|file| {
            let body: Vec<String> = file.contents.lines().skip(3).map(of_3_0).collect();
            (file.path, body)
        });
        files.collect::<Vec<_>>()
    };
    let [older, newer] = in_both(fixture).map(|bytes| files(&bytes));
    let paths = |files: &[(String, Vec<String>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&older), paths(&newer), "{}", fixture.name);
    let both = older.into_iter().zip(newer);
    // The ledger has keywords as they are written, and an alternative beside null is a member of `allOf`.
    let counts = |path: &str| path != "LEDGER.md" || fixture.name == "openapi/lineworks-partner";
    both.filter(|(older, newer)| older != newer && counts(&older.0))
        .map(|((path, older), (_, newer))| {
            let first = older.iter().zip(&newer).find(|(older, newer)| older != newer);
            format!("{}: {path}: {first:?}", fixture.name)
        })
        .collect()
}

#[test]
fn a_document_and_its_translation_give_the_same_client() {
    // In 3.1, a null that an enumeration does not list is no value.
    let fixtures = fixtures::all().into_iter().filter(|fixture| fixture.name != "tricky/enums");
    let found: Vec<String> = fixtures.flat_map(|fixture| differences(&fixture)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_null_beside_a_reference_is_a_value_in_3_1() {
    let document = br##"{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {
        "Cat": {"type": "object", "properties": {"name": {"type": "string"}}},
        "Home": {"type": "object", "properties": {
            "cat": {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "null"}]},
            "cats": {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "null"}]}}}}}}}"##;
    let types = |document: &[u8]| {
        let generated = generate("t.json", document, Layout::Crate).unwrap();
        generated.files.into_iter().find(|file| file.path.ends_with("types/builder.rs")).unwrap().contents
    };
    assert!(!types(document).contains("not_null"));
    // In 3.0, `nullable` says nothing without a `type` beside it.
    let older = String::from_utf8_lossy(document).replace("3.1.0", "3.0.3").replace(
        r##"{"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "null"}]}"##,
        r##"{"allOf": [{"$ref": "#/components/schemas/Cat"}], "nullable": true}"##,
    );
    let older = older.replace(r#", {"type": "null"}]"#, "]");
    assert!(types(older.as_bytes()).contains("not_null"));
}
