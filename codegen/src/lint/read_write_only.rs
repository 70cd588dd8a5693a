//! `read-write-only`: it could neither be sent nor received.

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "read-write-only",
    level: Level::Error,
    description: "No schema is both `readOnly` and `writeOnly`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if schema.is_true("readOnly") && schema.is_true("writeOnly") {
            let message = "the schema is both `readOnly` and `writeOnly`";
            findings
                .at_key(&schema.at("writeOnly"), message, "keep one of the two")
                .if_allowed(Reading::Without(schema.at("writeOnly")));
        }
    }
}
