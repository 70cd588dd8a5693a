//! `duplicate-path`: a request would match both.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use crate::spec::walk::LONGEST_CHAIN;
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
        // Of the paths of each shape the first one, and the first one with each method.
        let mut seen: HashMap<String, (&String, HashMap<&str, &String>)> = HashMap::new();
        for path in paths.fields.keys().filter(|path| path.starts_with('/')) {
            if template_names(path).map_or(true, |names| names.is_empty()) {
                continue;
            }
            let own = methods(survey, paths.get(path));
            let Entry::Occupied(mut others) = seen.entry(shape_of(path)) else {
                seen.insert(shape_of(path), (path, own.into_iter().map(|method| (method, path)).collect()));
                continue;
            };
            let (first, by_method) = others.get_mut();
            let sharing = own.iter().find_map(|method| by_method.get(method).copied());
            let other = sharing.unwrap_or(first);
            let line = findings.line_of(&paths.at(other));
            let message = format!("`{path}` and `{other}` on line {line} match the same requests");
            if sharing.is_none() {
                let message = format!("{message}, though with other methods: each operation is read as it stands");
                findings.at_key(&paths.at(path), message, HELP).read(Reading::AsWritten);
            } else {
                findings.at_key(&paths.at(path), message, HELP).if_allowed(Reading::AsWritten);
            }
            for method in own {
                by_method.entry(method).or_insert(path);
            }
        }
    }
}

/// What to do about it.
const HELP: &str = "put the operations of both under one path";

/// The methods of a path item, those of what it refers to among them.
fn methods<'a>(survey: &Survey<'a>, item: Option<&'a Value>) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut next = item;
    for _ in 0..=LONGEST_CHAIN {
        let Some(item) = next else { break };
        found.extend(item.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).filter(|key| is_method(key)));
        next =
            item.get("$ref").and_then(Value::as_str).and_then(|target| survey.target(target)).map(|(_, value)| value);
    }
    found
}

fn is_method(key: &str) -> bool {
    matches!(Kind::PathItem.shape_of(key), Some(Shape::Object(Kind::Operation)))
}
