//! Values that are built, which the document may refuse.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};

use lineworks_partner_client::runtime::{Base64, Date, DateTime, Email, Hostname, Ipv4, Ipv6, Presence, Uri, Uuid};
use lineworks_partner_client::types::{
    Administrator, Customer, CustomerCode, DomainType, Locale, Memo, Partnership, PartnershipStatus,
};
use lineworks_partner_client::{Conformance, Null, decode};
use serde::de::DeserializeOwned;

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
        let refusal = built.build().expect_err("a refusal");
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
    let within = "`Partnership` cannot be built: memo: maxLength is 700, found 701";
    assert_eq!(refusal, format!("`Customer` cannot be built: partnership: {within}"));
}

#[test]
fn all_that_is_missing_or_refused_is_named_at_once() {
    let refusal = Administrator::builder().id("admin").private_email("nobody").build().expect_err("a refusal");
    assert_eq!(refusal.missing, ["last_name"]);
    let refused = "private_email: format is email, found a string of 6 characters that is not one";
    assert_eq!((refusal.refused.as_slice(), refusal.type_name), ([refused.to_owned()].as_slice(), "Administrator"));
    assert_eq!(refusal.to_string(), format!("`Administrator` cannot be built: `last_name` must be set; {refused}"));
    let refusal = Administrator::builder().build().expect_err("a refusal");
    assert_eq!(refusal.to_string(), "`Administrator` cannot be built: `last_name`, `id`, `private_email` must be set");
}

#[test]
fn a_value_becomes_a_builder_that_keeps_it() {
    let customer = Customer::example();
    assert_eq!(customer.clone().into_builder().build().as_ref(), Ok(&customer));
    let other = customer.clone().into_builder().company_name("Other").build().expect("a customer");
    assert_eq!((other.company_name.as_str(), &other.partnership), ("Other", &customer.partnership));
    // What was received deviating is refused where it is built on.
    let received: Administrator =
        decode(br#"{"lastName": "Works", "id": "admin", "privateEmail": "nobody"}"#).expect("an administrator");
    assert!(received.clone().into_builder().build().is_err());
    assert!(received.into_builder().private_email("a@example.com").build().is_ok());
}

#[test]
fn a_property_that_may_be_absent_or_null_is_read_without_nesting() {
    let states = |id: Option<Option<&'static str>>| (id.value().copied(), id.is_null(), id.is_absent());
    assert_eq!(states(Some(Some("STD"))), (Some("STD"), false, false));
    assert_eq!(states(Some(None)), (None, true, false));
    assert_eq!(states(None), (None, false, true));
}

#[test]
fn strings_and_enums_are_read_as_strings() {
    let memo = Memo::try_from("a").expect("a memo");
    assert!(memo == "a" && memo == *"a" && memo != "b");
    assert_eq!((memo.as_ref(), memo.as_str()), ("a", "a"));
    assert_eq!([String::from(memo.clone()), memo.into_inner()], ["a", "a"]);
    let status: PartnershipStatus = serde_json::from_str(r#""GONE""#).expect("a status");
    assert!(status == "GONE" && status == *"GONE" && Locale::JaJp == "ja_JP" && Locale::JaJp != "ja");
    assert_eq!((status.as_ref(), status.as_str()), ("GONE", "GONE"));
    assert_eq!([String::from(status.clone()), status.into_inner()], ["GONE", "GONE"]);
    assert_eq!(Locale::JaJp.into_inner(), "ja_JP");
    let listed: Vec<&str> = Locale::VARIANTS.iter().map(Locale::as_str).collect();
    assert_eq!(listed, Locale::LISTED);
}

/// Whether values compare and hash as the strings do that they lend.
fn is_its_string<T: Borrow<str> + Ord + Hash + DeserializeOwned>() -> bool {
    let state = std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default();
    // What is received is not checked, so that any string may be there. Two of them are the same date and time.
    let strings = ["", "a", "A", "b", "aa", "\u{e9}", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.0Z"];
    let received = |string: &str| serde_json::from_value::<T>(string.into()).expect("any string is kept");
    strings.iter().all(|one| {
        let value = received(one);
        state.hash_one(&value) == state.hash_one(*one)
            && Borrow::<str>::borrow(&value) == *one
            && strings.iter().all(|other| {
                value.cmp(&received(other)) == one.cmp(other) && (value == received(other)) == (one == other)
            })
    })
}

#[test]
fn what_is_borrowed_as_a_string_compares_and_hashes_as_the_string() {
    let types = [
        ("Email", is_its_string::<Email>()),
        ("runtime::Base64", is_its_string::<Base64>()),
        ("runtime::Date", is_its_string::<Date>()),
        ("runtime::Hostname", is_its_string::<Hostname>()),
        ("runtime::Ipv4", is_its_string::<Ipv4>()),
        ("runtime::Ipv6", is_its_string::<Ipv6>()),
        ("runtime::Uri", is_its_string::<Uri>()),
        ("runtime::Uuid", is_its_string::<Uuid>()),
        ("types::CustomerCode", is_its_string::<CustomerCode>()),
        ("types::Memo", is_its_string::<Memo>()),
    ];
    let listed = include_str!("../../API.txt").lines().filter_map(|line| line.strip_suffix(" implements Borrow<str>"));
    assert_eq!(types.map(|(name, _)| name).to_vec(), listed.collect::<Vec<_>>());
    assert!(types.iter().all(|(_, is_so)| *is_so), "{types:?}");
}

#[test]
fn date_times_compare_as_instants_and_keep_their_spelling() {
    let at = |text: &str| text.parse::<DateTime>().expect("a date and time");
    let same =
        ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000z", "2024-01-01t08:00:00+08:00", "2023-12-31T23:30:00-00:30"];
    for one in same {
        assert_eq!((at(one).as_str(), at(one).to_string()), (one, one.to_owned()));
        assert!(same.iter().all(|other| at(one) == at(other) && at(one).cmp(&at(other)).is_eq()), "{one}");
    }
    assert_eq!(same.map(at).into_iter().collect::<std::collections::HashSet<_>>().len(), 1);
    let ascending = [
        "2024-01-01T08:00:00+09:00",
        "2023-12-31T23:59:59Z",
        "2023-12-31T23:59:60Z",
        "2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00.05Z",
        "2024-01-01T00:00:00.1Z",
        "2024-02-29T00:00:00Z",
        "2024-03-01T00:00:00Z",
        "2025-01-01T00:00:00Z",
    ];
    assert!(ascending.map(at).is_sorted_by(|one, other| one < other));
    let received: DateTime = serde_json::from_str(r#""today""#).expect("a string");
    assert!(received == received.clone() && received > at(ascending[8]));
}

#[test]
fn customers_can_be_keys() {
    let customers = std::collections::HashSet::from([Customer::example(), Customer::example()]);
    assert_eq!(customers.len(), 1);
}

#[test]
fn what_is_missing_does_not_hide_that_a_value_which_was_received_is_refused() {
    let text = br#"{"lastName":"Works","id":"admin","privateEmail":"foo..bar@docomo.ne.jp"}"#;
    let received: Administrator = decode(text).expect("an administrator");
    let error =
        Administrator::builder().id("admin").private_email(received.private_email).build().expect_err("a refusal");
    let shown = error.to_string();
    assert!(shown.contains("`last_name` must be set; private_email: "), "{shown}");
}
