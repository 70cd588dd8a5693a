//! The report in its three forms.

use contract_tests::client::{Decoded, Schema, Subject};
use contract_tests::deviations::Deviation;
use contract_tests::difference::Problem;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::matrix::Tried;
use contract_tests::oracle::Findings;
use contract_tests::report::Report;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::json;

use super::{subject, thing};

const MEMO: &str =
    "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {Memo: {type: string}}}";

const KNOWN: &[Deviation] = &[Deviation {
    oracle: "matrix",
    problem: Problem::Answer,
    keyword: "result",
    places: &["a \"known\" row"],
    reason: "for the test: 1 < 2 & 3 > 2",
}];

fn report() -> Report {
    let mut client = Findings::of("client");
    let detail = "a </failure> & \"quotes\" \u{0}\u{1b} \u{ffff} \u{1f600}";
    client.add(Problem::RefusesValid, "Memo", "maxLength", detail, json!("x<y\u{7}"));
    let mut matrix = Findings::of("matrix");
    matrix.tried.push(Tried {
        operation: "getMemo".into(),
        name: "fine".into(),
        expected: "value 200".into(),
        seen: "value 200".into(),
        kept: Some(7),
        wrong: Vec::new(),
    });
    matrix.counts.insert("rows", 3);
    matrix.add(Problem::Answer, "a \"known\" row", "result", "it differs", json!(null));
    matrix.add(Problem::Answer, "bad", "token", "printed", json!(null));
    let document = Document::parse("a & b.yaml", MEMO).expect("the fixture is well-formed");
    let memo = Schema {
        name: "Memo",
        decode: |_| Ok(Decoded { encoded: json!("x"), kept: Vec::new(), strict: Vec::new() }),
        derived: || Some(json!({ "type": "string" })),
        constructors: |text| vec![("FromStr", Ok(json!(text)))],
        ..thing()
    };
    let subject = Subject { deviations: KNOWN, ..subject(vec![memo]) };
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, &subject, Plan::default(), &clients).expect("there is ground");
    Report::new(&ground, Vec::new(), vec![client, matrix], Vec::new())
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
    // One fine row, and the three differences, of which one is tolerated.
    assert_eq!((cases, failures, skipped), (4, 2, 1), "{xml}");
    assert!(!xml.contains(['\u{0}', '\u{1b}', '\u{ffff}']), "{xml}");
    assert!(xml.contains("name=\"a &amp; b.yaml\" tests=\"4\" failures=\"2\""), "{xml}");
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
        "  matrix: 3 rows",
        "the same again: cargo xtask contract --document 'a & b.yaml' --cases 256 --seed 0",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
}
