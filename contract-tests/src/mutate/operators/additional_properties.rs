//! `additionalProperties` forbidden, allowed, or asked to be of a type.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "additional-properties",
    about: "Forbids undeclared properties, allows them, or asks for a type of them.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
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
