//! `duplicate-path`: a request would match both.

use std::collections::HashMap;

use crate::spec::Kind;

use super::path_template::{shape_of, template_names};
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-path",
    level: Level::Error,
    description: "No two paths differ only in the names of their parameters.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for paths in survey.of(Kind::Paths) {
        let mut seen: HashMap<String, &String> = HashMap::new();
        for path in paths.fields.keys().filter(|path| path.starts_with('/')) {
            let Ok(names) = template_names(path) else { continue };
            if names.is_empty() {
                continue;
            }
            match seen.get(&shape_of(path)) {
                Some(first) => {
                    let line = findings.line_of(&paths.at(first));
                    let message = format!("`{path}` and `{first}` in line {line} match the same requests");
                    findings.at_key(&paths.at(path), message, "put the operations of both under one path");
                }
                None => {
                    seen.insert(shape_of(path), path);
                }
            }
        }
    }
}
