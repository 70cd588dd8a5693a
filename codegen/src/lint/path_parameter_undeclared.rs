//! `path-parameter-undeclared`: no value can be put in its place.

use super::nearest::nearest;
use super::path_template::{template_names, without_operators};
use super::survey::identity;
use crate::diagnostic::Level;

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
            findings.at_key(operation.pointer, message, help);
        }
    }
}
