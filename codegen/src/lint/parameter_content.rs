//! `parameter-content`: else nobody knows how to write its value.

use serde_json::json;

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "parameter-content",
    level: Level::Error,
    description: "Every parameter and header has either a `schema` or a `content` with one media type.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for object in survey.objects().filter(|object| matches!(object.kind, Kind::Parameter | Kind::Header)) {
        let subject = match object.text("name") {
            Some(name) => format!("the parameter `{name}`"),
            None => format!("this {}", object.kind.name().to_lowercase()),
        };
        match (object.get("schema"), object.get("content")) {
            (Some(_), Some(_)) => {
                let message = format!("{subject} has both `schema` and `content`");
                findings
                    .at_key(&object.at("content"), message, "keep one of the two, usually `schema`")
                    .if_allowed(Reading::Without(object.at("content")));
            }
            (None, None) => {
                let message = format!("{subject} has neither `schema` nor `content`");
                findings
                    .at_value(object.pointer, message, "add a `schema`, such as `schema: {type: string}`")
                    .if_allowed(Reading::With(object.at("schema"), json!({"type": "string"})));
            }
            (None, Some(content)) => {
                if let Some(types) = content.as_object().filter(|types| types.len() != 1) {
                    let message =
                        format!("the `content` of {subject} has {} media types, but must have one", types.len());
                    findings.at_key(&object.at("content"), message, "keep one media type");
                }
            }
            (Some(_), None) => {}
        }
    }
}
