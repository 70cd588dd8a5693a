//! The list of deviations is exactly what is observed: nothing more, nothing less.

use contract_tests::deviations::{DEVIATIONS, Deviation};
use contract_tests::difference::{Difference, Problem};
use contract_tests::ground::Plan;
use contract_tests::judge::stale;
use contract_tests::report::Report;
use serde_json::Value;

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
    let report = Report::new("a.yaml", Plan::default(), Vec::new(), 0, all, LIST);
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
    let found = stale(LIST, |_| true, &[difference("A", "round-trip")]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("*/b"), "{found:?}");
    assert_eq!(stale(LIST, |_| true, &[]).len(), 2);
}

#[test]
fn every_entry_says_why_and_covers_its_own_kind_only() {
    for deviation in DEVIATIONS {
        assert!(deviation.reason.len() > 10, "{deviation:?}");
        assert!(!deviation.places.is_empty(), "{deviation:?}");
        assert!(!deviation.places.contains(&"*"), "an entry for everything would hide everything: {deviation:?}");
    }
}
