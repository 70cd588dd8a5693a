//! `component-name`: OpenAPI 3.0 allows no others.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "component-name",
    level: Level::Error,
    description: "Every component's name is made of letters, digits, `.`, `-` and `_`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for components in survey.of(Kind::Components) {
        for (section, _) in components.fields.iter().filter(|(section, _)| !section.starts_with("x-")) {
            for (name, _) in components.map(section).filter(|(name, _)| !is_valid(name)) {
                let fixed: String = name.chars().map(|c| if is_allowed(c) { c } else { '_' }).collect();
                let help = if fixed.is_empty() {
                    "give it a name".to_owned()
                } else {
                    format!("rename it, perhaps to `{fixed}`")
                };
                let message =
                    format!("`{name}` is not a valid component name: only A-Z, a-z, 0-9, `.`, `-` and `_` are allowed");
                findings.at_key(&components.at(section).join(name), message, help).if_allowed(Reading::AsWritten);
            }
        }
    }
}

fn is_valid(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_allowed)
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}
