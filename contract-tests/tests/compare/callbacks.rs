//! Requests that servers send: what the new document lets them send must be what clients of the old one take.

use contract_tests::compare::{Comparison, Direction, Verdict, Witness, compare};
use contract_tests::document::Document;
use serde_json::{Value, json};

/// A document with an operation as a webhook, and as a callback of another operation.
fn documents(operation: &Value) -> [Document; 2] {
    let of = |root: Value| Document::parse_any("document.json", &root.to_string()).expect("it is a document");
    let info = json!({ "title": "t", "version": "1" });
    let caller = json!({
        "operationId": "subscribe",
        "responses": { "204": { "description": "" } },
        "callbacks": { "told": { "{$request.query.url}": { "post": operation } } },
    });
    [
        of(json!({ "openapi": "3.1.0", "info": info, "webhooks": { "told": { "post": operation } } })),
        of(json!({ "openapi": "3.0.3", "info": info, "paths": { "/a": { "post": caller } } })),
    ]
}

/// What is found where one operation becomes another, the same in both places.
fn found(old: &Value, new: &Value) -> Vec<Comparison> {
    let pairs = documents(old).into_iter().zip(documents(new));
    pairs.map(|(old, new)| compare(&old, &new).expect("both are compared")).collect()
}

fn sends(required: bool, schema: &Value) -> Value {
    json!({
        "requestBody": { "required": required, "content": { "application/json": { "schema": schema } } },
        "responses": { "200": { "description": "" } },
    })
}

#[test]
fn what_servers_send_is_taken_by_clients_of_the_old_document() {
    let short = json!({ "type": "string", "maxLength": 2 });
    let long = json!({ "type": "string", "maxLength": 3 });
    for (old, new, verdict) in [
        (sends(true, &short), sends(true, &long), Verdict::Breaking),
        (sends(true, &long), sends(true, &short), Verdict::Compatible),
        (sends(true, &short), sends(false, &short), Verdict::Breaking),
    ] {
        for found in found(&old, &new) {
            let [change] = found.changes.as_slice() else { panic!("one change is told: {found:?}") };
            assert_eq!((change.verdict, change.direction), (verdict, Some(Direction::Response)), "{found:?}");
            assert_eq!(change.witness.is_some(), verdict == Verdict::Breaking);
        }
    }
    for same in [found(&sends(false, &short), &sends(true, &short)), found(&sends(true, &long), &sends(true, &long))] {
        assert!(same.iter().all(|found| found.changes.is_empty()), "{same:?}");
    }
}

#[test]
fn what_clients_respond_is_taken_by_servers_of_the_new_document() {
    let responds = |status: &str, content: Value| {
        let mut operation = sends(true, &json!({}));
        operation["responses"] = json!({ status: { "description": "", "content": content } });
        operation
    };
    let json_of = |schema: Value| json!({ "application/json": { "schema": schema } });
    let (any, number) = (json_of(json!({ "type": "number" })), json_of(json!({ "type": "number", "minimum": 0 })));
    let found = found(&responds("200", any), &responds("200", number));
    for found in &found {
        let [change] = found.changes.as_slice() else { panic!("one change is told: {found:?}") };
        assert_eq!((change.verdict, change.direction), (Verdict::Breaking, Some(Direction::Request)));
        assert!(matches!(&change.witness, Some(Witness::Payload(value)) if value.as_f64() < Some(0.0)), "{change:?}");
    }
    for found in self::found(&responds("200", json!({})), &responds("201", json!({}))) {
        assert_eq!(found.changes.first().map(|change| change.verdict), Some(Verdict::Breaking), "{found:?}");
    }
}

#[test]
fn parameters_that_may_be_missing_are_told() {
    let with = |required: bool| {
        let mut operation = sends(true, &json!({}));
        operation["parameters"] =
            json!([{ "name": "X-Signature", "in": "header", "required": required, "schema": { "type": "string" } }]);
        operation
    };
    for found in found(&with(true), &with(false)) {
        assert_eq!(found.changes.first().map(|change| change.verdict), Some(Verdict::Breaking), "{found:?}");
    }
    assert!(found(&with(false), &with(true)).iter().all(|found| found.changes.is_empty()));
}

#[test]
fn a_request_that_goes_or_comes_is_told() {
    let [webhook, _] = documents(&sends(true, &json!({})));
    let root = json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "webhooks": {} });
    let without = Document::parse_any("document.json", &root.to_string()).expect("it is a document");
    let verdicts =
        |found: Comparison| found.changes.iter().map(|change| (change.verdict, change.kind)).collect::<Vec<_>>();
    let gone = compare(&webhook, &without).expect("both are compared");
    assert_eq!(verdicts(gone), [(Verdict::Undecided, "callback-removed")]);
    let come = compare(&without, &webhook).expect("both are compared");
    assert_eq!(verdicts(come), [(Verdict::Compatible, "callback-added")]);
}

#[test]
fn how_parameters_are_written_and_what_is_not_compared_is_told() {
    let list = |style: &str| {
        let mut operation = sends(true, &json!({}));
        operation["parameters"] = json!([{
            "name": "ids", "in": "query", "style": style, "explode": false,
            "schema": { "type": "array", "items": { "type": "string" } },
        }]);
        operation
    };
    for found in found(&list("form"), &list("pipeDelimited")) {
        assert_eq!(found.changes.first().map(|change| change.verdict), Some(Verdict::Breaking), "{found:?}");
    }
    let header = |kind: &str| {
        let mut operation = sends(true, &json!({}));
        operation["responses"]["200"]["headers"] = json!({ "X-Seen": { "schema": { "type": kind } } });
        operation
    };
    for found in found(&header("string"), &header("integer")) {
        assert_eq!(found.changes.first().map(|change| change.verdict), Some(Verdict::Undecided), "{found:?}");
    }
    assert!(found(&header("string"), &header("string")).iter().all(|found| found.changes.is_empty()));
}
