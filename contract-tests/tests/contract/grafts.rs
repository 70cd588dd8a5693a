//! Payloads with several faults: they arise, the client keeps up with them, and one that doesn't is noticed.

use std::collections::BTreeSet;

use contract_tests::bindings::{Binding, Decoded, SCHEMAS, Undecoded};
use contract_tests::cases::Enumerator;
use contract_tests::cases::graft::{graft, grafted};
use contract_tests::document::{Conjunction, Document};
use contract_tests::oracle::Validator;
use contract_tests::oracle::client::judge_any;
use contract_tests::strategy::{Strategies, draw};
use serde_json::Value;

use super::{component, own};

fn faulty(document: &Document, name: &str) -> Vec<Value> {
    let schema = component(document, name);
    let payloads = Strategies::new(document).payloads(schema.clone()).expect("there are payloads");
    let cases = Enumerator::new(document).cases(schema.clone()).expect("there are cases").cases;
    draw(&grafted(payloads, &cases), &schema.pointer, 3, 200).expect("they are drawn")
}

fn problems(binding: &Binding) -> BTreeSet<String> {
    let document = own();
    let schema = component(&document, binding.name);
    let validator = Validator::new(&document, schema.clone()).expect("the schema compiles");
    let conjunction = Conjunction::of(&document, schema).expect("the schema is read");
    let payloads = faulty(&document, binding.name);
    let judge = |payload| judge_any(&document, &conjunction, &validator, binding, payload).expect("it is judged");
    payloads.iter().filter_map(judge).map(|found| format!("{:?}", found.problem)).collect()
}

fn customer() -> &'static Binding {
    SCHEMAS.iter().find(|binding| binding.name == "Customer").expect("it is bound")
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

#[test]
fn the_client_keeps_up_and_one_that_names_only_the_first_fault_does_not() {
    assert_eq!(problems(customer()), BTreeSet::new());

    fn first_only(text: &[u8]) -> Result<Decoded, Undecoded> {
        let mut decoded = (customer().round_trip)(text)?;
        decoded.strict.truncate(1);
        Ok(decoded)
    }
    let broken = Binding {
        seen: || None,
        name: "Customer",
        type_name: "Thing",
        round_trip: first_only,
        derived: || None,
        constructor: || None,
        example: || serde_json::Value::Null,
    };
    assert_eq!(problems(&broken), BTreeSet::from(["StrictDiffers".to_owned()]));
}
