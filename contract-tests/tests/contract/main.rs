//! The contract suite: one binary, one file a subject.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod careless;
mod cases;
mod clients;
mod command;
mod derived;
mod deviations;
mod diagnostics;
mod document;
mod exchange;
mod files;
mod fixture_client;
mod fixtures;
mod grafts;
mod later;
mod left_out;
mod mirror;
mod mock;
mod mutants;
mod numbers;
mod operations;
mod refusals;
mod report;
mod requests;
mod strategies;
mod streams;
mod texts;
mod tokens;
mod told;
mod tolerances;
mod verdicts;

use contract_tests::client::{
    Arguments, Built, Calling, Connected, Direction, Fault, Operation, Response, Schema, Shape, Subject,
};
use contract_tests::difference::Difference;
use contract_tests::document::{Document, Pointer};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::{Panel, judge};
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use fixtures::{component, own, verdict, with_schemas};

/// A type that can do nothing, for a schema `Thing`.
fn thing() -> Schema {
    Schema {
        name: "Thing",
        direction: Direction::Both,
        rust: "types::Thing",
        decode: |_| Err(Fault { pointer: Pointer::root(), message: "not asked".into() }),
        derived: || None,
        example: || None,
        constructors: |_| Vec::new(),
        built: Built::Opaque,
    }
}

/// An operation without parameters and without a body, of which nothing is documented but a `204`.
fn operation(id: &'static str, call: fn(&Connected, Arguments) -> Calling) -> Operation {
    Operation {
        id,
        method: id,
        builder: id,
        stated: Default::default,
        security: Vec::new,
        parameters: &[],
        body: None,
        successes: &[Response { status: "204", media_type: None, shape: Shape::None }],
        failures: &[],
        alternates: &[],
        paged: false,
        call,
    }
}

/// A client with these types and no calls.
fn subject(schemas: Vec<Schema>) -> Subject {
    Subject {
        name: "fixture",
        sources: "",
        base_url: None,
        schemas: schemas.leak(),
        enumerations: &[],
        headers: &[],
        tokens: &[],
        mocks: &[],
        operations: &[],
        connect: |_| Err("there are no calls".into()),
        defaults: String::new,
        about: Default::default,
        deviations: &[],
    }
}

/// What an oracle finds in a type by the cases of its schema.
fn found_by(oracle: &str, document: &Document, schema: Schema) -> Vec<Difference> {
    let (subject, clients) = (subject(vec![schema]), Clients::new().expect("a runtime"));
    let ground = Ground::new(document, &subject, Plan { cases: 0, seed: 0 }, &clients).expect("there is ground");
    let mut panel = Panel::of(&[named(oracle).expect("it is registered")]);
    for schema in &ground.schemas {
        panel.schema(&ground, schema).unwrap_or_else(|error| panic!("{error}"));
    }
    panel.findings.into_iter().flat_map(|found| found.differences).collect()
}

/// What the wire oracle finds in the documented successes: the operation, and in what it differs.
fn found_in_responses(document: &str, subject: &Subject) -> Vec<String> {
    let document = Document::parse("fixture.yaml", document).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 8, seed: 0 }, &clients).expect("there is ground");
    let report = judge(&ground, &[named("wire").expect("it is registered")], &Progress::hidden())
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(report.left_out.is_empty(), "{report}");
    let found = report.differences.into_iter().map(|found| found.difference);
    let found = found.filter(|found| found.keyword == "status 200");
    found.map(|found| format!("{}: {}", found.place, found.detail)).collect()
}
