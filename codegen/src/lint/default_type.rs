//! `default-type`: else what is left out could never be sent either.

use serde_json::Value;

use crate::document::kind_name;

use super::enum_type::fits;
use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "default-type",
    level: Level::Error,
    description: "Every `default` is a value of its schema's type and enum.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(default) = schema.get("default") else { continue };
        let pointer = schema.at("default");
        if default.is_null() && schema.is_true("nullable") {
            continue;
        }
        if let Some(kind) = schema.text("type").filter(|kind| default.is_null() || !fits(kind, default)) {
            let help = match (kind, default) {
                (_, Value::Null) => "remove it, or add `nullable: true`".to_owned(),
                ("string", Value::Number(_) | Value::Bool(_)) => format!("put it in quotes: `'{default}'`"),
                (_, Value::String(_)) => "remove the quotes, or change `type` to `string`".to_owned(),
                _ => "write a value of this type, or change `type`".to_owned(),
            };
            let message = format!("the default is {}, but the schema's type is `{kind}`", kind_name(default));
            findings.at_value(&pointer, message, help);
            continue;
        }
        let mut listed = schema.list("enum").peekable();
        if listed.peek().is_some() && schema.list("enum").all(|value| value != default) {
            let texts = listed.filter_map(Value::as_str);
            let help = did_you_mean(default.as_str().unwrap_or_default(), texts, "write one of the enum's values");
            findings.at_value(&pointer, format!("the default {default} is not in the enum"), help);
        }
    }
}
