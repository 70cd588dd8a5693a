//! The list of deviations is exactly what is observed: nothing more, nothing less.

use contract_tests::client::Subject;
use contract_tests::deviations::{Deviation, stale};
use contract_tests::difference::{Difference, Problem};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::oracle::Findings;
use contract_tests::report::Report;
use serde_json::Value;

use super::{subject, with_schemas};

fn difference(place: &str, keyword: &str) -> Difference {
    Difference {
        oracle: "client",
        problem: Problem::ChangesValue,
        place: place.into(),
        keyword: keyword.into(),
        detail: "for the test".into(),
        shown_by: Value::Null,
    }
}

const LIST: &[Deviation] = &[Deviation {
    oracle: "client",
    problem: Problem::ChangesValue,
    keyword: "round-*",
    places: &["A", "*/b"],
    reason: "for the test",
}];

#[test]
fn what_is_on_the_list_is_known_and_the_rest_is_not() {
    let all = vec![
        difference("A", "round-trip"),
        difference("C/b", "round-trip"),
        difference("A", "other"),
        difference("C", "round-trip"),
    ];
    let (document, subject) = (with_schemas("A: {type: string}"), Subject { deviations: LIST, ..subject(Vec::new()) });
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, &subject, Plan::default(), &clients).expect("there is ground");
    let mut found = Findings::of("client");
    found.differences = all;
    let report = Report::new(&ground, Vec::new(), Vec::new(), vec![found], Vec::new());
    let places = |found: &[contract_tests::report::Found]| {
        found.iter().map(|found| format!("{} {}", found.difference.place, found.difference.keyword)).collect::<Vec<_>>()
    };
    assert_eq!(places(&report.deviations), ["A round-trip", "C/b round-trip"]);
    assert_eq!(places(&report.differences), ["A other", "C round-trip"]);
    assert!(!report.passed());
    assert!(report.stale.is_empty());
}

#[test]
fn an_entry_that_covers_nothing_is_stale_place_by_place() {
    let found = stale(LIST, &["client"], &[difference("A", "round-trip")]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("*/b"), "{found:?}");
    assert_eq!(stale(LIST, &["client"], &[]).len(), 2);
}
