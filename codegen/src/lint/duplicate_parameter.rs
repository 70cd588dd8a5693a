//! `duplicate-parameter`: one of the two would not count.

use std::collections::HashMap;

use crate::document::Pointer;
use crate::spec::Kind;

use super::survey::identity;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-parameter",
    level: Level::Error,
    description: "No list of parameters has the same name twice in the same place.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for holder in survey.objects().filter(|object| matches!(object.kind, Kind::PathItem | Kind::Operation)) {
        let mut seen: HashMap<(&str, &str), Pointer> = HashMap::new();
        for (at, item) in holder.list("parameters").enumerate() {
            let Some(parameter) = survey.resolve(item) else { continue };
            let (place, name) = identity(&parameter);
            let pointer = holder.at("parameters").join(at);
            match seen.get(&(place, name)) {
                Some(first) => {
                    let line = findings.line_of(first);
                    let message = format!("the {place} parameter `{name}` is already listed on line {line}");
                    findings
                        .at_value(&pointer, message, "remove one of the two")
                        .if_allowed(Reading::Without(pointer.clone()));
                }
                None => {
                    seen.insert((place, name), pointer);
                }
            }
        }
    }
}
