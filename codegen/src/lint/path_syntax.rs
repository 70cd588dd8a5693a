//! `path-syntax`: a client could not build a URL from it.

use crate::spec::Kind;

use super::path_template::template_names;
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-syntax",
    level: Level::Error,
    description: "Every path starts with a slash and has balanced braces, no query and no control character.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for paths in survey.of(Kind::Paths) {
        for path in paths.fields.keys().filter(|path| !path.starts_with("x-")) {
            let (problem, help) = if !path.starts_with('/') {
                ("does not start with a slash".to_owned(), instead(path))
            } else if let Some(at) = path.split('#').next().and_then(|sent| sent.find('?')) {
                let rest = path.get(at..).unwrap_or_default();
                (format!("holds `{rest}`"), "declare what follows `?` as parameters with `in: query`".to_owned())
            } else if let Some(control) = path.chars().find(|c| c.is_control()) {
                let problem = format!("has the control character U+{:04X}, which no URL can have", u32::from(control));
                (problem, format!("remove it, or write it as `%{:02X}`", u32::from(control)))
            } else if let Err(problem) = template_names(path) {
                (problem.to_string(), "write each parameter as `{name}`, each name once".to_owned())
            } else {
                continue;
            };
            findings.at_key(&paths.at(path), format!("the path `{path}` {problem}"), help);
        }
    }
}

/// What to do about a name among the paths that is none.
fn instead(name: &str) -> String {
    let is_field = |kind: Kind| kind.definition().fields.iter().any(|field| field.name == name);
    if is_field(Kind::PathItem) {
        format!("indent `{name}` and what is below it: it belongs to a path")
    } else if is_field(Kind::OpenApi) || is_field(Kind::Components) {
        format!("indent `{name}` less: it does not belong to `paths`")
    } else {
        format!("write `/{name}`")
    }
}
