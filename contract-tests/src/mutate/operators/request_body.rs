//! The body of a request: added where there is none, dropped, demanded or not.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "request-body", about: "Adds or drops a request's body, or flips whether it is required.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        if spot.object.contains_key("requestBody") {
            edits.drop(spot, "requestBody", Direction::Neither, Observer::Wire);
            continue;
        }
        for required in [true, false] {
            let content = json!({ "application/json": { "schema": { "type": "string" } } });
            let body = json!({ "required": required, "content": content });
            edits.set(spot, "requestBody", body, Direction::Neither, Observer::Wire);
        }
    }
    for spot in places.all(Kind::RequestBody) {
        let required = spot.object.get("required") == Some(&Value::Bool(true));
        edits.set(spot, "required", !required, Direction::Neither, Observer::Interface);
    }
}
