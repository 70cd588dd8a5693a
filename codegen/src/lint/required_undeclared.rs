//! `required-undeclared`: one of the two is misspelled.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::spec::Kind;

use super::nearest::did_you_mean;
use super::survey::Object;
use crate::diagnostic::Level;
use crate::keyword::checks::{CONDITIONALS, DEPENDENT};

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "required-undeclared",
    level: Level::Warning,
    description: "Every name in `required` is declared as a property.",
    check,
};

/// How many levels up a schema's outermost one is sought.
const MAX_LEVELS: usize = 50;

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let own = |name: &Value| {
            name.as_str().is_none_or(|name| schema.get("properties").and_then(|all| all.get(name)).is_some())
        };
        if schema.list("required").all(own) {
            continue;
        }
        let Some(declared) = declared(survey, outermost(survey, schema)) else { continue };
        for (at, name) in schema.list("required").enumerate() {
            let Some(name) = name.as_str() else { continue };
            if !declared.contains(name) {
                let otherwise = format!("declare `{name}` under `properties`, or remove it here");
                let help = did_you_mean(name, declared.iter().copied(), &otherwise);
                let message = format!(
                    "`{name}` is required, but no property of this name is declared: it must be there, whatever it is"
                );
                findings.at_value(&schema.at("required").join(at), message, help);
            }
        }
    }
}

/// The schema that a member of `allOf`, `oneOf` or `anyOf`, `not`, or a condition is a part of: its properties count for the member.
fn outermost<'s, 'a>(survey: &'s Survey<'a>, schema: Object<'s, 'a>) -> Object<'s, 'a> {
    let mut outer = schema;
    // References can make the way up endless, so it is bounded.
    for _ in 0..MAX_LEVELS {
        let holder = match outer.pointer.parent() {
            Some(list) if matches!(list.last().as_str(), "allOf" | "oneOf" | "anyOf" | DEPENDENT) => list.parent(),
            Some(holder) if outer.pointer.last() == "not" => Some(holder),
            Some(condition) => {
                condition.parent().filter(|list| list.last() == CONDITIONALS).and_then(|list| list.parent())
            }
            _ => None,
        };
        let value = holder.and_then(|holder| survey.document.get(&holder));
        match value.and_then(|value| survey.resolve(value)) {
            Some(next) if next.kind == Kind::Schema => outer = next,
            _ => break,
        }
    }
    outer
}

/// How many parts of a schema are asked for their properties.
const MOST_PARTS: usize = 1000;

/// The properties of a schema and its parts. `None` where they cannot all be known.
fn declared<'a>(survey: &Survey<'a>, schema: Object<'_, 'a>) -> Option<BTreeSet<&'a str>> {
    let (mut declared, mut seen) = (BTreeSet::new(), HashSet::from([schema.pointer]));
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        // Such a schema describes properties that it does not name.
        if schema.get("additionalProperties").is_some_and(Value::is_object) || seen.len() > MOST_PARTS {
            return None;
        }
        declared.extend(schema.map("properties").map(|(name, _)| name.as_str()));
        let lists = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|name| schema.list(name));
        for part in lists.chain(schema.get("not")) {
            let part = survey.resolve(part)?;
            if seen.insert(part.pointer) {
                open.push(part);
            }
        }
    }
    Some(declared)
}
