//! Our client by our document, and what is expected of both by hand: one file a subject.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod addresses;
mod boundaries;
mod command;
mod compare;
mod deviations;
mod edits;
mod enumerations;
mod formats;
mod grafts;
mod matrix;
mod memo;
mod mocks;
mod mutants;
mod numbers;
mod promises;
mod required;
mod rewritings;
mod tolerances;
mod unread;

#[path = "../../../tests/contract/fixtures.rs"]
mod fixtures;

use contract_tests::client::{Direction, Schema};
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::{ORACLES, Oracle};
use contract_tests::progress::Progress;
use contract_tests::report::Report;
use contract_tests_own::SUBJECT;
use fixtures::{component, own, verdict, with_schemas};

/// What all oracles but the slow ones say of the client by our document, of which nothing may be left out.
fn judged_own(plan: Plan) -> Report {
    let report = judged(&own(), plan);
    assert!(report.left_out.is_empty(), "{report}");
    report
}

/// What they say of the client by a document.
fn judged(document: &Document, plan: Plan) -> Report {
    judged_with(&Clients::new().expect("a runtime"), document, plan)
}

/// The same with clients that last from one document to the next.
fn judged_with(clients: &Clients, document: &Document, plan: Plan) -> Report {
    let ground = Ground::new(document, &SUBJECT, plan, clients).unwrap_or_else(|error| panic!("{error}"));
    judge(&ground, &quick(), &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"))
}

/// All oracles but the slow ones, which have tests of their own.
fn quick() -> Vec<&'static dyn Oracle> {
    ORACLES.iter().copied().filter(|oracle| !["matrix", "mocks"].contains(&oracle.name())).collect()
}

/// The client's type for a schema.
fn bound(name: &str) -> &'static Schema {
    SUBJECT.schema(name, Direction::Response).expect("every schema is bound")
}
