//! `path-parameter-undeclared`: no value can be put in its place.

use super::nearest::nearest;
use super::path_template::{template_names, without_operators};
use super::survey::identity;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-parameter-undeclared",
    level: Level::Error,
    description: "Every `{name}` in a path is declared as a path parameter.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    // Of each path how many are that path without operators.
    let mut plain_paths: HashMap<String, usize> = HashMap::new();
    for paths in survey.of(Kind::Paths) {
        for path in paths.fields.keys() {
            *plain_paths.entry(plain_path(path)).or_default() += 1;
        }
    }
    for (operation, path, method) in survey.operations() {
        let Ok(names) = template_names(&path) else { continue };
        let Some(declared) = survey.all_parameters(operation.pointer) else { continue };
        let declared: BTreeSet<&str> = declared
            .iter()
            .map(|(_, parameter)| identity(parameter))
            .filter(|(place, _)| *place == "path")
            .map(|(_, name)| name)
            .collect();
        let undeclared: Vec<&str> = names.iter().copied().filter(|name| !declared.contains(name)).collect();
        if undeclared.is_empty() {
            continue;
        }
        let unused: Vec<&str> = {
            let names: BTreeSet<&str> = names.into_iter().collect();
            declared.difference(&names).copied().collect()
        };
        let renamed = plain_path(&path);
        let is_free = plain_paths.get(&renamed) == Some(&1);
        for name in undeclared {
            let plain = without_operators(name);
            let help = if declared.contains(&plain) && !is_free {
                format!("put the operations of all paths that are `{renamed}` without operators under that one path")
            } else if declared.contains(&plain) {
                format!("write `{{{plain}}}`: the parameter's `style` and `explode` say the rest")
            } else if let Some(near) = nearest(name, unused.iter().copied()) {
                format!("did you mean `{near}`, which is declared but not in the path?")
            } else {
                format!("add a parameter with `name: {name}`, `in: path` and `required: true`")
            };
            let message = format!("{} {path} does not declare the path parameter `{name}`", method.to_uppercase());
            let message = match declared.contains(&plain) && is_free {
                true => format!("{message}: it is read as `{{{plain}}}`"),
                false => message,
            };
            let finding = findings.at_key(operation.pointer, message, help);
            // Only `style` and `explode` can say how a value is written, so the operators say nothing more.
            if declared.contains(&plain) && is_free {
                let item = operation.pointer.parent().unwrap_or_default();
                finding.read(Reading::Named(item, renamed.clone()));
            } else if !declared.contains(&plain) {
                let parameter = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
                finding.if_allowed(Reading::Appended(operation.at("parameters"), parameter));
            }
        }
    }
}

/// A path without the operators of RFC 6570 in it.
fn plain_path(path: &str) -> String {
    if template_names(path).is_err() {
        return path.to_owned();
    }
    let parts = path.split('{').enumerate().map(|(at, part)| match part.split_once('}').filter(|_| at > 0) {
        Some((name, after)) => format!("{{{}}}{after}", without_operators(name)),
        None => part.to_owned(),
    });
    parts.collect()
}
