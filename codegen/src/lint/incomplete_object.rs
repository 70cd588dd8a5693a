//! `incomplete-object`: the specification requires the field, but what is meant is clear without it.

use crate::diagnostic::Level;
use crate::spec::{Kind, Presence};

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "incomplete-object",
    level: Level::Warning,
    description: "Fields that OpenAPI 3.0 requires, but that nothing else depends on, are there.",
    check,
};

/// Fields whose absence leaves no doubt: a document without operations or without a word on itself, a response that is not
/// described.
pub(super) fn is_dispensable(kind: Kind, field: &str) -> bool {
    matches!(
        (kind, field),
        (Kind::OpenApi, "paths" | "info")
            | (Kind::Info, "title" | "version")
            | (Kind::Response, "description")
            | (Kind::Operation, "responses")
    )
}

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for object in survey.objects() {
        for field in object.kind.definition().fields {
            let required = matches!(field.presence, Presence::Required);
            if required && is_dispensable(object.kind, field.name) && object.get(field.name).is_none() {
                let message = format!("{} should have the field `{}`", object.kind.in_words(), field.name);
                findings.at_key(object.pointer, message, format!("add `{}`: {}", field.name, field.shape));
            }
        }
    }
}
