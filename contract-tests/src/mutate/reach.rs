//! What an edit can reach: what differs, and what refers to it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Document, Located, Pointer};

/// The schemas that an edit can reach: those that differ, and those that refer to one that does.
pub(super) fn schemas(original: &Document, edited: &Document) -> BTreeSet<String> {
    let schemas = all(edited);
    let differs = |pointer: &Pointer, value: &Value| original.at(pointer).is_none_or(|old| old.value != value);
    let differing = schemas.iter().filter(|(_, schema)| differs(&schema.pointer, schema.value));
    let differing = differing.map(|(name, _)| name.clone()).collect();
    let last = |target: Pointer| target.parent().map(|(_, name)| name);
    spread(differing, &schemas.iter().map(|(name, schema)| (name.clone(), schema.value)).collect::<Vec<_>>(), &last)
}

/// Where they stand.
pub(super) fn places(original: &Document, edited: &Document) -> Vec<Pointer> {
    let reached = schemas(original, edited);
    all(edited).into_iter().filter(|(name, _)| reached.contains(name)).map(|(_, schema)| schema.pointer).collect()
}

/// The schemas with names, and those of bodies.
fn all(document: &Document) -> Vec<(String, Located<'_>)> {
    let named = document.component_schemas().into_iter().map(|(name, schema)| (name.to_owned(), schema));
    named.chain(document.body_schemas().unwrap_or_default()).collect()
}

/// The paths whose calls an edit is most likely to show in: those that differ, and those that refer to a component that does.
pub(super) fn paths(original: &Document, edited: &Document) -> BTreeSet<String> {
    let place = |steps: &[&str]| steps.iter().fold(Pointer::root(), |place, step| place.child(step)).to_string();
    let components: Vec<(String, &Value)> = members(edited.root().get("components"))
        .flat_map(|(kind, held)| {
            members(Some(held)).map(move |(name, held)| (place(&["components", kind, name]), held))
        })
        .collect();
    let differs = |(place, value): &(String, &Value)| original.root().pointer(place) != Some(value);
    let differing = components.iter().filter(|one| differs(one)).map(|(place, _)| place.clone()).collect();
    let component = |target: Pointer| {
        let steps: Vec<String> = target.steps().take(3).collect();
        Some(place(&steps.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    let reached = spread(differing, &components, &component);
    let paths = members(edited.root().get("paths")).map(|(path, item)| (place(&["paths", path]), item));
    paths.filter(|one| differs(one) || refers(one.1, &reached, &component)).map(|(place, _)| place).collect()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// What is reached, and what refers to it at any number of removes. A target goes by what `name` makes of it.
fn spread(
    mut reached: BTreeSet<String>,
    all: &[(String, &Value)],
    name: &impl Fn(Pointer) -> Option<String>,
) -> BTreeSet<String> {
    loop {
        let before = reached.len();
        for (own, value) in all {
            if !reached.contains(own) && refers(value, &reached, name) {
                reached.insert(own.clone());
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

fn refers(value: &Value, names: &BTreeSet<String>, name: &impl Fn(Pointer) -> Option<String>) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, inner)| match inner {
            Value::String(reference) if key == "$ref" => {
                Pointer::from_reference(reference).and_then(name).is_some_and(|target| names.contains(&target))
            }
            inner => refers(inner, names, name),
        }),
        Value::Array(list) => list.iter().any(|inner| refers(inner, names, name)),
        _ => false,
    }
}
