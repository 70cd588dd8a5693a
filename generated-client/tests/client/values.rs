//! Values that are built, which the document may refuse.

use lineworks_partner_client::types::{
    Administrator, Customer, CustomerCode, DomainType, Locale, Memo, Partnership, PartnershipStatus,
};
use lineworks_partner_client::{Conformance, Null, decode};

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
fn a_violation_tells_the_limit_and_the_measure_in_the_unit_of_the_keyword() {
    let customer_code = "\u{e9}".repeat(101);
    let received = format!(r#"{{"memo":"{}","customerCode":"{customer_code}"}}"#, "\u{1f600}".repeat(701));
    let received: Partnership = decode(received.as_bytes()).expect("a partnership");
    let told: Vec<_> = received.conformance().into_iter().map(|one| (one.keyword, one.limit, one.measure)).collect();
    let expected = [("x-maxBytes", "200", "202"), ("maxLength", "700", "701")];
    assert_eq!(told, expected.map(|(keyword, limit, measure)| (keyword, limit.to_owned(), measure.to_owned())));
    let memo = received.memo.expect("a memo").check().expect_err("a memo that is too long");
    assert_eq!((memo.keyword, memo.pointer.as_str()), ("maxLength", ""));
    received.customer_code.expect("a code").check().expect_err("a code that is too long");
    assert!(Memo::try_from("fits").expect("a memo").check().is_ok());
}

#[test]
fn no_unlisted_value_is_built() {
    assert_eq!("ja_JP".parse::<Locale>(), Ok(Locale::JaJp));
    assert!("fr_FR".parse::<Locale>().is_err());
    assert!(DomainType::try_from("domain").is_err());
}

#[test]
fn what_deviates_is_printed_with_its_place_and_an_unlisted_value_by_itself() {
    let received = format!(r#"{{"memo":"{}","status":"GONE"}}"#, "x".repeat(701));
    let received: Partnership = decode(received.as_bytes()).expect("a partnership");
    let printed: Vec<String> = received.conformance().iter().map(ToString::to_string).collect();
    assert!(printed[0].starts_with("/status: enum is ") && printed[0].contains("TRANSFER_READY"), "{printed:?}");
    assert_eq!(printed[1], "/memo: maxLength is 700, found 701");
    assert_eq!(Memo::try_from("x".repeat(701)).expect_err("a refusal").to_string(), "maxLength is 700, found 701");
    let Some(PartnershipStatus::Unlisted(status)) = &received.status else { panic!("{:?}", received.status) };
    assert_eq!((status.to_string().as_str(), status.get().as_str()), ("GONE", "GONE"));
    assert_eq!(received.status.map(|status| status.to_string()).as_deref(), Some("GONE"));
    let fault = decode::<Partnership>(br#"{"memo": 1}"#).expect_err("a number").to_string();
    assert!(fault.starts_with("at /memo: ") && fault.contains("integer") && fault.contains("string"), "{fault}");
    let fault = decode::<Partnership>(b"[]").expect_err("an array").to_string();
    assert!(fault.starts_with("at the body: "), "{fault}");
}

#[test]
fn an_array_is_no_object() {
    assert!(decode::<Partnership>(b"[]").is_err());
    assert!(decode::<Partnership>(b"{}").is_ok());
}

#[test]
#[allow(deprecated, reason = "the one property that may be null is deprecated")]
fn a_setter_takes_a_value_an_option_or_null() {
    let builder = || Administrator::builder().last_name("Works").id("admin").private_email("a@example.com");
    let built = |builder| Administrator::try_from(builder).expect("an administrator");
    assert_eq!(built(builder().first_name("A")).first_name.as_deref(), Some("A"));
    assert_eq!(built(builder().first_name(Some("A"))).first_name.as_deref(), Some("A"));
    assert_eq!(built(builder().first_name(None::<String>)).first_name, None);

    let plan = |customer: lineworks_partner_client::types::builder::Customer| {
        let json = serde_json::to_value(Customer::try_from(customer).expect("a customer")).expect("JSON");
        json.get("productId").cloned()
    };
    let builder = || lineworks_partner_client::types::builder::Customer::from(Customer::example());
    assert_eq!(plan(builder().product_id("STD")), Some("STD".into()));
    assert_eq!(plan(builder().product_id(Some("STD"))), Some("STD".into()));
    assert_eq!(plan(builder().product_id(Null)), Some(serde_json::Value::Null));
    assert_eq!(plan(builder().product_id(None::<&str>)), None);
    assert_eq!(plan(builder().product_id(Customer::example().product_id)), Some("STD_T".into()));
    // A part is given as it is, or as a builder whose last step is still to come.
    let memo =
        |partnership| builder().partnership(partnership).try_into().map(|customer: Customer| customer.partnership);
    assert!(memo(Partnership::builder().memo("x".repeat(700))).expect("a customer").is_some());
    let refusal = memo(Partnership::builder().memo("x".repeat(701))).expect_err("a refusal").to_string();
    assert_eq!(refusal, "partnership: memo: maxLength is 700, found 701");
}

#[test]
fn what_is_missing_is_named() {
    let refusal = Administrator::try_from(Administrator::builder().id("admin")).expect_err("a refusal");
    assert_eq!(refusal.to_string(), "last_name is missing");
}

#[test]
fn customers_can_be_keys() {
    let customers = std::collections::HashSet::from([Customer::example(), Customer::example()]);
    assert_eq!(customers.len(), 1);
}
