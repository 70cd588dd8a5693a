//! `memo` around its limit of 700, which counts Unicode code points and nothing else.

use contract_tests::alphabet::Script;
use lineworks_partner_client::types::{Memo, Partnership};
use serde_json::json;

use super::{own, verdict};

/// 699, 700 and 701 code points, with the number of bytes written by hand: a count that goes wrong shows in one of them.
const LENGTHS: &[(Script, usize, usize, bool)] = &[
    (Script::Ascii, 699, 699, true),
    (Script::Ascii, 700, 700, true),
    (Script::Ascii, 701, 701, false),
    (Script::TwoByte, 699, 1398, true),
    (Script::TwoByte, 700, 1400, true),
    (Script::TwoByte, 701, 1402, false),
    (Script::ThreeByte, 699, 2097, true),
    (Script::ThreeByte, 700, 2100, true),
    (Script::ThreeByte, 701, 2103, false),
    (Script::Astral, 699, 2796, true),
    (Script::Astral, 700, 2800, true),
    (Script::Astral, 701, 2804, false),
    (Script::Combining, 699, 1048, true),
    (Script::Combining, 700, 1050, true),
    (Script::Combining, 701, 1051, false),
    (Script::Unseen, 699, 979, true),
    (Script::Unseen, 700, 980, true),
    (Script::Unseen, 701, 981, false),
];

#[test]
fn the_document_and_the_client_count_code_points() {
    let document = own();
    for (script, length, bytes, fits) in LENGTHS {
        let text = script.of_length(*length);
        let case = format!("{length} code points, {}", script.name());
        assert_eq!(text.len(), *bytes, "{case}");
        let said = verdict(&document, "Partnership", &json!({ "memo": text }));
        let expected = if *fits { Vec::new() } else { vec!["maxLength at /memo"] };
        assert_eq!(said, expected, "{case}, by the document");
        assert_eq!(Memo::try_from(text.as_str()).is_ok(), *fits, "{case}, by the constructor");
        let decoded: Partnership =
            serde_json::from_value(json!({ "memo": text })).expect("decoding keeps every length");
        assert_eq!(decoded.memo.as_ref().map(Memo::as_str), Some(text.as_str()), "{case}, by decoding");
        assert_eq!(serde_json::to_value(&decoded).expect("it encodes"), json!({ "memo": text }), "{case}, by encoding");
    }
}

#[test]
fn bytes_are_what_customer_code_counts() {
    let document = own();
    for script in Script::ALL {
        for (bytes, expected) in [(199, vec![]), (200, vec![]), (201, vec!["x-maxBytes at /customerCode"])] {
            let text = script.of_bytes(bytes);
            assert_eq!(text.len(), bytes);
            let said = verdict(&document, "Partnership", &json!({ "customerCode": text }));
            assert_eq!(said, expected, "{bytes} bytes, {}", script.name());
        }
    }
}
