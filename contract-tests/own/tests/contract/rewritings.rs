//! No false alarm: the built client is not found to differ from our document in other words. What the generator makes of
//! them, its own tests show.

use std::path::Path;

use contract_tests::document::{Document, Way};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::Panel;
use contract_tests::oracle::{ORACLES, Oracle};
use contract_tests_own::SUBJECT;

use super::{judged_with, own};

#[path = "../../../tests/rewritings/mod.rs"]
#[allow(dead_code, reason = "the generator's tests look at all of it")]
mod table;

/// `CONTRACT_REWRITINGS` is a folder into which the rewritten documents are written, for `contract --generated`.
#[test]
fn what_says_the_same_in_other_words_is_no_difference() {
    assert!(table::any::OF_ANY.len() >= 30);
    let (clients, own, mut alarms) = (Clients::new().expect("a runtime"), own(), Vec::new());
    for rewriting in table::all() {
        let text = (rewriting.text)(own.root());
        if let Ok(directory) = std::env::var("CONTRACT_REWRITINGS") {
            let file = format!("{}.yaml", rewriting.name.replace([' ', ','], "-"));
            std::fs::write(Path::new(&directory).join(file), &text).expect("it is written");
        }
        let document = match Document::parse("rewritten.yaml", &text) {
            // To the last character the tree that is judged elsewhere.
            Ok(document) if table::in_order(document.root()) == table::in_order(own.root()) => continue,
            Ok(document) => document,
            Err(error) => {
                alarms.push(format!("{}: {error}", rewriting.name));
                continue;
            }
        };
        if schemas(&document) == schemas(&own) {
            let found = calls_judged(&clients, &document);
            alarms.extend((!found.is_empty()).then(|| format!("{}:\n{found}", rewriting.name)));
            continue;
        }
        let report = judged_with(&clients, &document, Plan { cases: 4, seed: 0 });
        if !report.passed() || !report.left_out.is_empty() {
            alarms.push(format!("{}:\n{report}", rewriting.name));
        }
    }
    assert!(alarms.is_empty(), "{} false alarms\n{}", alarms.len(), alarms.join("\n"));
}

/// The schemas to the last character, as requests and responses see them.
fn schemas(document: &Document) -> Vec<String> {
    let seen = [Way::Request, Way::Response].map(|way| document.meaning(way));
    seen.iter().map(|seen| table::in_order(&seen.root()["components"]["schemas"])).collect()
}

/// What is found without judging the schemas, which are judged elsewhere.
fn calls_judged(clients: &Clients, document: &Document) -> String {
    let ground = Ground::new(document, &SUBJECT, Plan { cases: 4, seed: 0 }, clients).expect("there is ground");
    let oracles: Vec<&dyn Oracle> = ORACLES.iter().copied().filter(|oracle| oracle.name() != "matrix").collect();
    let mut panel = Panel::of(&oracles);
    panel.document(&ground).expect("it is judged");
    for operation in &ground.operations {
        panel.each(|oracle, found| oracle.operation(&ground, operation, found)).expect("it is judged");
    }
    panel.differences().map(|found| format!("{found:?}\n")).collect()
}
