//! `ref-kind`: a response cannot stand for a schema.

use crate::diagnostic::Level;
use crate::spec::Shape;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "ref-kind",
    level: Level::Error,
    description: "Every reference leads to the kind of object that is expected in its place.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for reference in survey.references() {
        let target = reference.target;
        let Some(visit) = survey.target(target).and_then(|(_, value)| survey.visit_of(value)) else { continue };
        if visit.shape == Shape::Any || visit.shape.kind() == Some(reference.kind) {
            continue;
        }
        let found = match visit.shape.kind() {
            Some(kind) => kind.in_words(),
            None => visit.shape.to_string(),
        };
        let message = format!("{} is expected here, but `{target}` is {found}", reference.kind.in_words());
        let help = format!("refer to {}, or move what is there to where it belongs", reference.kind.in_words());
        findings.at_value(&reference.pointer.join("$ref"), message, help);
    }
}
