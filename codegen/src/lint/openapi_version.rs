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
    root.get("swagger").is_some()
        || root.get("openapi").and_then(Value::as_str).is_some() && Version::of(root).is_none()
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
            let message = format!("`{version}` is no version of OpenAPI that is read");
            findings.at_value(&pointer, message, "write `openapi: 3.0.3`, or `openapi: 3.1.0`, whichever it is");
        }
        Some(Value::Number(number)) => {
            let message = format!("the version is the number {number}, but must be a text");
            findings.at_value(&pointer, message, "write all three numbers: `openapi: 3.0.3`");
        }
        Some(other) => {
            let message = format!("the version is {}, but must be a text", kind_name(other));
            findings.at_value(&pointer, message, "write all three numbers: `openapi: 3.0.3`");
        }
        // That it is missing, `missing-field` says.
        None => {}
    }
}
