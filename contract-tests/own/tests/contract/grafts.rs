//! Payloads with several faults: the client keeps up with them, and one that doesn't is noticed.

use std::collections::BTreeSet;

use contract_tests::client::{Built, Decoded, Fault, Schema, Subject};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use contract_tests_own::SUBJECT;

use super::{bound, own};

fn problems(schema: Schema) -> BTreeSet<String> {
    let (document, clients) = (own(), Clients::new().expect("a runtime"));
    let subject = Subject { schemas: vec![schema].leak(), operations: &[], ..SUBJECT };
    let ground = Ground::new(&document, &subject, Plan::default(), &clients).expect("there is ground");
    let client = named("client").expect("it is registered");
    let report = judge(&ground, &[client], &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    report.differences.iter().map(|found| format!("{:?}", found.difference.problem)).collect()
}

#[test]
fn the_client_keeps_up_and_one_that_names_only_the_first_fault_does_not() {
    assert_eq!(problems(Schema { built: Built::Opaque, ..*bound("Customer") }), BTreeSet::new());

    fn first_only(text: &[u8]) -> Result<Decoded, Fault> {
        let mut decoded = (bound("Customer").decode)(text)?;
        decoded.strict.truncate(1);
        Ok(decoded)
    }
    let broken = Schema { decode: first_only, built: Built::Opaque, ..*bound("Customer") };
    assert_eq!(problems(broken), BTreeSet::from(["StrictDiffers".to_owned()]));
}
