//! The failure matrix: every row as it says, and the rows are the ones that were asked for.

use std::collections::BTreeSet;

use contract_tests::bindings::matrix::rows::ROWS;
use contract_tests::bindings::matrix::{differences, run};
use contract_tests::deviations::DEVIATIONS;
use contract_tests::judge::stale;
use contract_tests::progress::Progress;

use super::own;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_is_as_it_says() {
    let tried = run(&own(), &Progress::hidden()).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(tried.len() >= 25 + 6, "{}", tried.len());
    let known = |difference| DEVIATIONS.iter().any(|deviation| deviation.covers(difference));
    let found = differences(&tried);
    let wrong: Vec<String> = found
        .iter()
        .filter(|difference| !known(difference))
        .map(|difference| format!("{}: {}", difference.place, difference.detail))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(stale(DEVIATIONS, |oracle| oracle == "matrix", &found), Vec::<String>::new());
    // Wherever the server answered, the status is kept.
    for row in tried {
        assert_eq!(row.status.is_some(), row.kept.is_some(), "{}", row.name);
    }
}

#[test]
fn the_rows_have_names_of_their_own_and_say_more_than_that_it_fails() {
    let names: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), ROWS.len());
    for row in ROWS {
        let mut words = row.expected.split([' ', ',']);
        let kind = words.next().expect("a word");
        let status = words.next().and_then(|word| word.parse::<u16>().ok());
        assert!(kind == "communication" || status.is_some(), "{}: no status is kept", row.name);
    }
}
