//! Made-up answers and bodies: one result each, the status kept, no panic.

use contract_tests::bindings::matrix::chance::run;
use contract_tests::ground::Plan;

use super::own;

#[test]
fn whatever_comes_there_is_one_result_and_no_panic() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let chance = run(&own(), Plan { cases: 400, seed: 1 }, &runtime).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((chance.answers, chance.bodies), (400, 16_000));
    assert!(chance.differences.is_empty(), "{:#?}", chance.differences);
}
