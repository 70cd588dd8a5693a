//! `format-typo`: a format that nobody knows checks nothing.

use super::nearest::one_off;
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "format-typo",
    level: Level::Warning,
    description: "No `format` is one letter off one that means something.",
    check,
};

/// The formats that OpenAPI 3.0 defines, those that are checked, and those of its registry, which are near to one another.
const KNOWN: [&str; 38] = [
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
    "date",
    "date-time",
    "password",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uuid",
    "int8",
    "int16",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "decimal",
    "decimal128",
    "char",
    "time",
    "duration",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "uri-reference",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "html",
    "media-range",
    "base64url",
];

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(format) = schema.text("format") else { continue };
        if let Some(near) = one_off(format, KNOWN) {
            let message = format!("nothing is known of the format `{format}`, so it is not checked");
            findings.at_value(&schema.at("format"), message, format!("did you mean `{near}`?"));
        }
    }
}
