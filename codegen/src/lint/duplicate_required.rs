//! `duplicate-required`: one of the two was probably meant to be another property.

use std::collections::HashSet;

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-required",
    level: Level::Warning,
    description: "No `required` names a property twice.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let mut seen = HashSet::new();
        for (at, name) in schema.list("required").enumerate() {
            if let Some(name) = name.as_str().filter(|name| !seen.insert(*name)) {
                let pointer = schema.at("required").join(at);
                findings.at_value(
                    &pointer,
                    format!("`{name}` is required twice"),
                    "remove it, or write the intended value",
                );
            }
        }
    }
}
