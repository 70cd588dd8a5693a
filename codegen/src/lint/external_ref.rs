//! `external-ref`: a document is read from a single file.

use crate::document::Pointer;

use super::dangling_ref::{any_value, is_local};
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "external-ref", level: Level::Error, description: "Every reference stays in the document.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for reference in survey.references().filter(|reference| !is_local(reference.target)) {
        let target = reference.target;
        let schema = Pointer::root().join("components").join("schemas").join(target);
        let help = if survey.document.get(&schema).is_some() {
            format!("did you mean `{}`?", schema.to_reference())
        } else {
            "bundle the files into one first, for example with `redocly bundle`".to_owned()
        };
        let message =
            format!("this document is in several files: `{target}` leads out of it, and only a single file is read");
        any_value(&reference, findings.at_value(&reference.pointer.join("$ref"), message, help));
    }
}
