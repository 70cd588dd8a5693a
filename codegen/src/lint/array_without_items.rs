//! `array-without-items`: else nobody knows what the list holds.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "array-without-items",
    level: Level::Warning,
    description: "Every schema of type `array` has `items`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if schema.text("type") == Some("array") && schema.get("items").is_none() {
            let help = "add `items` with a schema, or `items: {}` for any value";
            findings.at_value(&schema.at("type"), "the schema is of type `array`, but has no `items`", help);
        }
    }
}
