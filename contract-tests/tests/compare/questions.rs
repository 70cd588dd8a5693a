//! Questions whose answers others have given: `QUESTIONS=FILE` names a file with one of them a line, as JSON with `dialect`,
//! `left`, `right` and `included`.

use std::collections::BTreeMap;

use contract_tests::compare::{Dialect, Inclusion, inclusion};
use serde_json::Value;

#[test]
fn questions_of_others_are_answered_as_they_say() {
    let Ok(path) = std::env::var("QUESTIONS") else { return };
    let text = std::fs::read_to_string(path).expect("the questions are read");
    let (mut wrong, mut decided, mut all) = (Vec::new(), 0, 0);
    let mut reasons: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for line in text.lines() {
        let question: Value = serde_json::from_str(line).expect("a question is JSON");
        let dialect = question["dialect"].as_str().and_then(Dialect::named).expect("the dialect is known");
        let expected = question["included"].as_bool();
        all += 1;
        let begun = std::time::Instant::now();
        let found = match inclusion(dialect, &question["left"], &question["right"]) {
            Inclusion::Included => true,
            Inclusion::Counterexample(_) => false,
            Inclusion::Undecided(reason) => {
                let known = reasons.entry(reason).or_insert_with(|| (0, line.to_owned()));
                known.0 += 1;
                continue;
            }
        };
        if begun.elapsed().as_secs() > 2 {
            println!("{:?}: {line}", begun.elapsed());
        }
        decided += 1;
        if expected.is_some_and(|expected| expected != found) {
            wrong.push(format!("said {found}: {line}"));
        }
    }
    for (reason, (count, line)) in &reasons {
        println!("{count}: {reason}\n    {line}");
    }
    println!("{all} questions, {decided} decided, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
