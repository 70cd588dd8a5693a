//! Sets written in another order, and defaults written out: the same document in other words.

use serde_json::Value;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "order", about: "Reverses a list that is a set, or writes a default out.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        for key in ["enum", "required"] {
            let reversed: Vec<Value> = spot.list(key).iter().rev().cloned().collect();
            if reversed.len() > 1 {
                edits.set(spot, key, reversed, Direction::Neither, Observer::Documentation);
            }
        }
        // Once in each document is enough to see that it is recognised.
        let named = spot.place.as_str().matches('/').count() == 3;
        if named && !spot.object.contains_key("nullable") && spot.object.contains_key("type") {
            edits.set(spot, "nullable", false, Direction::Neither, Observer::Documentation);
        }
        if named && spot.text("type") == Some("object") && !spot.object.contains_key("additionalProperties") {
            edits.set(spot, "additionalProperties", true, Direction::Neither, Observer::Documentation);
        }
    }
    for spot in places.all(Kind::Operation) {
        let reversed: Vec<Value> = spot.list("security").iter().rev().cloned().collect();
        if reversed.len() > 1 {
            edits.set(spot, "security", reversed, Direction::Neither, Observer::Documentation);
        }
    }
}
