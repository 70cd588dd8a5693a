//! `external-ref`: what another file should hold cannot be read, or is not there.

use crate::document::{Pointer, Unresolved};

use super::dangling_ref::{any_value, is_local};
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "external-ref",
    level: Level::Error,
    description: "Every reference to another file leads to something in it.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for reference in survey.references().filter(|reference| !is_local(reference.target)) {
        let target = reference.target;
        let pointer = reference.pointer.join("$ref");
        let schema = Pointer::root().join("components").join("schemas").join(target);
        let help = if survey.document.get(&schema).is_some() {
            format!("did you mean `{}`?", schema.to_reference())
        } else if let Some(Unresolved { message, help }) = survey.document.unresolved(&pointer) {
            any_value(&reference, findings.at_value(&pointer, message, help));
            continue;
        } else {
            "bundle the files into one first, for example with `redocly bundle`".to_owned()
        };
        let message =
            format!("this document is in several files: `{target}` is outside of this one, and only one file is read");
        any_value(&reference, findings.at_value(&pointer, message, help));
    }
}
