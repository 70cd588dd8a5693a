//! `duplicate-path`: a request would match both.

use std::collections::HashMap;

use serde_json::Value;

use crate::spec::{Kind, Shape};

use super::path_template::{shape_of, template_names};
use crate::diagnostic::Level;

use super::reading::Reading;
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
                    let both = [methods(survey, paths.get(path)), methods(survey, paths.get(first))];
                    let shared: Vec<&String> = both[0].iter().filter(|method| both[1].contains(method)).collect();
                    if shared.is_empty() {
                        let message =
                            format!("{message}, though with other methods: each operation is read as it stands");
                        findings.at_key(&paths.at(path), message, HELP).read(Reading::AsWritten);
                    } else {
                        findings.at_key(&paths.at(path), message, HELP).if_allowed(Reading::AsWritten);
                    }
                }
                None => {
                    seen.insert(shape_of(path), path);
                }
            }
        }
    }
}

/// What to do about it.
const HELP: &str = "put the operations of both under one path";

/// The methods of a path item, those of what it refers to among them.
fn methods(survey: &Survey<'_>, item: Option<&Value>) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = item;
    for _ in 0..16 {
        let Some(item) = next else { break };
        found.extend(item.as_object().into_iter().flatten().map(|(key, _)| key.clone()).filter(|key| is_method(key)));
        next =
            item.get("$ref").and_then(Value::as_str).and_then(|target| survey.target(target)).map(|(_, value)| value);
    }
    found
}

fn is_method(key: &str) -> bool {
    matches!(Kind::PathItem.shape_of(key), Some(Shape::Object(Kind::Operation)))
}
