//! Payloads with several faults: they arise, and each has the fault on its label.

use std::collections::BTreeSet;

use contract_tests::cases::Enumerator;
use contract_tests::cases::graft::{graft, grafted};
use contract_tests::document::Document;
use contract_tests::oracle::Validator;
use contract_tests::strategy::{Strategies, draw};
use serde_json::Value;

use super::{component, own};

fn faulty(document: &Document, name: &str) -> Vec<Value> {
    let schema = component(document, name);
    let payloads = Strategies::new(document).payloads(schema.clone()).expect("there are payloads");
    let cases = Enumerator::new(document).cases(schema.clone()).expect("there are cases").cases;
    draw(&grafted(payloads, &cases), &schema.pointer, 3, 200).expect("they are drawn")
}

#[test]
fn several_faults_meet_in_one_payload() {
    let document = own();
    let validator = Validator::new(&document, component(&document, "Customer")).expect("the schema compiles");
    let counts: BTreeSet<usize> =
        faulty(&document, "Customer").iter().map(|payload| validator.violations(payload).len()).collect();
    assert!(counts.contains(&2) && counts.contains(&3), "{counts:?}");
}

#[test]
fn a_grafted_payload_has_the_fault_on_its_label() {
    let document = own();
    for name in ["Customer", "Administrator", "Partnership", "ApiError"] {
        let schema = component(&document, name);
        let validator = Validator::new(&document, schema.clone()).expect("the schema compiles");
        let payloads = Strategies::new(&document).payloads(schema.clone()).expect("there are payloads");
        let drawn = draw(&payloads, &schema.pointer, 11, 8).expect("they are drawn");
        let cases = Enumerator::new(&document).cases(schema).expect("there are cases").cases;
        let mut planted = 0;
        for case in cases.iter().filter(|case| case.fault.is_some()) {
            for valid in &drawn {
                assert_eq!(validator.violations(valid), [], "{name}: {valid}");
                let mut faulty = valid.clone();
                graft(&mut faulty, case);
                // A payload without such a place stays as it is.
                if faulty != *valid {
                    planted += 1;
                    assert_eq!(
                        validator.violations(&faulty).as_slice(),
                        case.fault.as_slice(),
                        "{}: {faulty}",
                        case.label
                    );
                }
            }
        }
        assert!(planted > cases.len(), "{name}: {planted} of {} cases and {} payloads", cases.len(), drawn.len());
    }
}
