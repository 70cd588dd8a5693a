//! `dangling-ref`: what it should lead to is misspelled or missing.

use serde_json::{Map, Value};

use crate::document::Pointer;
use crate::spec::Kind;

use super::nearest::nearest;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Finding, Findings, Rule};
use super::survey::{Reference, Survey};

pub(super) static RULE: Rule =
    Rule { id: "dangling-ref", level: Level::Error, description: "Every local reference resolves.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for reference in survey.references() {
        let target = reference.target;
        if !is_local(target) || survey.target(target).is_some() {
            continue;
        }
        let pointer = reference.pointer.join("$ref");
        let Some(wanted) = Pointer::from_reference(target) else {
            let help = format!("a local reference starts with `#/`: `#/{}`", target.trim_start_matches('#'));
            any_value(&reference, findings.at_value(&pointer, format!("`{target}` is not a reference"), help));
            continue;
        };
        any_value(
            &reference,
            findings.at_value(&pointer, format!("there is nothing at `{target}`"), help(survey, &wanted)),
        );
    }
}

/// Where a schema is wanted, any value will do.
pub(super) fn any_value(reference: &Reference<'_, '_>, finding: &mut Finding) {
    if reference.kind == Kind::Schema {
        finding.if_allowed(Reading::With(reference.pointer.clone(), Value::Object(Map::new())));
    }
}

/// Whether a reference stays in its document, as it should be written at least.
pub(super) fn is_local(target: &str) -> bool {
    target.is_empty() || target.starts_with('#')
}

fn help(survey: &Survey<'_>, wanted: &Pointer) -> String {
    let name = wanted.last();
    let components = Pointer::root().join("components");
    let here = wanted.parent().unwrap_or_default();
    let all = survey.document.get(&components).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let sections = std::iter::once(here).chain(all.map(|section| components.join(section)));
    // The right name in another section is nearer than another name in this one.
    let sections: Vec<(Pointer, &Map<String, Value>)> = sections
        .filter_map(|section| survey.document.get(&section)?.as_object().map(|names| (section, names)))
        .collect();
    if let Some((section, _)) = sections.iter().find(|(_, names)| names.contains_key(&name)) {
        return format!("did you mean `{}`?", section.join(&name).to_reference());
    }
    let found = sections.iter().find_map(|(section, names)| {
        let near = nearest(&name, names.keys().map(String::as_str))?;
        Some(format!("did you mean `{}`?", section.join(near).to_reference()))
    });
    if found.is_none() && wanted.as_str().starts_with("/definitions/") {
        return format!("OpenAPI 3.0 keeps schemas elsewhere: add `{name}` under `components/schemas`");
    }
    found.unwrap_or_else(|| format!("add `{name}` there, or correct the reference"))
}
