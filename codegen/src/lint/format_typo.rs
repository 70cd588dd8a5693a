//! `format-typo`: a format that nobody knows checks nothing.

use super::nearest::one_off;
use crate::diagnostic::Level;
use crate::keyword::format::known;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "format-typo",
    level: Level::Warning,
    description: "No `format` is one letter off one that means something.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(format) = schema.text("format") else { continue };
        if let Some(near) = one_off(format, known()) {
            let message = format!("the format `{format}` is unknown, so it is not checked");
            findings.at_value(&schema.at("format"), message, format!("did you mean `{near}`?"));
        }
    }
}
