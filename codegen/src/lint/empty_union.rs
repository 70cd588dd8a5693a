//! `empty-union`: OpenAPI 3.0 wants at least one schema in each.

use serde_json::Value;

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "empty-union", level: Level::Error, description: "No `allOf`, `oneOf` or `anyOf` is empty.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        for name in ["allOf", "oneOf", "anyOf"] {
            if schema.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                let help = format!("list the schemas, or remove `{name}`");
                findings
                    .at_key(&schema.at(name), format!("`{name}` has no schemas"), help)
                    .if_allowed(Reading::Without(schema.at(name)));
            }
        }
    }
}
