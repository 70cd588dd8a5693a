//! `example-exclusive`: they are mutually exclusive.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "example-exclusive",
    level: Level::Warning,
    description: "No object has two fields for its example.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for object in survey.objects() {
        let (one, other) = match object.kind {
            Kind::MediaType | Kind::Parameter | Kind::Header => ("example", "examples"),
            Kind::Example => ("value", "externalValue"),
            _ => continue,
        };
        if object.get(one).is_some() && object.get(other).is_some() {
            let message = format!("`{one}` and `{other}` are mutually exclusive");
            findings.at_key(&object.at(other), format!("{message}: both are kept"), "keep one of the two");
        }
    }
}
