//! `no-responses`: nothing could be read from its response.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "no-responses",
    level: Level::Warning,
    description: "Every operation has at least one response.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for responses in survey.of(Kind::Responses) {
        if responses.fields.keys().all(|name| name.starts_with("x-")) {
            let help = "add the response of a successful call, such as `'200': {description: …}`";
            findings.at_key(responses.pointer, "the operation has no response", help);
        }
    }
}
