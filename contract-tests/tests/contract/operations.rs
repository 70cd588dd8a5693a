//! What is prepared for the operations of documents with every kind of parameter, body, response and security: no client is
//! needed for that.

use std::collections::BTreeSet;

use contract_tests::arguments::{Expected, attempts};
use contract_tests::client::{Body, Called, Calling, Connected, Form, Kind, Operation, PartKind};
use contract_tests::document::{Document, MediaKind};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::matrix::rows::ROWS;
use contract_tests::matrix::traits::Traits;
use contract_tests::oracle::wire::offers::{Offer, is_success, offers};

use super::subject;

const REQUESTS: &str = include_str!("../fixtures/requests.yaml");
const RESPONSES: &str = include_str!("../fixtures/responses.yaml");

/// A call that takes this body, and is never made.
fn call(body: Option<Body>) -> Operation {
    let nothing = |_: &Connected, _| -> Calling { Box::pin(async { Called::without_response(Kind::Other, None) }) };
    Operation { body, successes: &[], ..super::operation("", nothing) }
}

fn on(text: &str, judge: impl FnOnce(&Ground<'_>)) {
    let document = Document::parse("fixture", text).expect("it parses");
    let (subject, clients) = (subject(Vec::new()), Clients::new().expect("a runtime"));
    judge(&Ground::new(&document, &subject, Plan { cases: 8, seed: 0 }, &clients).expect("it holds together"));
}

#[test]
fn each_parameter_and_each_body_is_tried_hard() {
    on(REQUESTS, |ground| {
        for operation in ground.document.operations().expect("they read") {
            let body = operation.request.first().map(|body| match body.media_type {
                "multipart/form-data" => {
                    let parts = &[("file", PartKind::File), ("title", PartKind::Value), ("color", PartKind::Value)];
                    Body { media_type: "multipart/form-data", form: Form::Parts(parts) }
                }
                "multipart/mixed" => {
                    let parts = &[("meta", PartKind::Value), ("files", PartKind::File)];
                    Body { media_type: "multipart/mixed", form: Form::Parts(parts) }
                }
                "application/octet-stream" => Body { media_type: "application/octet-stream", form: Form::Bytes },
                "text/plain" => Body { media_type: "text/plain", form: Form::Value },
                "application/x-www-form-urlencoded" => {
                    Body { media_type: "application/x-www-form-urlencoded", form: Form::Value }
                }
                "application/merge-patch+json" => {
                    Body { media_type: "application/merge-patch+json", form: Form::Value }
                }
                _ => Body { media_type: "application/json", form: Form::Value },
            });
            let all = attempts(ground, &operation, &call(body)).expect("they are built");
            let labels: BTreeSet<&str> = all.iter().filter_map(|attempt| attempt.label.split(':').next()).collect();
            for parameter in operation.parameters.iter().filter(|parameter| parameter.name != "Accept") {
                assert!(labels.contains(parameter.name), "{}: {}", operation.id, parameter.name);
                let own = |expected: Expected| {
                    let named = all.iter().filter(|attempt| attempt.label.contains(parameter.name));
                    named.filter(|attempt| attempt.expected == expected).count()
                };
                assert!(own(Expected::Sent) > 0, "{}: {} is never sent", operation.id, parameter.name);
                assert!(!parameter.required || own(Expected::Refused) > 0, "{}: {}", operation.id, parameter.name);
            }
            assert_eq!(labels.contains("body"), !operation.request.is_empty(), "{}", operation.id);
        }
    });
}

#[test]
fn each_response_is_offered() {
    on(RESPONSES, |ground| {
        for operation in ground.document.operations().expect("they read") {
            let all = offers(ground, &operation).expect("they are built");
            for response in &operation.responses {
                let own: Vec<&Offer<'_>> = all.iter().filter(|offer| offer.response == Some(response.status)).collect();
                assert!(!own.is_empty(), "{} {}", operation.id, response.status);
                for body in &response.bodies {
                    // An error is read in its JSON types, or else in its first; another one comes as it is.
                    let has_json = response.bodies.iter().any(|body| body.kind() == MediaKind::Json);
                    let first = response.bodies[0].pointer == body.pointer;
                    let read = if has_json { body.kind() == MediaKind::Json } else { first };
                    let is_read = read || is_success(&operation, response.status);
                    let is_offered = own.iter().any(|offer| match offer.body {
                        Some(own) => is_read && own.pointer == body.pointer,
                        None => !is_read && offer.media_type == Some(body.concrete()),
                    });
                    assert!(is_offered, "{} {}: {}", operation.id, response.status, body.media_type);
                    assert!(own.iter().any(|offer| offer.expected == Kind::ContentType), "{}", operation.id);
                }
                for header in &response.headers {
                    assert!(own.iter().all(|offer| offer.headers.iter().any(|(name, _)| name == header.name)));
                }
            }
            let undocumented = all.iter().filter(|offer| offer.expected == Kind::Status).count();
            let default = operation.responses.iter().any(|response| response.status == "default");
            assert_eq!(undocumented == 0, default, "{}", operation.id);
            let traits = Traits::of(ground, &operation, &all).expect("it holds together");
            let rows = ROWS.iter().filter(|row| row.fits(&traits)).count();
            assert!(rows > 20, "{}: {rows} rows", operation.id);
        }
    });
}

#[test]
fn a_name_that_two_operations_have_is_none() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {operationId: same, responses: {}}}\n  \
                /b: {$ref: '#/paths/~1a'}\n  /c: {get: {operationId: other, responses: {}}}\n";
    let document = Document::parse("fixture.yaml", text).expect("it is well-formed");
    let operations = document.operations().expect("they read");
    let ids: Vec<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["get /a", "get /b", "other"]);
}

#[test]
fn without_a_documented_success_whatever_comes_is_one() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {operationId: none, responses: {'404': \
                {description: d}}}}\n  /b: {get: {operationId: one, responses: {'204': {description: d}}}}\n";
    let document = Document::parse("fixture.yaml", text).expect("it is well-formed");
    let (subject, clients) = (subject(Vec::new()), Clients::new().expect("a runtime"));
    let ground = Ground::new(&document, &subject, Plan::default(), &clients).expect("there is ground");
    for (operation, expected) in document.operations().expect("they read").iter().zip([Kind::Value, Kind::Status]) {
        let all = offers(&ground, operation).expect("they are built");
        let of = |status: u16| all.iter().find(|offer| offer.status == status).expect("it is offered").expected;
        assert_eq!((of(200), of(403)), (expected, Kind::Status), "{}", operation.id);
    }
}
