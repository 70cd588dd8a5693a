//! `ref-siblings`: OpenAPI 3.0 ignores what does.

use crate::diagnostic::Level;
use crate::spec::Kind;
use crate::version::Version;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "ref-siblings", level: Level::Warning, description: "No `$ref` has siblings.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    findings.noted();
    let is_newer = Version::of(survey.document.root()) == Some(Version::V3_1);
    for reference in survey.references().filter(|reference| reference.kind != Kind::PathItem) {
        let siblings: Vec<&String> = reference.fields.keys().filter(|name| *name != "$ref").collect();
        let Some(first) = siblings.first() else { continue };
        let names: Vec<String> = siblings.iter().map(|name| format!("`{name}`")).collect();
        let message = match is_newer {
            true => format!("the siblings of this `$ref` have no effect: {}", names.join(", ")),
            false => format!("OpenAPI 3.0 ignores the siblings of `$ref`: {}", names.join(", ")),
        };
        let help = if reference.kind == Kind::Schema {
            "remove it, or put the reference into `allOf` with one item"
        } else {
            "remove it, or move it to the target of the reference"
        };
        findings.at_key(&reference.pointer.join(first), message, help);
    }
}
