//! `ignored-header`: OpenAPI 3.0 ignores such a description.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "ignored-header",
    level: Level::Warning,
    description: "No header is declared that OpenAPI ignores.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for parameter in survey.of(Kind::Parameter).filter(|parameter| parameter.text("in") == Some("header")) {
        let Some(name) = parameter.text("name") else { continue };
        let help = match name.to_lowercase().as_str() {
            "accept" => "remove it: the media types of the responses say what is accepted",
            "content-type" => "remove it: the media types of the request body say what is sent",
            "authorization" => "remove it: declare a security scheme and require it under `security`",
            _ => continue,
        };
        findings.at_value(&parameter.at("name"), format!("OpenAPI 3.0 ignores a header parameter `{name}`"), help);
    }
    for holder in survey.objects().filter(|object| matches!(object.kind, Kind::Response | Kind::Encoding)) {
        for (name, _) in holder.map("headers").filter(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            let help = "remove it: the media types under `content` say it";
            findings.at_key(&holder.at("headers").join(name), format!("OpenAPI 3.0 ignores a header `{name}`"), help);
        }
    }
}
