//! `default-type`: else what is left out could never be sent either.

use serde_json::Value;

use super::conforms::mismatch;
use super::enum_type::fits;
use super::meant::{described, fate, help, meant};
use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "default-type", level: Level::Warning, description: "Every `default` is a value of its schema.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(default) = schema.get("default") else { continue };
        let pointer = schema.at("default");
        if default.is_null() && schema.is_true("nullable") || survey.document.is_ambiguous(&pointer) {
            continue;
        }
        if let Some(kind) = schema.text("type").filter(|kind| default.is_null() || !fits(kind, default)) {
            let meant = meant(kind, survey.document, &pointer, default);
            let message = format!(
                "the default is {}, but the schema's type is `{kind}`: {}",
                described(survey.document, &pointer, default),
                fate(meant.as_ref())
            );
            let help = help(kind, survey.document, &pointer, default);
            findings.at_value(&pointer, message, help).read(match meant {
                Some(value) => Reading::With(pointer.clone(), value),
                None => Reading::Without(pointer.clone()),
            });
            continue;
        }
        let mut listed = schema.list("enum").peekable();
        if listed.peek().is_some() && schema.list("enum").all(|value| value != default) {
            let texts = listed.filter_map(Value::as_str);
            let help = did_you_mean(default.as_str().unwrap_or_default(), texts, "write one of the enum's values");
            let message = format!("the default {default} is not in the enum: it is ignored");
            findings.at_value(&pointer, message, help).read(Reading::Without(pointer.clone()));
        } else if let Some(mismatch) = mismatch(survey, schema, default) {
            let place = mismatch.place.iter().fold(pointer, |place, step| place.join(step));
            let message =
                format!("the default does not conform to its schema: it {}; it is kept unchanged", mismatch.what);
            findings.at_value(&place, message, "write a default that the schema accepts, or fix the schema");
        }
    }
}
