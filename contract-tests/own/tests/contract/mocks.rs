//! The mock server of our client: one that responds otherwise than the document says is noticed.

use contract_tests::client::{Asked, Fault, Mocked, Mocking, Subject};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use contract_tests_own::SUBJECT;

use super::fixtures::own;

/// What is found of the client with a mock server that is told to respond something else.
fn found(respond: fn(&Mocking, &Asked<'_>) -> Result<(), Fault>) -> Vec<String> {
    found_of(Mocked { respond, ..right() })
}

fn found_of(mocked: Mocked) -> Vec<String> {
    let (document, clients) = (own(), Clients::new().expect("a runtime"));
    let subject = Subject { mocks: vec![mocked].leak(), ..SUBJECT };
    let ground = Ground::new(&document, &subject, Plan { cases: 0, seed: 0 }, &clients).expect("there is ground");
    let report = judge(&ground, &[named("mocks").expect("it is registered")], &Progress::hidden());
    let differences = report.unwrap_or_else(|error| panic!("{error}")).differences.into_iter();
    differences.map(|found| format!("{}: {}", found.difference.keyword, found.difference.detail)).collect()
}

fn right() -> Mocked {
    let [mocked] = SUBJECT.mocks else { panic!("there is one operation") };
    Mocked { ..*mocked }
}

fn respond(mocking: &Mocking, asked: Asked<'_>) -> Result<(), Fault> {
    (right().respond)(mocking, &asked)
}

#[track_caller]
fn has(found: &[String], what: &str) {
    assert!(found.iter().any(|one| one.contains(what)), "{found:#?}");
}

#[test]
fn as_it_is_it_responds_as_documented() {
    assert_eq!(found_of(right()), Vec::<String>::new());
}

#[test]
fn another_status_is_noticed() {
    let found = found(|mocking, asked| {
        let response = if asked.response == "403" { "401" } else { asked.response };
        respond(mocking, Asked { response, ..asked.clone() })
    });
    has(&found, "must see `error-response 403`");
}

#[test]
fn another_body_and_another_example_are() {
    let found = found(|mocking, asked| {
        let response = if asked.body.is_none() && asked.response == "404" { "401" } else { asked.response };
        respond(mocking, Asked { response, body: None, ..asked.clone() })
    });
    has(&found, "with a body: 200, application/json, baseline: the body changed");
    has(&found, "with the document's example: 404, application/json, the example: the caller sees");
}

#[test]
fn a_header_that_is_not_sent_is() {
    let found = found(|mocking, asked| respond(mocking, Asked { headers: &[], ..asked.clone() }));
    has(&found, "header rateLimit-limit: ");
}

#[test]
fn what_it_has_no_method_for_is() {
    let Mocked { responses, .. } = right();
    let found = found_of(Mocked { responses: &responses[1..], ..right() });
    has(&found, "`get_customer` of the client's mock server has 0 methods for this status");
    has(&self::found_of(Mocked { operation: "another", ..right() }), "has no method for it");
}
