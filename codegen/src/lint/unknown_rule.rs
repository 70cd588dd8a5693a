//! `unknown-rule`: `x-lint` lowers rules to warnings, each by its name and for a reason.

use serde_json::Value;

use super::nearest::did_you_mean;
use crate::diagnostic::Level;
use crate::document::{Document, Pointer};

use super::rule::{Findings, Rule};
use super::survey::Survey;

/// The extension of the document by which its editor lowers rules: name to reason.
pub(super) const EXCEPTIONS: &str = "x-lint";

pub(super) static RULE: Rule = Rule {
    id: "unknown-rule",
    level: Level::Error,
    description: "The document's `x-lint` names rules, and a reason for each.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let Some(exceptions) = survey.document.root().get(EXCEPTIONS) else { return };
    let pointer = Pointer::root().join(EXCEPTIONS);
    let Some(entries) = exceptions.as_object() else {
        let help = "write `x-lint: {RULE: the reason}`";
        findings.at_value(&pointer, "`x-lint` is a mapping from the names of rules to reasons", help);
        return;
    };
    for (name, reason) in entries {
        if super::rules().iter().all(|rule| rule.id != name) {
            let ids = super::rules().iter().map(|rule| rule.id);
            let help = did_you_mean(name, ids, "name a rule as diagnostics name it, such as `default-type`");
            findings.at_key(&pointer.join(name), format!("there is no rule `{name}`"), help);
        } else if reason.as_str().is_none_or(|reason| reason.trim().is_empty()) {
            let message = format!("the rule `{name}` is lowered to a warning without a reason");
            findings.at_value(&pointer.join(name), message, format!("write `{name}: the reason`"));
        }
    }
}

/// The rules that a document lowers, and the reason of each.
pub(super) fn stated(document: &Document) -> impl Iterator<Item = (&str, String)> {
    let entries = document.root().get(EXCEPTIONS).and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(rule, reason)| Some((rule.as_str(), reason.as_str()?.to_owned())))
}
