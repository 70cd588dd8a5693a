//! `duplicate-operation-id`: code that is named after them would collide.

use std::collections::HashMap;

use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-operation-id",
    level: Level::Error,
    description: "No two operations have the same `operationId`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let mut seen: HashMap<&str, Pointer> = HashMap::new();
    for operation in survey.of(Kind::Operation) {
        let Some(id) = operation.text("operationId") else { continue };
        let pointer = operation.at("operationId");
        match seen.get(id) {
            Some(first) => {
                let line = findings.line_of(first);
                let message = format!("the operationId `{id}` is already used on line {line}");
                findings
                    .at_value(&pointer, message, "give each operation an id of its own")
                    .if_allowed(Reading::Without(pointer.clone()));
            }
            None => {
                seen.insert(id, pointer);
            }
        }
    }
}
