//! `enum-type`: a value of another type can never be sent.

use serde_json::Value;

use crate::diagnostic::Level;
use crate::document::kind_name;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "enum-type",
    level: Level::Error,
    description: "Every value of an `enum` is of its schema's type.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(kind) = schema.text("type") else { continue };
        for (at, value) in schema.list("enum").enumerate() {
            if fits(kind, value) {
                continue;
            }
            let help = match (kind, value) {
                ("string", Value::Number(_) | Value::Bool(_)) => format!("put it in quotes: `'{value}'`"),
                (_, Value::String(_)) => "remove the quotes, or change `type` to `string`".to_owned(),
                _ => "write a value of this type, or change `type`".to_owned(),
            };
            let message = format!("{value} is {}, but the schema's type is `{kind}`", kind_name(value));
            findings.at_value(&schema.at("enum").join(at), message, help);
        }
    }
}

/// Whether a type admits a value. Of null, `null-enum-not-nullable` speaks; of unknown types, `wrong-type`.
pub(super) fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        _ if value.is_null() => true,
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
