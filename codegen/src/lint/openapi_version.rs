//! `openapi-version`: other versions mean other things by the same words.

use serde_json::Value;

use crate::diagnostic::Level;
use crate::document::{Pointer, kind_name};
use crate::version::Version;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "openapi-version",
    level: Level::Error,
    description: "The document's version is OpenAPI 3.0 or 3.1.",
    check,
};

/// Whether the document is of another version, so that no other rule can judge it.
pub(super) fn is_foreign(root: &Value) -> bool {
    let is_other = |stated: &Value| match stated {
        Value::String(_) => Version::of(root).is_none(),
        // Without quotes `3.1` is a number, and `3.0` is meant to be this version.
        Value::Number(number) => number.as_f64() != Some(3.0),
        _ => false,
    };
    root.get("swagger").is_some() || root.get("openapi").is_some_and(is_other)
}

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let root = survey.document.root();
    if root.get("swagger").is_some() {
        let help = "convert it to OpenAPI 3.0, for example with swagger2openapi";
        findings.at_key(&Pointer::root().join("swagger"), "this is a Swagger 2.0 document, not OpenAPI 3.0", help);
        return;
    }
    let pointer = Pointer::root().join("openapi");
    if Version::of(root).is_some() {
        return;
    }
    match root.get("openapi") {
        Some(Value::String(version)) => {
            let message = format!("`{version}` is not a supported version of OpenAPI");
            findings.at_value(&pointer, message, "write `openapi: 3.0.3`, or `openapi: 3.1.0`, whichever it is");
        }
        Some(Value::Number(number)) => {
            let message = format!("the version is the number {number}, but must be a string");
            let minor = if number.as_f64() == Some(3.1) { "3.1.0" } else { "3.0.3" };
            findings.at_value(&pointer, message, format!("write all three numbers: `openapi: {minor}`"));
        }
        Some(other) => {
            let message = format!("the version is {}, but must be a string", kind_name(other));
            findings.at_value(&pointer, message, "write all three numbers: `openapi: 3.0.3`");
        }
        // That it is missing, `missing-field` says.
        None => {}
    }
}
