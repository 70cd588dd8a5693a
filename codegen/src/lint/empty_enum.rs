//! `empty-enum`: no value could satisfy it.

use serde_json::Value;

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "empty-enum", level: Level::Error, description: "No `enum` is empty.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if schema.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            findings
                .at_key(&schema.at("enum"), "the enum has no values", "list the values, or remove `enum`")
                .if_allowed(Reading::Without(schema.at("enum")));
        }
    }
}
