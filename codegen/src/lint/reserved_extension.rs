//! `reserved-extension`: the generator writes it for itself.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "reserved-extension",
    level: Level::Error,
    description: "No schema has the extension `x-rust-type`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if schema.get("x-rust-type").is_some() {
            let message = "`x-rust-type` is the generator's own extension";
            findings.at_key(&schema.at("x-rust-type"), message, "remove it, or give it another name");
        }
    }
}
