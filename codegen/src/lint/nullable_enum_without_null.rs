//! `nullable-enum-without-null`: OpenAPI 3.0.3 admits null only if the enum does, too.

use serde_json::Value;

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "nullable-enum-without-null",
    level: Level::Warning,
    description: "A nullable `enum` lists null.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas().filter(|schema| schema.is_true("nullable")) {
        if schema.get("enum").is_some_and(Value::is_array) && !schema.list("enum").any(Value::is_null) {
            let message = "the schema is nullable, but its enum does not list null";
            findings.at_key(&schema.at("enum"), message, "add `null` to the enum, or remove `nullable: true`");
        }
    }
}
