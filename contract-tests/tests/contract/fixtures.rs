//! Documents for tests, and what they say.

use contract_tests::document::{Document, Located, Pointer};
use contract_tests::oracle::Validator;
use serde_json::Value;

/// The document that the client was generated from.
pub fn own() -> Document {
    Document::own().expect("the workspace has a document")
}

/// A document with these component schemas, written in YAML.
pub fn with_schemas(schemas: &str) -> Document {
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}");
    Document::parse("fixture.yaml", &text).expect("the fixture is well-formed")
}

/// A component schema.
pub fn component<'d>(document: &'d Document, name: &str) -> Located<'d> {
    document.at(&Pointer::written("/components/schemas").child(name)).expect("the component is there")
}

/// What the document says of a payload, as `keyword at pointer`.
pub fn verdict(document: &Document, name: &str, payload: &Value) -> Vec<String> {
    let validator = Validator::new(document, component(document, name)).expect("the schema compiles");
    validator.violations(payload).iter().map(ToString::to_string).collect()
}
