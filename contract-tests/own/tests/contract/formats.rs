//! Formats of strings: the client's checks, written apart from the judge's, against the listed texts and against chance.

use std::sync::LazyLock;

use contract_tests::document::Document;
use contract_tests::formats::{invalid, valid};
use contract_tests::oracle::Validator;
use lineworks_partner_client::runtime::Format;
use proptest::prelude::*;
use serde_json::json;

use super::{component, with_schemas};

/// The formats that both know; `byte` is OpenAPI's own, which no JSON Schema validator has.
const BOTH: [Format; 8] = [
    Format::Date,
    Format::DateTime,
    Format::Email,
    Format::Hostname,
    Format::Ipv4,
    Format::Ipv6,
    Format::Uri,
    Format::Uuid,
];

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let schema = |format: &Format| format!("{0}: {{type: string, format: {0}}}\n", format.name());
    with_schemas(&BOTH.iter().map(schema).collect::<String>())
});

static VALIDATORS: LazyLock<Vec<(Format, Validator)>> = LazyLock::new(|| {
    let compiled = |format: &Format| {
        let validator = Validator::new(&DOCUMENT, component(&DOCUMENT, format.name()));
        (*format, validator.expect("the schema compiles"))
    };
    BOTH.iter().map(compiled).collect()
});

#[test]
fn the_listed_texts_have_their_verdicts() {
    for format in BOTH {
        let (good, bad) = (valid(format.name()), invalid(format.name()));
        assert!(!good.is_empty() && !bad.is_empty(), "{format:?}");
        for text in good {
            assert!(format.holds(&text), "{format:?}: {text:?}");
        }
        for text in bad {
            assert!(!format.holds(&text), "{format:?}: {text:?}");
        }
    }
}

#[test]
fn bytes_are_base64_in_either_alphabet() {
    // RFC 4648, section 10, and the same without padding or in the alphabet of section 5.
    for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg", "-_-_", "+/+/"] {
        assert!(Format::Base64.holds(text), "{text:?}");
    }
    for text in ["Z", "Zg=", "Zm9v=", "Zg==Zg==", "Zm 8=", "Zm8=\n", "=", "é"] {
        assert!(!Format::Base64.holds(text), "{text:?}");
    }
}

/// Texts that are nearly of some format.
fn near() -> impl Strategy<Value = String> {
    let date = "(19|20|00)[0-9]{2}-(0[0-9]|1[0-4]|2)-([0-3][0-9]|31)";
    let time = "([01][0-9]|2[0-5]):[0-6][0-9]:([0-5][0-9]|60|61)(\\.[0-9]{0,3})?";
    let offset = "(Z|z|\\+[012][0-9]:[0-6][0-9]|-0?[0-9]:[0-9]{2}|)";
    let kinds = [
        date.to_owned(),
        format!("{date}[Tt ]{time}{offset}"),
        "2016-12-31T(23|08|0[0-9]):(59|29):60(Z|[+-](09|15|00):[03]0)".to_owned(),
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fAg]{11,12}".to_owned(),
        "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}".to_owned(),
        "(::)?([0-9a-f]{0,4}:){0,8}([0-9a-f]{1,4}|[0-9]{1,3}(\\.[0-9]{1,3}){3})?".to_owned(),
        "[a-z0-9-]{0,3}(\\.[a-zA-Z0-9_-]{0,3}){0,3}".to_owned(),
        "[a-z+.0-9-]{0,4}:(//)?([a-z%@:]{0,4})(\\[[:a-f0-9v.]{0,6}\\]|[a-z.]{0,4})(:[0-9a]{0,3})?[/a-z%20@:\\[ ]{0,4}(\\?[a-z?/%]{0,3})?(#[a-z#?]{0,3})?".to_owned(),
    ];
    proptest::string::string_regex(&format!("({})", kinds.join("|"))).expect("the pattern compiles")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_client_and_the_document_agree_on_what_is_nearly_of_a_format(text in near()) {
        for (format, validator) in VALIDATORS.iter() {
            prop_assert_eq!(format.holds(&text), validator.accepts(&json!(text)), "{:?}: {:?}", format, text);
        }
    }
}
