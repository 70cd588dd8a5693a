//! `path-parameter-unused`: its value has no place to go.

use std::collections::BTreeSet;

use super::nearest::did_you_mean;
use super::path_template::{template_names, without_operators};
use super::survey::identity;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-parameter-unused",
    level: Level::Error,
    description: "Every path parameter occurs as `{name}` in its path.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let mut reported = BTreeSet::new();
    for (operation, path, _) in survey.operations() {
        let Ok(names) = template_names(&path) else { continue };
        let used: BTreeSet<&str> = names.iter().map(|used| without_operators(used)).collect();
        for (listed, parameter) in survey.parameters(operation.pointer) {
            let ("path", name) = identity(&parameter) else { continue };
            // Of `{name*}`, `path-parameter-undeclared` speaks. A parameter of the path item is met in each operation.
            if used.contains(name) || !reported.insert(listed.clone()) {
                continue;
            }
            let otherwise = format!("write `{{{name}}}` in the path, or remove the parameter");
            let help = did_you_mean(name, names.iter().copied(), &otherwise);
            let message = format!("the path `{path}` has no `{{{name}}}` for the path parameter `{name}`");
            findings.at_value(&listed, message, help).if_allowed(Reading::Without(listed.clone()));
        }
    }
}
