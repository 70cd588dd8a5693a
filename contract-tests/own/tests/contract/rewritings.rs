//! No false alarm: the built client is not found to differ from our document in other words. What the generator makes of
//! them, its own tests show.

use std::path::Path;

use contract_tests::document::Document;
use contract_tests::ground::{Clients, Plan};

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
        let report = judged_with(&clients, &document, Plan { cases: 4, seed: 0 });
        if !report.passed() || !report.left_out.is_empty() {
            alarms.push(format!("{}:\n{report}", rewriting.name));
        }
    }
    assert!(alarms.is_empty(), "{} false alarms\n{}", alarms.len(), alarms.join("\n"));
}
