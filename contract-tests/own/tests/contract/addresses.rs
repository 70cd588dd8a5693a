//! E-mail addresses: the verdicts are listed by hand, and everybody is measured against them.

use contract_tests::formats::{Address, addresses};
use contract_tests::oracle::is_mailbox;
use lineworks_partner_client::runtime::Email;
use lineworks_partner_client::types::Administrator;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{own, verdict};

fn administrator(address: &str) -> Value {
    json!({ "lastName": "Works", "id": "admin", "privateEmail": address })
}

#[test]
fn the_document_gives_the_listed_verdicts() {
    let document = own();
    for Address { text, valid, clause } in addresses() {
        let expected = if valid { Vec::new() } else { vec!["format at /privateEmail"] };
        assert_eq!(verdict(&document, "Administrator", &administrator(&text)), expected, "{text:?}: {clause}");
    }
}

#[test]
fn the_clients_constructor_gives_the_listed_verdicts() {
    for Address { text, valid, clause } in addresses() {
        assert_eq!(text.parse::<Email>().is_ok(), valid, "{text:?}: {clause}");
    }
}

#[test]
fn every_address_is_decoded_and_kept() {
    // Mailboxes that break RFC 5321 were issued by carriers and are in use: a client must not lose the customer over one.
    for address in addresses() {
        let payload = administrator(&address.text);
        let decoded: Administrator = serde_json::from_value(payload.clone()).expect("decoding keeps every text");
        assert_eq!(serde_json::to_value(&decoded).expect("it encodes"), payload);
    }
}

#[test]
fn both_verdicts_have_their_classes() {
    let all = addresses();
    let valid = all.iter().filter(|address| address.valid).count();
    assert!(valid >= 14 && all.len() - valid >= 24, "{valid} of {}", all.len());
    assert!(all.iter().all(|address| address.clause.starts_with("RFC ")));
    assert!(all.iter().any(|address| address.text == "foo..bar@docomo.ne.jp" && !address.valid));
    assert!(all.iter().any(|address| address.text == "foo.@ezweb.ne.jp" && !address.valid));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The judge's grammar and the client's were written apart from each other.
    #[test]
    fn the_judge_and_the_client_agree_on_what_is_nearly_an_address(
        text in r#"[a.@"\\ \[\]!-]{0,6}(@|@\[)[a1.\-_:!@\]]{0,8}(\]|b)?"#
    ) {
        prop_assert_eq!(is_mailbox(&text), text.parse::<Email>().is_ok(), "{:?}", text);
    }
}
