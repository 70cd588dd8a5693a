//! `ambiguous-scalar`: YAML parsers disagree on it, so no two programs read the same document.

use serde_json::Value;

use super::conforms::beside;
use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::spec::Shape;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "ambiguous-scalar",
    level: Level::Error,
    description: "Every scalar without quotes is the same value in YAML 1.1 and YAML 1.2.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for (pointer, ambiguity) in survey.document.ambiguous() {
        let (text, one, other) = (&ambiguity.text, &ambiguity.one, &ambiguity.other);
        let message = format!("YAML parsers disagree on `{text}`: {one} to some, {other} to others");
        let help = format!("write `'{text}'` for the string, or the number in plain decimal digits");
        // A schema of strings decides what is meant.
        if beside(survey, &pointer).is_some_and(|schema| schema.text("type") == Some("string")) {
            let message = format!("{message}; it is read as the string, which is the schema's type");
            let reading = Reading::With(pointer.clone(), Value::String(text.clone()));
            findings.at_value(&pointer, message, help).read(reading);
        } else if is_of_payload(survey, &pointer) {
            findings.at_value(&pointer, format!("{message}; it is read as {one}"), help).read(Reading::AsWritten);
        } else {
            findings.at_value(&pointer, message, help).if_allowed(Reading::AsWritten);
        }
    }
}

/// Whether a value is one of a payload, or part of one, such as an example: it decides on no type.
fn is_of_payload(survey: &Survey<'_>, pointer: &Pointer) -> bool {
    let holders = std::iter::successors(Some(pointer.clone()), Pointer::parent);
    let mut visits = holders.filter_map(|holder| survey.visit_of(survey.document.get(&holder)?));
    visits.next().is_some_and(|nearest| nearest.shape == Shape::Any)
}
