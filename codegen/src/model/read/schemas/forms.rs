//! Schemas that have two forms: a request has no readOnly property and a response no writeOnly one, at any depth.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::families::Families;
use super::references::{follow, reference};
use crate::document::Pointer;
use crate::model::Direction;

/// How deep the `allOf` of a property is looked into.
const DEEPEST: usize = 16;

/// The schemas whose forms differ.
#[derive(Debug)]
pub struct Forms {
    differing: BTreeSet<Pointer>,
}

impl Forms {
    /// Finds them among the components. Each schema is looked at once, and each reference followed once.
    pub fn of(root: &Value, families: &Families<'_>) -> Self {
        let components = root.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
        let at = Pointer::root().join("components").join("schemas");
        let mut open: Vec<Pointer> = components.map(|(name, _)| at.join(name)).collect();
        let mut seen: BTreeSet<Pointer> = open.iter().cloned().collect();
        let mut referring: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
        let mut differing = Vec::new();
        while let Some(place) = open.pop() {
            let Some(schema) = root.pointer(place.as_str()) else { continue };
            let Leads { marked, targets } = leads(root, schema);
            let relatives = families.relatives(&place).into_iter().flatten().map(|relative| at.join(&relative.name));
            for target in targets.into_iter().chain(relatives) {
                referring.entry(target.clone()).or_default().push(place.clone());
                if seen.insert(target.clone()) {
                    open.push(target);
                }
            }
            if marked {
                differing.push(place);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(place) = differing.pop() {
            if found.insert(place.clone()) {
                differing.extend(referring.get(&place).into_iter().flatten().cloned());
            }
        }
        Self { differing: found }
    }

    /// Whether the forms of the schema that stands at a place differ.
    pub fn differ(&self, root: &Value, place: &Pointer) -> bool {
        let inline = || root.pointer(place.as_str()).is_some_and(|schema| self.differ_within(root, schema));
        self.differing.contains(place) || inline()
    }

    /// Whether the forms of a schema differ, or of one that it refers to.
    pub fn differ_within(&self, root: &Value, schema: &Value) -> bool {
        let leads = leads(root, schema);
        leads.marked || leads.targets.iter().any(|target| self.differing.contains(target))
    }
}

/// What a schema says within itself.
struct Leads {
    /// Whether a property goes one way only.
    marked: bool,
    targets: Vec<Pointer>,
}

fn leads(root: &Value, schema: &Value) -> Leads {
    let mut leads = Leads { marked: false, targets: Vec::new() };
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if let Some(target) = reference(schema) {
            leads.targets.extend(Pointer::from_reference(target));
            continue;
        }
        for property in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.values()) {
            let one_way = |direction| is_foreign(root, property, direction);
            leads.marked |= one_way(Direction::Request) || one_way(Direction::Response);
            open.push(property);
        }
        open.extend(["items", "additionalProperties", "not"].iter().filter_map(|keyword| schema.get(*keyword)));
        let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
        open.extend(lists.flatten());
    }
    leads
}

/// Whether a property does not go in a direction: it says so itself, or what it refers to does.
pub fn is_foreign(root: &Value, property: &Value, direction: Direction) -> bool {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    says(root, property, flag, DEEPEST)
}

fn says(root: &Value, schema: &Value, flag: &str, depth: usize) -> bool {
    let Some((schema, _)) = follow(root, schema, &Pointer::root()) else { return false };
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    schema.get(flag) == Some(&Value::Bool(true))
        || depth > 0 && members.into_iter().any(|member| says(root, member, flag, depth - 1))
}
