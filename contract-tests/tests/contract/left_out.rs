//! What cannot be judged is left out by name and with its reason, and keeps nothing else from being judged.

use contract_tests::client::Schema;
use contract_tests::difference::Whose;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan, Scope};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use contract_tests::report::Report;

use super::{subject, thing, with_schemas};

fn judged(document: &Document, scope: Scope) -> Option<Report> {
    let types = vec![thing(), Schema { name: "Other", ..thing() }, Schema { name: "Long", ..thing() }];
    let (subject, clients) = (subject(types), Clients::new().expect("a runtime"));
    let ground = Ground::new(document, &subject, Plan { cases: 4, seed: 0 }, &clients).expect("there is ground");
    let oracles = ["document", "unread"].map(|oracle| named(oracle).expect("it is registered"));
    Some(judge(&ground.within(scope)?, &oracles, &Progress::hidden()).expect("it is judged"))
}

fn document() -> Document {
    with_schemas(
        "Thing: {type: string, minLength: 2, maxLength: 1}\nOther: {type: string}\n\
         Long: {type: string, minLength: 4000000000}\nUnnamed: {x-mine: 1}",
    )
}

#[test]
fn a_schema_without_values_is_left_out_and_the_others_are_judged() {
    let report = judged(&document(), Scope::default()).expect("there is something to judge");
    assert_eq!(report.schemas.iter().map(|schema| schema.name.as_str()).collect::<Vec<_>>(), ["Other"]);
    let left_out: Vec<_> = report.left_out.iter().map(|left_out| (left_out.what.as_str(), left_out.whose)).collect();
    assert_eq!(left_out, [("Thing", Some(Whose::Document)), ("Long", Some(Whose::Judge))]);
    let text = report.to_string();
    let line = "not judged: Thing (the document's fault): /components/schemas/Thing: no value can conform";
    assert!(text.contains(line) && text.contains("2 not judged; the same again"), "{text}");
    let json = serde_json::to_value(&report).expect("a tree");
    assert_eq!(json["left_out"][1]["whose"], "judge");
    assert_eq!(json["left_out"][1]["place"], "fixture.yaml:8:26");
}

#[test]
fn what_nobody_reads_is_a_difference_unless_the_client_was_generated_for_the_document() {
    let unread =
        |report: &Report| report.differences.iter().filter(|found| found.difference.oracle == "unread").count();
    let own = judged(&document(), Scope::default()).expect("there is something to judge");
    let generated = Scope { generated: true, ..Scope::default() };
    let generated = judged(&document(), generated).expect("there is something to judge");
    assert_eq!((unread(&own), own.left_out.len()), (3, 2), "{own}");
    assert_eq!((unread(&generated), generated.left_out.len()), (0, 5), "{generated}");
    assert!(generated.repeat.contains(" --generated "), "{}", generated.repeat);
}

#[test]
fn one_name_is_judged_alone() {
    let only = |name: &str| Scope { only: Some(name.to_owned()), ..Scope::default() };
    let report = judged(&document(), only("Other")).expect("there is something to judge");
    assert!(report.left_out.is_empty() && report.passed() && report.schemas.len() == 1, "{report}");
    assert!(report.repeat.contains(" --only Other "), "{}", report.repeat);
    assert!(judged(&document(), only("Nothing")).is_none());
}

#[test]
fn names_are_written_as_a_shell_reads_them() {
    let document = Document::parse("a & b's.yaml", "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n");
    let report = judged(&document.expect("it is well-formed"), Scope::default()).expect("there is something to judge");
    assert!(report.repeat.contains("--document \"a & b's.yaml\" "), "{}", report.repeat);
}

#[test]
fn what_keeps_only_cases_from_being_made_is_named() {
    let document =
        with_schemas("Thing: {type: string, not: {type: string, minLength: 4000000000}}\nOther: {type: string}\n");
    let report = judged(&document, Scope::default()).expect("there is something to judge");
    let text = report.to_string();
    assert!(text.contains("/components/schemas/Thing/not/minLength: "), "{text}");
}
