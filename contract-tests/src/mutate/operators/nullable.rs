//! `nullable` flipped. A list of values goes along, as only both together let null pass.

use serde_json::{Map, Value};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator { name: "nullable", about: "Flips nullable.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema).filter(|spot| spot.object.contains_key("type")) {
        // Null has no form in a path, a query or a header: only a reader can be told of it.
        let argument = spot.place.as_str().contains("/parameters/");
        let observer = if argument { Observer::Documentation } else { spot.observer };
        if spot.object.get("nullable") == Some(&Value::Bool(true)) {
            edits.change(spot, "nullable dropped", Direction::Tightening, observer, |object| {
                object.shift_remove("nullable");
                if let Some(list) = listed(object) {
                    list.retain(|value| !value.is_null());
                }
                Some(())
            });
        } else {
            edits.change(spot, "nullable: true added", Direction::Loosening, observer, |object| {
                object.insert("nullable".into(), true.into());
                if let Some(list) = listed(object) {
                    list.push(Value::Null);
                }
                Some(())
            });
        }
    }
}

fn listed(object: &mut Map<String, Value>) -> Option<&mut Vec<Value>> {
    object.get_mut("enum").and_then(Value::as_array_mut)
}
