//! `enum-type`: a value of another type can never be sent.

use serde_json::Value;

use crate::diagnostic::Level;

use super::meant::{described, fate, help, meant};
use super::reading::Reading;
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
            let pointer = schema.at("enum").join(at);
            if fits(kind, value) || survey.document.is_ambiguous(&pointer) {
                continue;
            }
            let found = described(survey.document, &pointer, value);
            let help = help(kind, survey.document, &pointer, value);
            match meant(kind, survey.document, &pointer, value) {
                Some(meant) => {
                    let message =
                        format!("{found} is listed, but the schema's type is `{kind}`: {}", fate(Some(&meant)));
                    findings.at_value(&pointer, message, help).read(Reading::With(pointer.clone(), meant));
                }
                None => {
                    let message = format!("{found} is listed, but the schema's type is `{kind}`");
                    findings.at_value(&pointer, message, help).if_allowed(Reading::Without(pointer.clone()));
                }
            }
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
