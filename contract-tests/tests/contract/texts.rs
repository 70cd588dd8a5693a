//! Bodies of text that stand for values: the wire oracle against a client that reads them and holds them against the document, and
//! against one that does the one and not the other.

use contract_tests::client::{Called, Connected, Content, Kind, Operation, Response, Shape, Subject};
use serde_json::{Value, json};

use super::exchange::got;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Marks, version: '1'}
paths:
  /mark:
    get:
      operationId: mark
      responses:
        '200': {description: A mark, content: {text/plain: {schema: {type: integer, minimum: 3, format: int32}}}}
";

/// What a client makes of a text.
const CHECKS: u8 = 0;
const READS: u8 = 1;
const PASSES: u8 = 2;

async fn call<const DOES: u8>(authority: String, strict: bool) -> Called {
    let received = got(&authority, "/mark", "text/plain").await;
    let (status, body) = (received.status, String::from_utf8_lossy(&received.body));
    let whole = serde_json::from_str::<f64>(&body).ok().filter(|number| number.fract() == 0.0);
    let number = whole.map(|number| number as i64).and_then(|number| i32::try_from(number).ok());
    let is_integer = serde_json::from_str::<i32>(&body).is_ok();
    let (kind, content) = match number {
        _ if status != Some(200) => (Kind::Status, Content::Nothing),
        _ if !received.head.contains("text/plain") => (Kind::ContentType, Content::Nothing),
        _ if DOES == PASSES => (Kind::Value, Content::Value(Value::String(body.into_owned()))),
        None => (Kind::Body, Content::Nothing),
        Some(number) if DOES == CHECKS && strict && (number < 3 || !is_integer) => {
            (Kind::Nonconforming, Content::Nothing)
        }
        Some(number) => (Kind::Value, Content::Value(json!(number))),
    };
    Called { kind, status, content, raw: Some(received.body.clone()), ..Called::default() }
}

fn subject<const DOES: u8>() -> Subject {
    let operation = Operation {
        id: "mark",
        method: "mark",
        builder: "Mark",
        stated: Default::default,
        security: Vec::new,
        parameters: &[],
        body: None,
        successes: &[Response { status: "200", media_type: Some("text/plain"), shape: Shape::One }],
        failures: &[],
        alternates: &[],
        paged: false,
        call: |connected, _| {
            let (authority, strict) = connected.client::<(String, bool)>().expect("it is one of these").clone();
            Box::pin(call::<DOES>(authority, strict))
        },
    };
    Subject {
        operations: vec![operation].leak(),
        connect: |setup| Ok(Connected::new((setup.base_url.trim_start_matches("http://").to_owned(), setup.strict))),
        ..super::subject(Vec::new())
    }
}

fn found(subject: &Subject) -> Vec<String> {
    super::found_in_responses(DOCUMENT, subject)
}

#[test]
fn a_client_that_checks_them_is_not_found_to_differ() {
    assert_eq!(found(&subject::<CHECKS>()), Vec::<String>::new());
}

#[test]
fn one_that_reads_them_alone_is() {
    let details = found(&subject::<READS>());
    assert!(details.iter().any(|detail| detail.contains("must see `nonconforming 200`")), "{details:#?}");
}

#[test]
fn one_that_passes_them_on_is() {
    let details = found(&subject::<PASSES>());
    assert!(details.iter().any(|detail| detail.contains("which the text does not stand for")), "{details:#?}");
}
