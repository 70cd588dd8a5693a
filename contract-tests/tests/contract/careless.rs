//! The wire oracle against a client that sends whatever it is given: what the document refuses is seen in every kind of body
//! and parameter. A client that refuses it instead is not found to differ.

use std::collections::BTreeSet;

use contract_tests::client::{
    Argument, Arguments, Body, Called, Calling, Connected, Form, Kind, Operation, Parameter, Part, PartKind, Payload,
    Place, Subject,
};
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::exchange::exchange;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Shouts, version: '1'}
paths:
  /query:
    get:
      operationId: query
      parameters: [{name: word, in: query, schema: {type: string, maxLength: 3}}]
      responses: {'204': {description: Done}}
  /header:
    get:
      operationId: header
      parameters: [{name: X-Word, in: header, required: true, schema: {type: string, minLength: 1, maxLength: 3}}]
      responses: {'204': {description: Done}}
  /form:
    post:
      operationId: form
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [word], properties: {word: {type: string, maxLength: 3}}}
      responses: {'204': {description: Done}}
  /parts:
    post:
      operationId: parts
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [word]
              properties: {word: {type: string, maxLength: 3}, list: {type: array, items: {type: string}, maxItems: 2}}
      responses: {'204': {description: Done}}
  /text:
    post:
      operationId: text
      requestBody: {required: true, content: {text/plain: {schema: {type: string, maxLength: 3}}}}
      responses: {'204': {description: Done}}
";

/// What a client does with what the document refuses.
const REFUSES: u8 = 0;
const SENDS: u8 = 1;
const DROPS: u8 = 2;

/// Whether the type of an argument holds it.
fn is_held(name: &str, value: &Value) -> bool {
    match value {
        Value::Array(items) => name == "list" && items.iter().all(Value::is_string),
        value => name != "list" && value.is_string(),
    }
}

fn is_fine(name: &str, value: &Value) -> bool {
    let length = value.as_str().map_or(0, |text| text.chars().count());
    length <= 3 && (name != "X-Word" || length > 0) && value.as_array().is_none_or(|items| items.len() <= 2)
}

fn values(arguments: &Arguments) -> Vec<(String, Value)> {
    let parameters = arguments.parameters.iter();
    let mut all: Vec<_> = parameters.map(|Argument { name, value, .. }| (name.clone(), value.clone())).collect();
    match &arguments.body {
        Some(Payload::Value(Value::Object(map))) => all
            .extend(map.iter().filter(|(name, _)| *name == "word").map(|(name, value)| (name.clone(), value.clone()))),
        Some(Payload::Value(value)) => all.push(("text".into(), value.clone())),
        Some(Payload::Parts(parts)) => all.extend(parts.iter().filter_map(|(name, part)| match part {
            Part::Value(value) => Some((name.clone(), value.clone())),
            Part::File { .. } => None,
        })),
        _ => {}
    }
    all
}

fn call<const DOES: u8>(connected: &Connected, arguments: Arguments, path: &'static str) -> Calling {
    let authority = connected.client::<String>().expect("it is one of these");
    Box::pin(async move {
        let mut given = values(&arguments);
        let misplaced = |name: &str| name == "text" && path != "/text";
        if given.iter().any(|(name, value)| misplaced(name) || !is_held(name, value)) {
            return Called::without_response(Kind::Argument, None);
        }
        let missing = path != "/query" && given.iter().all(|(name, _)| name == "list");
        if missing || (DOES == REFUSES && given.iter().any(|(name, value)| !is_fine(name, value))) {
            return Called::without_response(Kind::InvalidRequest, None);
        }
        if DOES == DROPS {
            given.retain(|(name, value)| is_fine(name, value));
        }
        let request = written(path, &given);
        exchange(&authority, &request).await;
        Called { status: Some(204), ..Called::default() }
    })
}

