//! What no oracle has read is a difference; what says the same in other words is none.

use contract_tests::difference::Problem;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::Panel;
use contract_tests::oracle::ORACLES;
use contract_tests_own::SUBJECT;
use serde_json::{Map, Value, json};

use super::{judged_with, own};

const OPERATION: &str = "/paths/~1partners~1customers~1{domainId}/get";

/// What is put where, and a word of the advice.
const UNFORESEEN: &[(&str, &str, &str)] = &[
    ("", "webhooks", "spelled"),
    ("", "x-foo", "extension"),
    ("/info", "sumary", "spelled"),
    ("/tags/0", "x-display", "extension"),
    (OPERATION, "x-foo", "extension"),
    ("/paths/~1partners~1customers~1{domainId}/get/parameters/0", "requird", "spelled"),
    ("/paths/~1partners~1customers~1{domainId}/get/responses/404", "description", "beside a reference"),
    ("/components/schemas/Partnership/properties/memo", "maxLength", "beside a reference"),
    ("/components/responses", "Unused", "nothing refers to it"),
    ("/components/headers", "Unused", "nothing refers to it"),
];

fn found(clients: &Clients, root: Value) -> Vec<(&'static str, Problem, String, String)> {
    let document = Document::from_value("edited.yaml", root).expect("still a document");
    let report = judged_with(clients, &document, Plan { cases: 0, seed: 0 });
    let found = report.differences.into_iter().map(|found| found.difference);
    found.map(|found| (found.oracle, found.problem, found.place, found.detail)).collect()
}

/// The same by what is of the document as a whole alone.
fn found_as_a_whole(clients: &Clients, root: Value) -> Vec<(&'static str, Problem, String, String)> {
    let document = Document::from_value("edited.yaml", root).expect("still a document");
    let ground = Ground::new(&document, &SUBJECT, Plan { cases: 0, seed: 0 }, clients).expect("there is ground");
    let mut panel = Panel::of(ORACLES);
    panel.document(&ground).expect("it is judged");
    let found = panel.findings.into_iter().flat_map(|found| found.differences);
    found.map(|found| (found.oracle, found.problem, found.place, found.detail)).collect()
}

#[test]
fn whatever_nobody_foresaw_is_named_with_what_to_do() {
    let clients = Clients::new().expect("a runtime");
    for (holder, key, advice) in UNFORESEEN {
        let mut root = own().root().clone();
        let object = root.pointer_mut(holder).and_then(Value::as_object_mut).expect("the place is there");
        object.insert((*key).to_owned(), json!("anything"));
        let found = found_as_a_whole(&clients, root);
        let place = format!("{holder}/{key}");
        let named = found.iter().any(|(oracle, problem, at, detail)| {
            (*oracle, *problem) == ("unread", Problem::Unjudged) && *at == place && detail.contains(advice)
        });
        assert!(named, "{place}: {found:?}");
    }
}

#[test]
fn a_body_that_is_written_in_place_needs_a_type_or_is_judged_by_calls() {
    let clients = Clients::new().expect("a runtime");
    let body = |schema: &dyn Fn(Value) -> Value| {
        let mut root = own().root().clone();
        let customer = root["components"]["schemas"]["Customer"].clone();
        let body =
            root.pointer_mut(&format!("{OPERATION}/responses/200/content/application~1json")).expect("it is there");
        body["schema"] = schema(customer);
        found(&clients, root)
    };
    let object = body(&|customer| customer);
    assert!(
        object.iter().any(|(oracle, _, _, detail)| *oracle == "bindings" && detail.contains("no type")),
        "{object:?}"
    );
    assert!(object.iter().all(|(oracle, ..)| *oracle != "unread"), "{object:?}");
    let narrowed = json!({ "properties": { "companyName": { "type": "string", "maxLength": 60 } } });
    let reference = json!({ "$ref": "#/components/schemas/Customer" });
    let composed = body(&|_| json!({ "allOf": [reference, narrowed] }));
    assert!(
        composed.iter().any(|(oracle, _, _, detail)| *oracle == "wire" && detail.contains("maxLength at /companyName")),
        "{composed:?}"
    );
}

#[test]
fn of_a_body_without_a_type_calls_show_all_but_extensions() {
    let clients = Clients::new().expect("a runtime");
    let place = format!("{OPERATION}/responses/200/content");
    let unread = |content: Value, dialect: Option<&str>| {
        let mut root = own().root().clone();
        *root.pointer_mut(&place).expect("it is there") = content;
        if let Some(dialect) = dialect {
            root["openapi"] = json!("3.1.0");
            root["jsonSchemaDialect"] = json!(dialect);
        }
        let found = found_as_a_whole(&clients, root).into_iter().filter(|(oracle, ..)| *oracle == "unread");
        found.map(|(_, _, at, _)| at.replace(&place, "")).collect::<Vec<_>>()
    };
    let list = |more: Value| {
        let mut items = json!({ "type": "object", "properties": { "x-b": { "type": "string" } } });
        items.as_object_mut().into_iter().for_each(|items| items.extend(more.as_object().cloned().unwrap_or_default()));
        json!({ "application/json": { "schema": { "type": "array", "items": items } } })
    };
    assert_eq!(unread(list(json!({ "x-provenance": [] })), None), Vec::<String>::new());
    assert_eq!(unread(list(json!({ "x-a": 1 })), None), ["/application~1json/schema/items/x-a"]);
    // What holds without it may be said anywhere.
    let bytes = |nullable: bool| json!({ "image/png": { "schema": { "type": "string", "format": "binary", "nullable": nullable } } });
    assert_eq!(unread(bytes(false), None), Vec::<String>::new());
    assert_eq!(unread(bytes(true), None), ["/image~1png/schema/nullable"]);
    let usual = "https://spec.openapis.org/oas/3.1/dialect/base";
    assert_eq!(unread(list(json!({})), Some(usual)), Vec::<String>::new());
    assert_eq!(unread(list(json!({})), Some("https://a.example/dialect")), ["/jsonSchemaDialect"]);
}

#[test]
fn the_same_in_other_words_is_no_difference() {
    fn reversed(value: Value) -> Value {
        match value {
            Value::Object(map) => {
                let members: Map<String, Value> =
                    map.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect();
                members.into()
            }
            Value::Array(list) => list.into_iter().map(reversed).collect(),
            other => other,
        }
    }
    let (clients, root) = (Clients::new().expect("a runtime"), own().root().clone());
    assert_eq!(found(&clients, reversed(root.clone())), []);
    let mut written_out = root;
    let operation = written_out.pointer_mut(OPERATION).expect("it is there");
    operation["security"].as_array_mut().expect("a list").reverse();
    operation["deprecated"] = json!(false);
    operation["parameters"][0]["style"] = json!("simple");
    operation["parameters"][0]["explode"] = json!(false);
    written_out["components"]["headers"]["RateLimitLimit"]["required"] = json!(false);
    let domain = &mut written_out["components"]["schemas"]["Customer"]["properties"]["domain"];
    domain["minLength"] = json!(0);
    domain["nullable"] = json!(false);
    assert_eq!(found(&clients, written_out), []);
}
