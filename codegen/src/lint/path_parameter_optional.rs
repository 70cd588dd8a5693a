//! `path-parameter-optional`: without a value there is no path.

use serde_json::Value;

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-parameter-optional",
    level: Level::Warning,
    description: "Every path parameter says `required: true`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for parameter in survey.of(Kind::Parameter) {
        if parameter.text("in") != Some("path") || parameter.is_true("required") {
            continue;
        }
        let name = parameter.text("name").unwrap_or_default();
        let message = format!(
            "the path parameter `{name}` is not required: it is read as `required: true`, since without it there is no path"
        );
        let reading = Reading::With(parameter.at("required"), Value::Bool(true));
        if parameter.get("required").is_some() {
            findings.at_value(&parameter.at("required"), message, "write `required: true`").read(reading);
        } else {
            findings.at_value(parameter.pointer, message, "add `required: true`").read(reading);
        }
    }
}