fn written(path: &str, given: &[(String, Value)]) -> String {
    let encoded = |value: &Value| utf8_percent_encode(value.as_str().unwrap_or_default(), NON_ALPHANUMERIC).to_string();
    let pairs = || given.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
    let part = |name: &str, value: &Value| {
        let value = value.as_str().unwrap_or_default();
        format!("--bound\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let (target, header, body) = match path {
        "/query" if given.is_empty() => (path.to_owned(), None, String::new()),
        "/query" => (format!("{path}?{}", pairs()), None, String::new()),
        "/header" => {
            let line =
                given.iter().map(|(name, value)| format!("{name}: {}", value.as_str().unwrap_or_default())).next();
            (path.to_owned(), line, String::new())
        }
        "/form" => (path.to_owned(), Some("content-type: application/x-www-form-urlencoded".into()), pairs()),
        "/text" => {
            let text = given.first().and_then(|(_, value)| value.as_str()).unwrap_or_default();
            (path.to_owned(), Some("content-type: text/plain".into()), text.to_owned())
        }
        _ => {
            let parts = given.iter().flat_map(|(name, value)| match value {
                Value::Array(items) => items.iter().map(|item| part(name, item)).collect(),
                value => vec![part(name, value)],
            });
            let body = parts.collect::<String>() + "--bound--\r\n";
            (path.to_owned(), Some("content-type: multipart/form-data; boundary=bound".into()), body)
        }
    };
    let method = if matches!(path, "/query" | "/header") { "GET" } else { "POST" };
    let header = header.map_or_else(String::new, |line| format!("{line}\r\n"));
    let length = if method == "POST" { format!("content-length: {}\r\n", body.len()) } else { String::new() };
    format!("{method} {target} HTTP/1.1\r\nhost: judge\r\naccept: */*\r\n{header}{length}\r\n{body}")
}

fn subject<const DOES: u8>() -> Subject {
    let operation = |id, parameters: &[(Place, &'static str)], body, call| Operation {
        parameters: parameters
            .iter()
            .map(|(place, name)| Parameter { place: *place, name, setter: name, rust: "String" })
            .collect::<Vec<_>>()
            .leak(),
        body,
        ..super::operation(id, call)
    };
    let body = |media_type, form| Some(Body { media_type, form });
    const PARTS: Form = Form::Parts(&[("word", PartKind::Value), ("list", PartKind::Value)]);
    let operations = vec![
        operation("query", &[(Place::Query, "word")], None, |c, a| call::<DOES>(c, a, "/query")),
        operation("header", &[(Place::Header, "X-Word")], None, |c, a| call::<DOES>(c, a, "/header")),
        operation("form", &[], body("application/x-www-form-urlencoded", Form::Value), |c, a| {
            call::<DOES>(c, a, "/form")
        }),
        operation("parts", &[], body("multipart/form-data", PARTS), |c, a| call::<DOES>(c, a, "/parts")),
        operation("text", &[], body("text/plain", Form::Value), |c, a| call::<DOES>(c, a, "/text")),
    ];
    Subject {
        operations: operations.leak(),
        connect: |setup| Ok(Connected::new(setup.base_url.trim_start_matches("http://").to_owned())),
        ..super::subject(Vec::new())
    }
}

/// The operations at which the client is found to take arguments that the document refuses, with the sentences.
fn found(subject: &Subject) -> (BTreeSet<String>, Vec<String>) {
    let document = Document::parse("shouts.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 8, seed: 0 }, &clients).expect("there is ground");
    let report = judge(&ground, &[named("wire").expect("it is registered")], &Progress::hidden())
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(report.left_out.is_empty(), "{report}");
    let requests = report.differences.into_iter().map(|found| found.difference);
    let requests: Vec<_> = requests.filter(|found| found.keyword == "argument").collect();
    (
        requests.iter().map(|found| found.place.clone()).collect(),
        requests.into_iter().map(|found| format!("{}: {}", found.place, found.detail)).collect(),
    )
}

fn all() -> BTreeSet<String> {
    ["query", "header", "form", "parts", "text"].map(str::to_owned).into()
}

#[test]
fn what_is_refused_and_sent_is_seen_in_every_kind_of_request() {
    let (places, details) = found(&subject::<SENDS>());
    assert_eq!(places, all(), "{details:#?}");
    for detail in details {
        assert!(detail.contains("refuses it, and the client sends it"), "{detail}");
        assert!(["minLength", "maxLength", "maxItems"].iter().any(|limit| detail.contains(limit)), "{detail}");
    }
}

#[test]
fn what_is_refused_and_left_out_without_a_word_is_seen() {
    let (places, details) = found(&subject::<DROPS>());
    // A text has no name under which it could be missing; the body is there, and it is empty.
    assert!(all().into_iter().filter(|place| place != "text").all(|place| places.contains(&place)), "{details:#?}");
}

#[test]
fn a_client_that_refuses_it_is_not_found_to_differ() {
    let (_, details) = found(&subject::<REFUSES>());
    assert_eq!(details, Vec::<String>::new());
}
