//! `path-parameter-undeclared`: no value can be put in its place.

use super::nearest::nearest;
use super::path_template::{template_names, without_operators};
use super::survey::identity;
use serde_json::json;

use crate::diagnostic::Level;
use crate::document::Pointer;

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
    for (operation, path, method) in survey.operations() {
        let Ok(names) = template_names(&path) else { continue };
        let Some(declared) = survey.all_parameters(operation.pointer) else { continue };
        let declared: Vec<&str> = declared
            .iter()
            .map(|(_, parameter)| identity(parameter))
            .filter(|(place, _)| *place == "path")
            .map(|(_, name)| name)
            .collect();
        for name in names.iter().filter(|name| !declared.contains(name)) {
            let unused = declared.iter().copied().filter(|other| !names.contains(other));
            let plain = without_operators(name);
            let help = if declared.contains(&plain) {
                format!("write `{{{plain}}}`: the parameter's `style` and `explode` say the rest")
            } else if let Some(near) = nearest(name, unused) {
                format!("did you mean `{near}`, which is declared but not in the path?")
            } else {
                format!("add a parameter with `name: {name}`, `in: path` and `required: true`")
            };
            let message = format!("{} {path} does not declare the path parameter `{name}`", method.to_uppercase());
            let renamed = plain_path(&path);
            let is_free = survey.document.get(&Pointer::root().join("paths").join(&renamed)).is_none();
            let message = match declared.contains(&plain) && is_free {
                true => format!("{message}: it is read as `{{{plain}}}`"),
                false => message,
            };
            let finding = findings.at_key(operation.pointer, message, help);
            // Only `style` and `explode` can say how a value is written, so the operators say nothing more.
            if declared.contains(&plain) && is_free {
                let item = operation.pointer.parent().unwrap_or_default();
                finding.read(Reading::Named(item, renamed));
            } else if !declared.contains(&plain) {
                let parameter = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
                finding.if_allowed(Reading::Appended(operation.at("parameters"), parameter));
            }
        }
    }
}

/// A path without the operators of RFC 6570 in it.
fn plain_path(path: &str) -> String {
    let names = template_names(path).unwrap_or_default();
    let plain =
        |path: String, name: &&str| path.replace(&format!("{{{name}}}"), &format!("{{{}}}", without_operators(name)));
    names.iter().fold(path.to_owned(), plain)
}
