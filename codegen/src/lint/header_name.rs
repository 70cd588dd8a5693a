//! `header-name`: no request can carry a header of another name.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "header-name",
    level: Level::Error,
    description: "The name of every header that a request carries is a token of RFC 9110.",
    check,
};

const HELP: &str = "use letters, digits and any of !#$%&'*+-.^_`|~";

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for parameter in survey.of(Kind::Parameter).filter(|parameter| parameter.text("in") == Some("header")) {
        let Some(name) = parameter.text("name").filter(|name| !is_token(name)) else { continue };
        let message = format!("`{name}` is not a valid header name (RFC 9110), so no request can carry it");
        let finding = findings.at_value(&parameter.at("name"), message, HELP);
        finding.if_allowed(Reading::AsWritten);
    }
    for encoding in survey.of(Kind::Encoding) {
        for (name, _) in encoding.map("headers").filter(|(name, _)| !is_token(name)) {
            let message = format!("`{name}` is not a valid header name (RFC 9110), so no part can carry it");
            findings.at_key(&encoding.at("headers").join(name), message, HELP).if_allowed(Reading::AsWritten);
        }
    }
}

/// Whether a string is a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(name: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_of_token)
}
