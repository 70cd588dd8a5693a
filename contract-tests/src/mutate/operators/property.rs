//! Properties: each renamed and dropped, and one added, which may be absent or must not.

use serde_json::{Value, json};

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator = Operator { name: "property", about: "Renames, drops or adds a property.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
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
