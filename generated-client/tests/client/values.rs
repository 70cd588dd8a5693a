//! Values that are built, which the document may refuse.

use lineworks_partner_client::types::{Administrator, CustomerCode, DomainType, Locale, Memo, Partnership};
use lineworks_partner_client::{Conformance, decode};

#[test]
fn a_carrier_address_is_kept_when_received_and_refused_when_built() {
    for address in ["foo..bar@docomo.ne.jp", "foo.@ezweb.ne.jp"] {
        let text = format!(r#"{{"lastName":"Works","id":"admin","privateEmail":"{address}"}}"#);
        let received: Administrator = decode(text.as_bytes()).expect("an administrator");
        assert_eq!(received.private_email.as_str(), address);
        assert_eq!(serde_json::to_string(&received).expect("JSON"), text);
        let violations = received.conformance();
        assert_eq!(violations.len(), 1);
        assert_eq!((violations[0].pointer.as_str(), violations[0].keyword), ("/privateEmail", "format"));
        let built = Administrator::builder().last_name("Works").id("admin").private_email(address);
        let refusal = Administrator::try_from(built).expect_err("a refusal");
        assert!(refusal.to_string().contains("private_email"), "{refusal}");
    }
}

#[test]
fn limits_count_what_they_say_they_count() {
    for unit in ["a", "\u{e9}", "\u{1f600}"] {
        assert!(Memo::try_from(unit.repeat(700)).is_ok());
        assert!(Memo::try_from(unit.repeat(701)).is_err());
        let fits = 200 / unit.len();
        assert!(CustomerCode::try_from(unit.repeat(fits)).is_ok());
        assert!(CustomerCode::try_from(unit.repeat(fits + 1)).is_err());
    }
}

#[test]
fn no_unlisted_value_is_built() {
    assert_eq!("ja_JP".parse::<Locale>(), Ok(Locale::JaJp));
    assert!("fr_FR".parse::<Locale>().is_err());
    assert!(DomainType::try_from("domain").is_err());
}

#[test]
fn an_array_is_no_object() {
    assert!(decode::<Partnership>(b"[]").is_err());
    assert!(decode::<Partnership>(b"{}").is_ok());
}
