//! The document's mutants: every edit that somebody can observe is noticed, by who can observe it.

use contract_tests::mutate::{Fate, Score};
use contract_tests_own::SUBJECT;

use super::own;

#[test]
fn every_edit_is_noticed() {
    let (score, _) = Score::of(&own(), &SUBJECT, |_, _| {}).expect("the mutants are tried");
    let survivors: Vec<String> =
        score.survivors().map(|trial| format!("{trial}\n  to be caught by {}", trial.remedy)).collect();
    assert!(survivors.is_empty(), "not noticed:\n{}", survivors.join("\n"));
    assert!(score.perfect());
    let stillborn: Vec<String> = score
        .mutants
        .iter()
        .filter(|trial| matches!(trial.fate, Fate::Stillborn { .. }))
        .map(ToString::to_string)
        .collect();
    assert_eq!(stillborn, Vec::<String>::new());
}
