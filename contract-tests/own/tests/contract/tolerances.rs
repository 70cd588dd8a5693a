//! The tolerance that only a client shows is still real.

use contract_tests::document::Pointer;
use contract_tests::oracle::Violation;
use contract_tests::tolerances::names;

use super::bound;

#[test]
fn a_decoder_still_names_the_object_that_lacks_a_property() {
    let administrator = bound("Administrator");
    let error = (administrator.decode)(br#"{"lastName":"a","privateEmail":"a@example.com"}"#).expect_err("no id");
    assert_eq!(error.pointer, Pointer::root());
    assert!(error.message.contains("`id`"), "{error:?}");
    let missing = Violation { pointer: Pointer::written("/id"), keyword: "required".into() };
    assert!(names(&error.pointer, &missing));
    // The holder stands for a missing property only.
    assert!(!names(&error.pointer, &Violation { keyword: "type".into(), ..missing }));
}
