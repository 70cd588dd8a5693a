//! Calls that the server makes in turn: one added, each dropped.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "callback", about: "Adds a callback to an operation, or drops its callbacks.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let call = json!({ "summary": "Tells of it", "responses": { "204": { "description": "Heard" } } });
        edits.change(spot, "callbacks: onAdded added", Direction::Neither, Observer::Documentation, |object| {
            let callbacks = object.entry("callbacks").or_insert_with(|| json!({}));
            let item = json!({ "https://example.com/heard": { "post": call } });
            callbacks.as_object_mut()?.insert("onAdded".into(), item);
            Some(())
        });
        edits.drop(spot, "callbacks", Direction::Neither, Observer::Documentation);
    }
}
