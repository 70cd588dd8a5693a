//! `multiple-of`: nothing is a multiple of 0, and the sign says nothing.

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "multiple-of", level: Level::Error, description: "Every `multipleOf` is above 0.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if let Some(step) = schema.number("multipleOf").filter(|step| *step <= 0.0) {
            let message = format!("`multipleOf` is {step}, but must be above 0");
            findings
                .at_value(&schema.at("multipleOf"), message, "write a number above 0, or remove it")
                .if_allowed(Reading::Without(schema.at("multipleOf")));
        }
    }
}
