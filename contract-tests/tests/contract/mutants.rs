//! The document's mutants: the operators, and which edits say the same in other words.

use std::collections::BTreeSet;

use contract_tests::mutate::{mutants, operators};

use super::{own, with_schemas};

#[test]
fn operators_are_sorted_and_described() {
    let names: Vec<&str> = operators().iter().map(|operator| operator.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a name is there twice");
    assert!(operators().iter().all(|operator| operator.about.ends_with('.')));
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
    // `additionalProperties: true` is no mere default: said aloud, it has the client keep what is undeclared.
    assert_eq!(equivalent, ["nullable: false added", "required: [\"a\",\"b\"] became [\"b\",\"a\"]"]);
}
