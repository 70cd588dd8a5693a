//! The failure matrix: every row as it says, made-up responses and bodies too, and the rows are the ones that were asked for.

use std::collections::BTreeSet;

use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::matrix::rows::ROWS;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use contract_tests_own::SUBJECT;

use super::own;

#[test]
fn every_row_is_as_it_says_and_whatever_comes_there_is_one_result() {
    let (document, clients) = (own(), Clients::new().expect("a runtime"));
    let plan = Plan { cases: 400, seed: 1 };
    let ground = Ground::new(&document, &SUBJECT, plan, &clients).unwrap_or_else(|error| panic!("{error}"));
    let matrix = named("matrix").expect("it is registered");
    let report = judge(&ground, &[matrix], &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    assert!(report.passed() && report.stale.is_empty() && report.left_out.is_empty(), "{report}");
    let tried = &report.oracles[0].tried;
    assert!(tried.len() >= 80, "{}", tried.len());
}

#[test]
fn the_rows_have_names_of_their_own() {
    let names: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), ROWS.len());
}
