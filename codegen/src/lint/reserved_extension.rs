//! `reserved-extension`: it is typify's, and says nothing here.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "reserved-extension",
    level: Level::Warning,
    description: "No schema has the extension `x-rust-type`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if schema.get("x-rust-type").is_some() {
            let message = "`x-rust-type` names no type here: every type is generated from its schema";
            findings.at_key(&schema.at("x-rust-type"), message, "remove it, if no other program reads it");
        }
    }
}
