//! `server-variable`: no value can be put in its place.

use crate::spec::Kind;

use super::nearest::did_you_mean;
use super::path_template::{TemplateError, template_names};
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "server-variable",
    level: Level::Error,
    description: "Every `{name}` in a server's URL is declared under `variables`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for server in survey.of(Kind::Server) {
        let Some(url) = server.text("url") else { continue };
        let pointer = server.at("url");
        let names = match template_names(url) {
            Ok(names) => names,
            // Unlike a path, a URL may use a variable twice.
            Err(TemplateError::Repeated(_)) => continue,
            Err(problem) => {
                findings.at_value(&pointer, format!("the URL `{url}` {problem}"), "write each variable as `{name}`");
                continue;
            }
        };
        let declared: Vec<&str> = server.map("variables").map(|(name, _)| name.as_str()).collect();
        for name in names.into_iter().filter(|name| !declared.contains(name)) {
            let otherwise = format!("add `{name}` under `variables` with a `default`");
            let help = did_you_mean(name, declared.iter().copied(), &otherwise);
            let message = format!("the server variable `{name}` is not declared");
            // Only the first server of a document is called by default.
            if server.pointer.as_str() == "/servers/0" {
                findings.at_value(&pointer, message, help);
            } else {
                let message = format!("{message}, so the URL is used in documentation only");
                findings.at_value(&pointer, message, help).read(Reading::AsWritten);
            }
        }
    }
}
