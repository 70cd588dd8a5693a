//! The document's mutants: every edit that a payload or a call can see is noticed, and what is not noticed is on the list.

use std::collections::BTreeSet;

use contract_tests::mutate::{Fate, GAPS, OPERATORS, Observer, Score, mutants};

use super::{own, with_schemas};

#[test]
fn every_edit_is_noticed_but_those_on_the_list() {
    let (score, _) = Score::of(&own(), |_, _| {}).expect("the mutants are tried");
    let survivors: Vec<_> = score.survivors().collect();
    let unknown: Vec<String> = survivors
        .iter()
        .filter(|trial| !GAPS.iter().any(|gap| gap.covers(trial)))
        .map(|trial| format!("{trial}\n  to be caught by {}", trial.remedy))
        .collect();
    assert!(unknown.is_empty(), "not noticed:\n{}", unknown.join("\n"));
    let visible = |trial: &&&_| -> bool {
        let trial: &contract_tests::mutate::Trial = trial;
        matches!(trial.observer, Observer::Payload | Observer::Wire)
    };
    assert_eq!(survivors.iter().filter(visible).count(), 0, "a payload or a call can see it, so no list excuses it");
    let stale: Vec<_> = GAPS.iter().filter(|gap| !survivors.iter().any(|trial| gap.covers(trial))).collect();
    assert!(stale.is_empty(), "nothing is left of: {stale:#?}");
    let stillborn: Vec<String> = score
        .mutants
        .iter()
        .filter(|trial| matches!(trial.fate, Fate::Stillborn { .. }))
        .map(ToString::to_string)
        .collect();
    assert_eq!(stillborn, Vec::<String>::new());
}

#[test]
fn operators_are_sorted_and_described() {
    let names: Vec<&str> = OPERATORS.iter().map(|operator| operator.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a name is there twice");
    assert!(OPERATORS.iter().all(|operator| operator.about.ends_with('.')));
}

#[test]
fn the_same_document_gives_the_same_mutants() {
    let ids = || {
        mutants(&own()).expect("it has mutants").into_iter().map(|mutant| (mutant.id, mutant.what)).collect::<Vec<_>>()
    };
    assert_eq!(ids(), ids());
}

#[test]
fn what_says_the_same_is_recognised() {
    let document =
        with_schemas("Thing: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}");
    let all = mutants(&document).expect("it has mutants");
    let equivalent: Vec<&str> =
        all.iter().filter(|one| one.equivalent.is_some()).map(|one| one.what.as_str()).collect();
    assert_eq!(
        equivalent,
        ["required: [\"a\",\"b\"] became [\"b\",\"a\"]", "nullable: false added", "additionalProperties: true added"]
    );
}
