//! `openapi-version`: other versions mean other things by the same words.

use serde_json::Value;

use crate::diagnostic::Level;
use crate::document::{Pointer, kind_name};

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "openapi-version", level: Level::Error, description: "The document's version is OpenAPI 3.0.", check };

/// Whether the document is of another version, so that no other rule can judge it.
pub(super) fn is_foreign(root: &Value) -> bool {
    let is_other = |version: &Value| match version {
        Value::String(version) => !is_3_0(version),
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
    match root.get("openapi") {
        Some(Value::String(version)) if is_3_0(version) => {}
        Some(Value::String(version)) if version.starts_with("3.1") || version.starts_with("3.2") => {
            findings.at_value(&pointer, format!("the document is OpenAPI {version}, not 3.0"), NEWER);
        }
        Some(Value::String(version)) => {
            findings.at_value(&pointer, format!("`{version}` is no version of OpenAPI 3.0"), "write `openapi: 3.0.3`");
        }
        Some(Value::Number(number)) if number.as_f64().is_some_and(|number| number > 3.0 && number < 4.0) => {
            findings.at_value(&pointer, format!("the document is OpenAPI {number}, not 3.0"), NEWER);
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

const NEWER: &str = "only OpenAPI 3.0 is read: write `openapi: 3.0.3` and put 3.0's keywords in place of newer ones";

fn is_3_0(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").unwrap_or_default();
    patch.starts_with(|c: char| c.is_ascii_digit())
}
