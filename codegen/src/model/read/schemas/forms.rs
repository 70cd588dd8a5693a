//! Schemas that have two forms: a request has no readOnly property and a response no writeOnly one, at any depth.

use std::collections::HashMap;

use serde_json::Value;

use super::families::Families;
use super::references::{members, reference};
use crate::document::Pointer;
use crate::model::Direction;

/// Which schemas have forms that differ, as far as that was asked.
#[derive(Debug, Default)]
pub struct Forms {
    judged: HashMap<Pointer, bool>,
}

impl Forms {
    /// Whether the forms of the schema that stands at a place differ. Each schema is looked at once, and each reference followed
    /// once, however often that is asked.
    pub fn differ(&mut self, root: &Value, families: &Families<'_>, place: &Pointer) -> bool {
        if let Some(known) = self.judged.get(place) {
            return *known;
        }
        let mut open = vec![place.clone()];
        let mut referring: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
        let mut differing = Vec::new();
        while let Some(place) = open.pop() {
            if self.judged.contains_key(&place) {
                continue;
            }
            self.judged.insert(place.clone(), false);
            let Some(schema) = place.of(root) else { continue };
            let Leads { mut marked, targets } = leads(root, schema);
            for target in
                targets.into_iter().chain(families.relatives(&place).into_iter().flatten().map(|one| one.place()))
            {
                marked |= self.judged.get(&target) == Some(&true);
                referring.entry(target.clone()).or_default().push(place.clone());
                open.push(target);
            }
            if marked {
                differing.push(place);
            }
        }
        while let Some(place) = differing.pop() {
            if self.judged.insert(place.clone(), true) != Some(true) {
                differing.extend(referring.remove(&place).into_iter().flatten());
            }
        }
        self.judged.get(place) == Some(&true)
    }

    /// Whether the forms of a schema differ, or of one that it refers to.
    pub fn differ_within(&mut self, root: &Value, families: &Families<'_>, schema: &Value) -> bool {
        let leads = leads(root, schema);
        leads.marked || leads.targets.iter().any(|target| self.differ(root, families, target))
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
    let says = |schema: &Value| schema.get(flag) == Some(&Value::Bool(true));
    if reference(property).is_none() && property.get("allOf").is_none() {
        return says(property);
    }
    members(root, property, &Pointer::root()).into_iter().flatten().any(|(member, _)| says(member))
}
