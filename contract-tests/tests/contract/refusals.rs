//! Bodies without a name of which `not` says more than a type can: a strict client refuses them before it has a value or by what it
//! finds in it, and either is fine. One that passes them on is found to differ.

use contract_tests::client::{Called, Connected, Content, Kind, Operation, Response, Shape, Subject};
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use serde_json::{Value, json};

use super::{by_hand, operation};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Animals, version: '1'}
paths:
  /animal:
    get:
      operationId: animal
      responses:
        '200': {description: An animal, content: {application/json: {schema: {type: string, not: {enum: [zebra]}}}}}
  /animals:
    get:
      operationId: animals
      responses:
        '200': {description: Animals, content: {application/jsonl: {schema: {type: string, not: {enum: [zebra]}}}}}
";

/// What a client makes of what does not conform.
const DOES_NOT_DECODE: u8 = 0;
const REPORTS: u8 = 1;
const PASSES: u8 = 2;
/// It takes whatever there is.
const TAKES_ANYTHING: u8 = 3;

/// The server, whether the client is strict, and how long a value may be.
type Setting = (String, bool, usize);

async fn call<const DOES: u8>((authority, strict, limit): Setting, path: &str, accept: &str) -> Called {
    let received = by_hand::got(&authority, path, accept).await.expect("the judge responds");
    let called = Called { status: Some(received.status), raw: Some(received.body.clone()), ..Called::default() };
    let is_stream = path == "/animals";
    let called = if is_stream { Called { raw: None, ..called } } else { called };
    if received.status != 200 {
        return Called { kind: Kind::Status, ..called };
    }
    if !received.head.to_ascii_lowercase().contains(accept) {
        return Called { kind: Kind::ContentType, ..called };
    }
    let text = received.text();
    let mut items = Vec::new();
    // One value, or one a line.
    let values = if is_stream { text.lines().collect() } else { vec![text.as_str()] };
    for line in values {
        let kind = match serde_json::from_str(line) {
            _ if line.len() > limit => Kind::TooLarge,
            Err(_) if is_stream => Kind::Interrupted,
            Err(_) => Kind::Body,
            Ok(value @ Value::String(_)) if value != "zebra" || !strict || DOES >= PASSES => {
                items.push(value);
                continue;
            }
            Ok(Value::String(_)) if DOES == REPORTS => Kind::Nonconforming,
            Ok(value) if DOES == TAKES_ANYTHING => {
                items.push(value);
                continue;
            }
            Ok(_) => Kind::Body,
        };
        return Called { kind, content: Content::Items(Vec::new()), ..called };
    }
    let content = match is_stream {
        true => Content::Items(items.into_iter().map(|item| json!({ "data": item })).collect()),
        false => items.pop().map_or(Content::Nothing, Content::Value),
    };
    Called { content, ..called }
}

fn client(connected: &Connected) -> Setting {
    connected.client().expect("it is one of these")
}

fn subject<const DOES: u8>() -> Subject {
    let one = Response { status: "200", media_type: Some("application/json"), shape: Shape::One };
    let animal = Operation {
        successes: vec![one].leak(),
        ..operation("animal", |connected, _| Box::pin(call::<DOES>(client(connected), "/animal", "application/json")))
    };
    let many = Response { status: "200", media_type: Some("application/jsonl"), shape: Shape::Items };
    let animals = Operation {
        successes: vec![many].leak(),
        ..operation("animals", |connected, _| {
            Box::pin(call::<DOES>(client(connected), "/animals", "application/jsonl"))
        })
    };
    Subject {
        operations: vec![animal, animals].leak(),
        connect: |setup| {
            let authority = setup.base_url.trim_start_matches("http://").to_owned();
            let limit = setup.max_body.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
            Ok(Connected::new((authority, setup.strict, limit)))
        },
        ..super::subject(Vec::new())
    }
}

/// What the wire oracle finds of the `zebra` that a client was sent: the operation, and what the caller must see.
fn found(subject: &Subject) -> Vec<(String, String)> {
    let document = Document::parse("animals.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 8, seed: 0 }, &clients).expect("there is ground");
    let report = judge(&ground, &[named("wire").expect("it is registered")], &Progress::hidden())
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(report.left_out.is_empty(), "{report}");
    let found = report.differences.into_iter().map(|found| found.difference);
    let responses = found.filter(|found| found.keyword == "status 200");
    responses.map(|found| (found.place, found.detail)).collect()
}

#[test]
fn a_client_may_refuse_them_in_either_way() {
    assert_eq!(found(&subject::<DOES_NOT_DECODE>()), []);
    assert_eq!(found(&subject::<REPORTS>()), []);
}

#[test]
fn one_that_passes_them_on_is_found_to_differ() {
    let found = found(&subject::<PASSES>());
    for operation in ["animal", "animals"] {
        let is_seen = |(place, detail): &(String, String)| {
            place == operation && detail.contains("must see `nonconforming 200` or `body 200`")
        };
        assert!(found.iter().any(is_seen), "{operation}: {found:#?}");
    }
}

#[test]
fn one_that_takes_whatever_there_is_is_not_asked() {
    let found = found(&subject::<TAKES_ANYTHING>());
    assert!(found.iter().all(|(_, detail)| !detail.contains(" or ")), "{found:#?}");
}
