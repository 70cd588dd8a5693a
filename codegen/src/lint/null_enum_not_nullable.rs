//! `null-enum-not-nullable`: its type excludes null, whatever the enum says.

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "null-enum-not-nullable",
    level: Level::Warning,
    description: "An `enum` lists null only where the schema is nullable.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas().filter(|schema| schema.get("type").is_some() && !schema.is_true("nullable")) {
        for (at, _) in schema.list("enum").enumerate().filter(|(_, value)| value.is_null()) {
            let message = "the enum lists null, but the schema is not nullable";
            findings.at_value(&schema.at("enum").join(at), message, "add `nullable: true`, or remove null");
        }
    }
}
