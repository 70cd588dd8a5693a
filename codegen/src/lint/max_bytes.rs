//! `max-bytes`: it bounds the length of a text in bytes of UTF-8.

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "max-bytes",
    level: Level::Error,
    description: "Every `x-maxBytes` is a non-negative integer on a string.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(bound) = schema.get("x-maxBytes") else { continue };
        let pointer = schema.at("x-maxBytes");
        if !bound.is_u64() {
            let message = format!("`x-maxBytes` is {bound}, but must be a non-negative integer");
            findings
                .at_value(&pointer, message, "write the number of bytes, such as `x-maxBytes: 200`")
                .if_allowed(Reading::Without(pointer.clone()));
        } else if let Some(kind) = schema.text("type").filter(|kind| *kind != "string") {
            let message = format!("`x-maxBytes` applies to strings, but the schema's type is `{kind}`");
            findings
                .at_key(&pointer, message, "remove it, or write `type: string`")
                .if_allowed(Reading::Without(pointer.clone()));
        }
    }
}
