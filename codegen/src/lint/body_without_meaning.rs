//! `body-without-meaning`: HTTP gives the body of such a request no meaning.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "body-without-meaning",
    level: Level::Warning,
    description: "No GET, HEAD, DELETE or TRACE has a request body.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for (operation, path, method) in survey.operations() {
        if matches!(method.as_str(), "get" | "head" | "delete" | "trace") && operation.get("requestBody").is_some() {
            let method = method.to_uppercase();
            let message = format!(
                "HTTP defines no meaning for a body of {method} {path}: it is sent, but servers and proxies may ignore it"
            );
            findings.at_key(&operation.at("requestBody"), message, "use parameters, or another method such as POST");
        }
    }
}
