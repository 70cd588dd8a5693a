//! `missing-operation-id`: a derived name changes with the path.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "missing-operation-id",
    level: Level::Warning,
    description: "Every operation has an `operationId`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for (operation, path, method) in survey.operations() {
        if operation.get("operationId").is_none() {
            let method = method.to_uppercase();
            let message = format!("{method} {path} has no operationId; its name is derived from method and path");
            findings.at_key(
                operation.pointer,
                message,
                "add an `operationId`, so that the name stays when the path changes",
            );
        }
    }
}
