//! `endless-schema`: no value, however large, could satisfy it.
//!
//! A schema ends if a finite value satisfies it. Which schemas end is the least solution of: a schema ends if all
//! that it always needs end, and of each of its unions at least one member does. Optional properties, lists that may
//! be empty and null need nothing. What no reference of this document leads to is taken to end.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::Level;
use crate::document::Pointer;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::{Object, Survey};

pub(super) static RULE: Rule =
    Rule { id: "endless-schema", level: Level::Error, description: "No schema requires itself recursively.", check };

/// What must end so that a schema does, by number.
struct Needs {
    all: Vec<usize>,
    /// Of each of these, at least one; `None` is a member that ends in any case.
    unions: Vec<Vec<Option<usize>>>,
}

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let schemas: Vec<Object<'_, '_>> = survey.schemas().collect();
    let numbers: HashMap<&Pointer, usize> =
        schemas.iter().enumerate().map(|(at, schema)| (schema.pointer, at)).collect();
    for schema in &schemas {
        for (at, _) in schema.list("allOf").enumerate().filter(|(_, member)| is_itself(survey, schema, member)) {
            let pointer = schema.at("allOf").join(at);
            let message = "the schema is a member of its own `allOf`, which adds nothing: the member is ignored";
            findings.at_value(&pointer, message, "remove this member").read(Reading::Without(pointer.clone()));
        }
    }
    let number = |value: &Value| survey.resolve(value).and_then(|schema| numbers.get(schema.pointer).copied());
    let needs: Vec<Needs> = schemas.iter().map(|schema| needs_of(survey, schema, &number)).collect();
    let ends = endings(&needs);
    let mut is_reported = vec![false; schemas.len()];
    for start in 0..schemas.len() {
        let cycle = cycle_from(start, &needs, &ends);
        if cycle.iter().any(|member| is_reported.get(*member).copied().unwrap_or(true)) {
            continue;
        }
        for member in &cycle {
            if let Some(flag) = is_reported.get_mut(*member) {
                *flag = true;
            }
        }
        let way: Vec<Object<'_, '_>> = cycle.iter().filter_map(|member| schemas.get(*member).copied()).collect();
        report(survey, &way, findings);
    }
}

/// Whether a member of a schema's `allOf` is the schema once more.
fn is_itself(survey: &Survey<'_>, schema: &Object<'_, '_>, member: &Value) -> bool {
    survey.resolve(member).is_some_and(|member| member.pointer == schema.pointer)
}

fn needs_of(survey: &Survey<'_>, schema: &Object<'_, '_>, number: &impl Fn(&Value) -> Option<usize>) -> Needs {
    let mut needs = Needs { all: Vec::new(), unions: Vec::new() };
    let kind = schema.text("type");
    if kind.is_some() && schema.is_true("nullable") {
        return needs;
    }
    let members = schema.list("allOf").filter(|member| !is_itself(survey, schema, member));
    needs.all.extend(members.filter_map(number));
    for union in ["oneOf", "anyOf"] {
        let members: Vec<Option<usize>> = schema.list(union).map(number).collect();
        if !members.is_empty() {
            needs.unions.push(members);
        }
    }
    // Without a type, properties are taken to mean an object, and items a list, as their author does.
    if kind.is_none_or(|kind| kind == "object") {
        let required: Vec<&str> = schema.list("required").filter_map(Value::as_str).collect();
        let properties = schema.map("properties").filter(|(name, _)| required.contains(&name.as_str()));
        needs.all.extend(properties.filter_map(|(_, property)| number(property)));
    }
    if kind.is_none_or(|kind| kind == "array") && schema.number("minItems").is_some_and(|least| least > 0.0) {
        needs.all.extend(schema.get("items").and_then(number));
    }
    needs
}

impl Needs {
    fn are_met(&self, ends: &[bool]) -> bool {
        self.first_unmet(ends).is_none()
    }

    /// The first of what is needed and does not end.
    fn first_unmet(&self, ends: &[bool]) -> Option<usize> {
        let does_end = |member: usize| ends.get(member).copied().unwrap_or(true);
        let unmet = self.all.iter().copied().find(|member| !does_end(*member));
        unmet.or_else(|| {
            let union = self.unions.iter().find(|union| !union.iter().any(|member| member.is_none_or(does_end)))?;
            union.first().copied().flatten()
        })
    }
}

/// Which schemas end.
fn endings(needs: &[Needs]) -> Vec<bool> {
    let mut ends = vec![false; needs.len()];
    // Each schema that is found to end is asked for by those that need it, once a mention.
    let mut wanted_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (at, need) in needs.iter().enumerate() {
        for member in need.all.iter().copied().chain(need.unions.iter().flatten().filter_map(|member| *member)) {
            if let Some(list) = wanted_by.get_mut(member) {
                list.push(at);
            }
        }
    }
    let mut open: Vec<usize> = (0..needs.len()).rev().collect();
    while let Some(at) = open.pop() {
        let (Some(need), Some(false)) = (needs.get(at), ends.get(at)) else { continue };
        if need.are_met(&ends) {
            if let Some(flag) = ends.get_mut(at) {
                *flag = true;
            }
            open.extend(wanted_by.get(at).into_iter().flatten());
        }
    }
    ends
}

/// The cycle that starts and ends at a schema, empty where it ends or only leads to a cycle.
fn cycle_from(start: usize, needs: &[Needs], ends: &[bool]) -> Vec<usize> {
    let mut way = Vec::new();
    let mut next = Some(start);
    while let Some(at) = next {
        if ends.get(at).copied().unwrap_or(true) {
            return Vec::new();
        }
        if let Some(begin) = way.iter().position(|seen| *seen == at) {
            return way.split_off(begin);
        }
        way.push(at);
        next = needs.get(at).and_then(|need| need.first_unmet(ends));
    }
    Vec::new()
}

fn report(survey: &Survey<'_>, way: &[Object<'_, '_>], findings: &mut Findings<'_>) {
    // The component, where there is one, is what its author knows by name.
    let is_component = |schema: &&Object<'_, '_>| {
        schema.pointer.as_str().starts_with("/components/") && schema.pointer.tokens().count() == 3
    };
    let Some(first) = way.iter().find(is_component).or(way.first()) else { return };
    let names: Vec<String> =
        way.iter().filter(is_component).map(|schema| format!("`{}`", schema.pointer.last())).collect();
    let message = match names.as_slice() {
        [] | [_] => "the schema requires itself recursively, so no finite value satisfies it".to_owned(),
        names => {
            format!(
                "these schemas require each other recursively, so no finite value satisfies them: {}",
                names.join(", ")
            )
        }
    };
    let extends = |child: &Object<'_, '_>, parent: &Object<'_, '_>| {
        child.list("allOf").any(|member| survey.resolve(member).is_some_and(|member| member.pointer == parent.pointer))
    };
    let lists = |schema: &&Object<'_, '_>| ["oneOf", "anyOf"].iter().any(|union| schema.list(union).next().is_some());
    // A parent that lists its own children demands one of them of each child.
    let parent = way.iter().filter(lists).find(|parent| way.iter().any(|child| extends(child, parent)));
    let help = match parent {
        Some(parent) => format!(
            "`{}` lists what extends it by `allOf`: remove the list from it, with a `discriminator` its children are meant \
             wherever it is used; or leave it out of their `allOf`",
            parent.pointer.last()
        ),
        None => "make one property on the way optional or nullable, or let a list be empty".to_owned(),
    };
    findings.at_key(first.pointer, message, help);
}
