//! Which values are refused: lengths, listed values, addresses, integers.

use super::super::fault::{Fault, built, switched};

const TYPES: &str = "generated/types.rs";
const TEXTS: &str = "generated/runtime/texts.rs";
const ENUMS: &str = "generated/runtime/enums.rs";
const EMAIL: &str = "generated/runtime/email.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    built("a-memo-is-shorter-by-one", "Memo", TYPES, "text!(Memo)", "700", "699"),
    built("a-memo-is-longer-by-one", "Memo", TYPES, "text!(Memo)", "700", "701"),
    built("a-code-is-shorter-by-one", "CustomerCode", TYPES, "text!(CustomerCode)", "200", "199"),
    built("a-code-is-longer-by-one", "CustomerCode", TYPES, "text!(CustomerCode)", "200", "201"),
    switched("the-longest-string-is-too-long", TEXTS, "TextRules::violations", "length > *limit", "length >= *limit"),
    switched("the-most-bytes-are-too-many", TEXTS, "TextRules::violations", "text.len() as u64 > *limit", "text.len() as u64 >= *limit"),
    switched("a-constructor-of-a-string-does-not-check", TEXTS, "checked_text!", "text.check().map(|()| text)", "Ok(text)"),
    switched("parsing-a-string-does-not-check", TEXTS, "checked_text!", "Self::try_from(text)", "Ok(Self(text.to_owned()))"),
    switched("a-received-string-is-not-examined", TEXTS, "checked_text!", "at.text(&Self::RULES, &self.0)", "()"),
    switched("a-received-string-checks-as-fine", TEXTS, "checked_text!", "Self::RULES.check(&self.0)", "Ok(())"),
    switched("parsing-takes-a-value-in-any-case", ENUMS, "open_enum!", "Self::listed(text)", "Self::LISTED.iter().find(|listed| listed.eq_ignore_ascii_case(text)).and_then(|text| Self::listed(text))"),
    switched("decoding-takes-a-value-in-any-case", ENUMS, "open_enum!", "Self::listed(text.as_str())", "Self::LISTED.iter().find(|listed| listed.eq_ignore_ascii_case(text.as_str())).and_then(|text| Self::listed(text))"),
    switched("decoding-trims-a-value", ENUMS, "open_enum!", "Self::listed(text.as_str())", "Self::listed(text.as_str().trim())"),
    switched("an-unlisted-value-is-no-violation", ENUMS, "enumeration!", r#"at.report($crate::generated::runtime::Violation::new("enum", listed, "a value that is not listed"))"#, "drop(listed)"),
    switched("an-address-has-an-octet-more", EMAIL, "Email::is_mailbox", "text.len() > 254", "text.len() > 255"),
    switched("an-address-has-an-octet-less", EMAIL, "Email::is_mailbox", "text.len() > 254", "text.len() > 253"),
    switched("a-local-part-has-an-octet-more", EMAIL, "Email::is_mailbox", "local.len() <= 64", "local.len() <= 65"),
    switched("a-local-part-has-an-octet-less", EMAIL, "Email::is_mailbox", "local.len() <= 64", "local.len() <= 63"),
    switched("an-atom-has-spaces", EMAIL, "is_atext", "byte.is_ascii_alphanumeric()", "byte.is_ascii_alphanumeric() || byte == b' '"),
    switched("the-first-at-sign-counts", EMAIL, "split", "text.rsplit_once('@')", "text.split_once('@')"),
    switched("a-label-has-a-letter-more", EMAIL, "Email::is_label", "(1..=63).contains(&label.len())", "(1..=64).contains(&label.len())"),
    switched("a-label-may-be-empty", EMAIL, "Email::is_label", "(1..=63).contains(&label.len())", "(0..=63).contains(&label.len())"),
    switched("a-label-begins-with-a-hyphen", EMAIL, "Email::is_label", "!label.starts_with('-')", "true"),
    switched("a-label-ends-with-a-hyphen", EMAIL, "Email::is_label", "!label.ends_with('-')", "true"),
    switched("a-label-has-underscores", EMAIL, "Email::is_label", "byte == b'-'", "byte == b'-' || byte == b'_'"),
    switched("dots-may-follow-one-another", EMAIL, "is_local_part", "!atom.is_empty()", "true"),
    switched("a-quote-needs-no-backslash", EMAIL, "is_quoted_content", "!fine", "!fine && byte != b'\"'"),
    switched("anything-stands-behind-a-backslash", EMAIL, "is_quoted_content", "bytes.next().is_some_and(printable)", "bytes.next().is_some()"),
    switched("no-address-literal-of-ipv6", EMAIL, "is_address_literal", r#"tag.eq_ignore_ascii_case("IPv6:")"#, "false"),
    switched("the-tag-of-ipv6-in-one-case", EMAIL, "is_address_literal", r#"tag.eq_ignore_ascii_case("IPv6:")"#, r#"tag == "IPv6:""#),
    switched("an-integer-is-written-with-a-fraction", "generated/runtime/numbers.rs", "received_integer", "!is_written_whole(json)", "false"),
    switched("an-integer-with-a-fraction-does-not-decode", "generated/runtime/decode.rs", "decode", "with_plain_integers(body)", "None"),
];
