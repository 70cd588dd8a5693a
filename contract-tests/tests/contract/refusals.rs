//! Bodies without a name of which `not` says more than a type can: a strict client refuses them before it has a value or by what it
//! finds in it, and either is fine. One that passes them on is found to differ.

use contract_tests::client::{Called, Connected, Content, Kind, Operation, Response, Shape, Subject};
use serde_json::{Value, json};

use super::exchange::got;
use super::{found_in_responses, operation};

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
    let received = got(&authority, path, accept).await;
    let is_stream = path == "/animals";
    let raw = (!is_stream).then(|| received.body.clone());
    let called = Called { status: received.status, raw, ..Called::default() };
    if received.status != Some(200) {
        return Called { kind: Kind::Status, ..called };
    }
    if !received.head.contains(accept) {
        return Called { kind: Kind::ContentType, ..called };
    }
    let text = String::from_utf8_lossy(&received.body);
    let mut items = Vec::new();
    // One value, or one a line.
    let values = if is_stream { text.lines().collect() } else { vec![&*text] };
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

fn found<const DOES: u8>() -> Vec<String> {
    found_in_responses(DOCUMENT, &subject::<DOES>())
}

#[test]
fn a_client_may_refuse_them_in_either_way() {
    assert_eq!(found::<DOES_NOT_DECODE>(), Vec::<String>::new());
    assert_eq!(found::<REPORTS>(), Vec::<String>::new());
}

#[test]
fn one_that_passes_them_on_is_found_to_differ() {
    let found = found::<PASSES>();
    for operation in ["animal", "animals"] {
        let of_it = format!("{operation}: ");
        let is_seen =
            |line: &String| line.starts_with(&of_it) && line.contains("must see `nonconforming 200` or `body 200`");
        assert!(found.iter().any(is_seen), "{operation}: {found:#?}");
    }
}

#[test]
fn one_that_takes_whatever_there_is_is_not_asked() {
    let found = found::<TAKES_ANYTHING>();
    assert!(found.iter().all(|line| !line.contains(" or ")), "{found:#?}");
}
