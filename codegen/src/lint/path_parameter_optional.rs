//! `path-parameter-optional`: without a value there is no path.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-parameter-optional",
    level: Level::Error,
    description: "Every path parameter says `required: true`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for parameter in survey.of(Kind::Parameter) {
        if parameter.text("in") != Some("path") || parameter.is_true("required") {
            continue;
        }
        let name = parameter.text("name").unwrap_or_default();
        let message = format!("the path parameter `{name}` is not required");
        if parameter.get("required").is_some() {
            findings.at_value(&parameter.at("required"), message, "write `required: true`");
        } else {
            findings.at_value(parameter.pointer, message, "add `required: true`");
        }
    }
}
