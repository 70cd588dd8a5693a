//! Streams of values: the wire oracle against a client that reads them as the document says, and against those that ignore the
//! limit for a body, strict mode, or an end within a value.

use contract_tests::client::{Called, Connected, Content, Kind, Operation, Response, Setup, Shape, Subject};
use serde_json::{Value, json};

use super::exchange::got;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Ticks, version: '1'}
paths:
  /ticks:
    get:
      operationId: ticks
      responses:
        '200':
          description: Ticks
          content: {application/jsonl: {schema: {type: object, required: [at], properties: {at: {type: integer, minimum: 3}}}}}
";

/// What a client does not look at.
const NOTHING: u8 = 0;
const LIMIT: u8 = 1;
const STRICT: u8 = 2;
const END: u8 = 3;

const TWO_63: f64 = 9_223_372_036_854_775_808.0;

async fn call<const IGNORES: u8>(setup: Setup) -> Called {
    let authority = setup.base_url.trim_start_matches("http://");
    let received = got(authority, "/ticks", "application/jsonl").await;
    let called = |kind, content| Called { kind, status: received.status, content, ..Called::default() };
    if received.status != Some(200) {
        return Called { raw: Some(received.body), ..called(Kind::Status, Content::Nothing) };
    }
    if !received.head.contains("content-type: application/jsonl") {
        return Called { raw: Some(received.body), ..called(Kind::ContentType, Content::Nothing) };
    }
    let mut items = Vec::new();
    let kind = read::<IGNORES>(&received.body, &setup, &mut items).err().unwrap_or(Kind::Value);
    called(kind, Content::Items(items))
}

/// Reads lines, up to the first that is refused.
fn read<const IGNORES: u8>(body: &[u8], setup: &Setup, items: &mut Vec<Value>) -> Result<(), Kind> {
    let limit = setup.max_body.filter(|_| IGNORES != LIMIT).unwrap_or(u64::MAX);
    for line in body.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        if line.len() as u64 > limit {
            return Err(Kind::TooLarge);
        }
        let value: Value = match serde_json::from_slice(line) {
            Ok(value) => value,
            Err(_) if line.ends_with(b"\n") => return Err(Kind::Body),
            Err(_) if IGNORES == END => return Ok(()),
            Err(_) => return Err(Kind::Interrupted),
        };
        // An `i64`, or a number with an empty fraction that is in its range.
        let whole = |at: &f64| at.fract() == 0.0 && (-TWO_63..TWO_63).contains(at);
        let fraction = || value["at"].as_f64().filter(|_| value["at"].is_f64()).filter(whole).map(|at| at as i64);
        let at = value["at"].as_i64().or_else(fraction).ok_or(Kind::Body)?;
        if setup.strict && IGNORES != STRICT && (at < 3 || !value["at"].is_i64()) {
            return Err(Kind::Nonconforming);
        }
        items.push(json!({ "data": value }));
    }
    Ok(())
}

fn found<const IGNORES: u8>() -> Vec<String> {
    let operation = Operation {
        successes: &[Response { status: "200", media_type: Some("application/jsonl"), shape: Shape::Items }],
        ..super::operation("ticks", |connected, _| {
            Box::pin(call::<IGNORES>(connected.client::<Setup>().expect("it is one of these")))
        })
    };
    let subject = Subject {
        operations: vec![operation].leak(),
        connect: |setup| Ok(Connected::new(setup.clone())),
        ..super::subject(Vec::new())
    };
    super::found_in_responses(DOCUMENT, &subject)
}

#[test]
fn a_client_that_reads_them_as_documented_is_not_found_to_differ() {
    assert_eq!(found::<NOTHING>(), Vec::<String>::new());
}

#[test]
fn one_that_reads_beyond_the_limit_is() {
    let details = found::<LIMIT>();
    assert!(details.iter().any(|detail| detail.contains("must see `too-large 200`")), "{details:#?}");
}

#[test]
fn one_that_is_never_strict_is() {
    let details = found::<STRICT>();
    assert!(details.iter().any(|detail| detail.contains("must see `nonconforming 200`")), "{details:#?}");
}

#[test]
fn one_that_takes_an_end_within_a_value_for_the_end_is() {
    let details = found::<END>();
    assert!(details.iter().any(|detail| detail.contains("must see `interrupted 200`")), "{details:#?}");
}
