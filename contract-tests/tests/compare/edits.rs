//! Every edit of a document: what a payload can show has a witness, and nothing is called compatible that a payload refutes.

use contract_tests::compare::{Change, Comparison, Direction, Verdict, compare};
use contract_tests::document::{Document, Located};
use contract_tests::mutate::{self, Observer, mutants};
use contract_tests::oracle::Validator;
use contract_tests::prepared::Preparation;
use contract_tests::strategy;
use serde_json::Value;

/// How many values of a schema are drawn, beside its cases.
const DRAWS: usize = 20;

/// A JSON body of a document and the values that its schema allows.
struct Body<'d> {
    subject: String,
    kind: &'static str,
    direction: Direction,
    schema: Located<'d>,
    valid: Vec<Value>,
}

fn bodies(document: &Document) -> Vec<Body<'_>> {
    let mut found = Vec::new();
    let mut preparation = Preparation::of(document);
    for operation in document.operations().expect("operations are read") {
        let subject = format!("{} {}", operation.method, operation.path);
        let request = operation.request.iter().map(|body| ("request-body", Direction::Request, body));
        let responses = operation.responses.iter().flat_map(|response| &response.bodies);
        for (kind, direction, body) in request.chain(responses.map(|body| ("response-body", Direction::Response, body)))
        {
            let Some(schema) = body.schema.clone() else { continue };
            let Ok(cases) = preparation.cases(schema.clone()) else { continue };
            let mut valid: Vec<Value> =
                cases.cases.iter().filter(|case| case.fault.is_none()).map(|case| case.payload.clone()).collect();
            if let (Ok(payloads), Ok(validator)) =
                (preparation.payloads(schema.clone()), Validator::new(document, schema.clone()))
            {
                let drawn = strategy::draw(&payloads, &schema.pointer, 1, DRAWS).unwrap_or_default();
                valid.extend(drawn.into_iter().filter(|value| validator.accepts(value)));
            }
            found.push(Body { subject: subject.clone(), kind, direction, schema, valid });
        }
    }
    found
}

/// A value that a body's sender may send and the edited document refuses, though nothing is said of that body.
fn refuted(bodies: &[Body<'_>], edited: &Document, found: &Comparison, direction: Direction) -> Option<String> {
    for body in bodies.iter().filter(|body| body.direction == direction) {
        let told = |change: &Change| change.verdict != Verdict::Compatible && change.subjects.contains(&body.subject);
        if found.changes.iter().any(told) {
            continue;
        }
        let Some(schema) = edited.at(&body.schema.pointer) else { continue };
        let Ok(validator) = Validator::new(edited, schema) else { continue };
        if let Some(value) = body.valid.iter().find(|value| !validator.accepts(value)) {
            return Some(format!("{} {}: {value}", body.subject, body.kind));
        }
    }
    None
}

#[test]
fn every_edit_that_a_payload_shows_has_a_witness() {
    let own = Document::own().expect("the client's document is read");
    let shop = Document::parse("shop.yaml", include_str!("shop.yaml")).expect("the fixture is read");
    for document in [own, shop] {
        let bodies = bodies(&document);
        let (mut shown, mut silent) = (0, Vec::new());
        for mutant in mutants(&document).expect("there are mutants") {
            let directed = mutant.direction != mutate::Direction::Neither;
            if mutant.observer != Observer::Payload || !directed || mutant.equivalent.is_some() {
                continue;
            }
            let there = compare(&document, &mutant.document).expect("both are compared");
            let back = compare(&mutant.document, &document).expect("both are compared");
            // Of requests the old document is the sender, of responses the new one: each time the one with the cases.
            for (found, direction) in [(&there, Direction::Request), (&back, Direction::Response)] {
                let wrong = refuted(&bodies, &mutant.document, found, direction);
                assert_eq!(wrong, None, "{} {}: {}", mutant.id, mutant.place, mutant.what);
            }
            // What is loosened one way is tightened the other way.
            if [&there, &back].iter().any(|found| found.changes.iter().any(|change| change.witness.is_some())) {
                shown += 1;
            } else {
                silent.push(format!("{} {}: {}", mutant.id, mutant.place, mutant.what));
            }
        }
        println!("{}: {shown} edits have a witness, {} have none", document.name(), silent.len());
        assert!(silent.is_empty(), "{silent:#?}");
    }
}

/// More documents, by `DOCUMENTS=FILE:FILE`: no edit of theirs is called compatible that a case refutes.
#[test]
fn no_edit_of_other_documents_is_called_compatible_wrongly() {
    let (mut pairs, mut undecided, mut breaking) = (0, 0, 0);
    for path in std::env::var("DOCUMENTS").iter().flat_map(|paths| paths.split(':')) {
        let Ok(document) = Document::read(std::path::Path::new(path)) else { continue };
        let (Ok(_), Ok(edits)) = (document.operations(), mutants(&document)) else { continue };
        let bodies = bodies(&document);
        for mutant in edits.into_iter().filter(|mutant| mutant.observer == Observer::Payload) {
            let both =
                [(&document, &mutant.document, Direction::Request), (&mutant.document, &document, Direction::Response)];
            for (old, new, direction) in both {
                let Ok(found) = compare(old, new) else { continue };
                pairs += 1;
                undecided += usize::from(found.with(Verdict::Undecided).any(|change| change.witness.is_none()));
                breaking += usize::from(found.breaks());
                let wrong = refuted(&bodies, &mutant.document, &found, direction);
                assert_eq!(wrong, None, "{path}: {} {}: {}", mutant.id, mutant.place, mutant.what);
                for change in found.with(Verdict::Undecided).filter(|change| change.witness.is_none()).take(1) {
                    println!("{path}: {}: {}: {:?}", mutant.place, mutant.what, change.reason);
                }
            }
        }
    }
    println!("{pairs} pairs, {breaking} breaking, {undecided} undecided without a witness");
}
