//! The edits of properties: each renamed, dropped, demanded, and what may be there beside them.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, rename};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "additional-properties",
        about: "Forbids undeclared properties, allows them, or asks for a type of them.",
        apply: additional,
    },
    Operator { name: "property", about: "Renames, drops or adds a property.", apply: property },
    Operator {
        name: "required",
        about: "Drops an entry of required, adds a property to it, or reverses its order.",
        apply: required,
    },
];

fn additional(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["object"]) {
        match spot.object.get("additionalProperties") {
            Some(Value::Bool(false)) => {
                edits.drop(spot, "additionalProperties", Direction::Loosening, spot.observer);
            }
            Some(Value::Object(_)) => {
                edits.drop(spot, "additionalProperties", Direction::Loosening, spot.observer);
                edits.set(spot, "additionalProperties", false, Direction::Tightening, spot.observer);
            }
            _ => {
                // Said aloud, it promises that the client keeps what is undeclared.
                edits.set(spot, "additionalProperties", true, Direction::Neither, spot.observer);
                edits.set(spot, "additionalProperties", false, Direction::Tightening, spot.observer);
                let texts = json!({ "type": "string" });
                edits.set(spot, "additionalProperties", texts, Direction::Tightening, spot.observer);
            }
        }
    }
}

fn property(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let Some(properties) = spot.map("properties") else { continue };
        for name in properties.keys() {
            let other = format!("{name}Renamed");
            edits.change(spot, format!("{name} became {other}"), Direction::Neither, spot.observer, |object| {
                rename(object.get_mut("properties")?.as_object_mut()?, name, &other)?;
                for entry in object.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten() {
                    if entry == name {
                        *entry = json!(other);
                    }
                }
                Some(())
            });
            edits.change(spot, format!("{name} dropped"), Direction::Loosening, spot.observer, |object| {
                object.get_mut("properties")?.as_object_mut()?.shift_remove(name)?;
                if let Some(list) = object.get_mut("required").and_then(Value::as_array_mut) {
                    list.retain(|entry| entry != name);
                    // Draft 4 and older tools have no empty list of required properties.
                    if list.is_empty() {
                        object.shift_remove("required");
                    }
                }
                Some(())
            });
        }
        for required in [false, true] {
            let what = if required { "a required property added" } else { "an optional property added" };
            edits.change(spot, what, Direction::Tightening, spot.observer, |object| {
                let added = json!({ "type": "integer", "format": "int32" });
                object.get_mut("properties")?.as_object_mut()?.insert("addedProperty".into(), added);
                if required {
                    let list = object.entry("required").or_insert_with(|| json!([]));
                    list.as_array_mut()?.push(json!("addedProperty"));
                }
                Some(())
            });
        }
    }
}

fn required(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let required = spot.list("required");
        for name in required {
            let rest: Vec<Value> = required.iter().filter(|entry| *entry != name).cloned().collect();
            let what = format!("required: {name} dropped");
            edits.change(spot, what, Direction::Loosening, spot.observer, |object| {
                if rest.is_empty() {
                    object.shift_remove("required");
                } else {
                    object.insert("required".into(), rest.into());
                }
                Some(())
            });
        }
        let reversed: Vec<Value> = required.iter().rev().cloned().collect();
        if reversed.len() > 1 {
            edits.set(spot, "required", reversed, Direction::Neither, Observer::Documentation);
        }
        let optional = spot.map("properties").into_iter().flat_map(|map| map.keys());
        for name in optional.filter(|name| !required.contains(&json!(name))) {
            let mut longer = required.to_vec();
            longer.push(json!(name));
            edits.change(spot, format!("required: {name} added"), Direction::Tightening, spot.observer, |object| {
                object.insert("required".into(), longer.into());
                Some(())
            });
        }
    }
}
