//! `duplicate-enum`: one of the two was probably meant to be another value.

use std::collections::HashSet;

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "duplicate-enum", level: Level::Warning, description: "No `enum` lists a value twice.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let mut seen = HashSet::new();
        for (at, value) in schema.list("enum").enumerate() {
            // Numbers are equal by value, however they are written.
            let key = value
                .as_f64()
                .filter(|_| value.as_i64().is_none())
                .map_or_else(|| value.to_string(), |n| n.to_string());
            if !seen.insert(key) {
                let pointer = schema.at("enum").join(at);
                findings.at_value(
                    &pointer,
                    format!("this enum lists {value} twice"),
                    "remove it, or write the intended value",
                );
            }
        }
    }
}
