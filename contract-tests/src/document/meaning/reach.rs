//! Which schemas have two forms, and which of them requests lead to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::family::Family;
use super::{Document, Pointer};

/// What schemas lead to, each looked at once.
struct Links<'d> {
    document: &'d Document,
    family: Family<'d>,
    /// Of each target of a reference: whether it declares a readOnly or writeOnly property, and its own targets.
    known: BTreeMap<String, (bool, Vec<String>)>,
}

impl Document {
    /// The places of the schemas that are not the same in requests and in responses, whatever leads to the difference.
    pub fn two_faced(&self) -> BTreeSet<Pointer> {
        let mut links = Links { document: self, family: Family::of(self), known: BTreeMap::new() };
        let components = self.component_schemas();
        let differs = components.into_iter().filter(|(_, schema)| {
            let start = format!("#{}", schema.pointer);
            links.reached(vec![start]).iter().any(|target| links.known.get(target).is_some_and(|(marked, _)| *marked))
        });
        differs.map(|(_, schema)| schema.pointer).collect()
    }

    /// The places that some schemas lead to by their references.
    pub fn led_to<'v>(&self, schemas: impl IntoIterator<Item = &'v Value>) -> BTreeSet<Pointer> {
        let mut links = Links { document: self, family: Family::of(self), known: BTreeMap::new() };
        let starts = schemas.into_iter().flat_map(|schema| links.look(schema, None).1).collect();
        links.reached(starts).iter().filter_map(|target| Pointer::from_reference(target)).collect()
    }
}

impl Links<'_> {
    fn reached(&mut self, mut open: Vec<String>) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        while let Some(target) = open.pop() {
            if !reached.insert(target.clone()) {
                continue;
            }
            if !self.known.contains_key(&target) {
                let schema = Pointer::from_reference(&target).and_then(|place| self.document.at(&place));
                let component = target.strip_prefix("#/components/schemas/");
                let found = schema.map(|schema| self.look(schema.value, component)).unwrap_or_default();
                self.known.insert(target.clone(), found);
            }
            open.extend(self.known.get(&target).into_iter().flat_map(|(_, targets)| targets.clone()));
        }
        reached
    }

    /// What a schema says of itself and within itself.
    fn look(&self, schema: &Value, component: Option<&str>) -> (bool, Vec<String>) {
        let (mut marked, mut targets) = (false, Vec::new());
        let mut open = vec![schema];
        if let Some(alternatives) = self.family.alternatives(component, schema) {
            targets.extend(alternatives.targets());
        }
        while let Some(schema) = open.pop() {
            if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
                targets.push(target.to_owned());
                continue;
            }
            for property in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.values())
            {
                let says = |part: &&Value| {
                    ["readOnly", "writeOnly"].iter().any(|flag| part.get(flag) == Some(&Value::Bool(true)))
                };
                marked |= super::walk::at_once(self.document, property).iter().any(says);
                open.push(property);
            }
            open.extend(["items", "additionalProperties", "not"].iter().filter_map(|keyword| schema.get(keyword)));
            let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
            open.extend(lists.flatten());
        }
        (marked, targets)
    }
}
