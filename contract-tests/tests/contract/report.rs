//! The report in its three forms.

use contract_tests::bindings::matrix::Tried;
use contract_tests::bindings::matrix::chance::Chance;
use contract_tests::deviations::Deviation;
use contract_tests::difference::{Difference, Problem};
use contract_tests::ground::Plan;
use contract_tests::report::Report;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::json;

use super::own;

const KNOWN: &[Deviation] = &[Deviation {
    oracle: "matrix",
    problem: Problem::Answer,
    keyword: "result",
    places: &["a \"known\" row"],
    reason: "for the test: 1 < 2 & 3 > 2",
}];

fn report() -> Report {
    let difference = Difference {
        oracle: "client",
        problem: Problem::RefusesValid,
        place: "Memo".into(),
        keyword: "maxLength".into(),
        detail: "a </failure> & \"quotes\" \u{0}\u{1b} \u{ffff} \u{1f600}".into(),
        shown_by: json!("x<y\u{7}"),
    };
    let tried = |name: &str, wrong: &[&str]| Tried {
        name: name.into(),
        expected: "value 200".into(),
        seen: "value 200".into(),
        status: Some(200),
        kept: Some(7),
        wrong: wrong.iter().map(|one| (*one).to_owned()).collect(),
    };
    Report::new("a & b.yaml", Plan::default(), Vec::new(), 3, vec![difference], KNOWN)
        .with_matrix(
            vec![
                tried("fine", &[]),
                tried("a \"known\" row", &["result: it differs"]),
                tried("bad", &["token: printed"]),
            ],
            Chance::default(),
            KNOWN,
        )
        .with_verdicts(&own())
}

#[test]
fn junit_is_well_formed_whatever_the_texts() {
    let directory = tempfile::tempdir().expect("a directory");
    report().write(directory.path()).expect("the report is written");
    let xml = std::fs::read_to_string(directory.path().join("contract.xml")).expect("it is there");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures, mut skipped, mut text) = (0, 0, 0, String::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{xml}")) {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.expect("an attribute").normalized_value(XmlVersion::Implicit1_0).expect("its value");
                }
                match tag.name().as_ref() {
                    "testcase" => cases += 1,
                    "failure" => failures += 1,
                    "skipped" => skipped += 1,
                    _ => {}
                }
            }
            Event::Text(found) => text.push_str(&found.xml10_content()),
            _ => {}
        }
    }
    // One call count, one fine row, the made-up ones, and the three differences, of which one is tolerated.
    assert_eq!((cases, failures, skipped), (6, 2, 1), "{xml}");
    assert!(!xml.contains(['\u{0}', '\u{1b}', '\u{ffff}']), "{xml}");
    assert!(xml.contains("name=\"a &amp; b.yaml\" tests=\"6\" failures=\"2\""), "{xml}");
    assert!(text.contains("cargo xtask contract"), "{text}");
}

#[test]
fn a_failure_says_what_every_oracle_says_and_how_to_see_it_again() {
    let text = report().to_string();
    for line in [
        "difference[client]: refuses valid maxLength at Memo",
        "  document     accepts",
        "  derived      accepts",
        "  client       accepts",
        "  constructors accepts",
        "  3 rows of the failure matrix, 1 as they must be",
        "the same again: cargo xtask contract --document a & b.yaml --cases 256 --seed 0",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
}
