//! The headers of responses: renamed, dropped, added, demanded or not.

use serde_json::{Value, json};

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "response-header", about: "Renames, drops or adds a header of a response.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Response) {
        for name in spot.map("headers").into_iter().flat_map(|map| map.keys()) {
            let other = format!("{name}-renamed");
            edits.change(
                spot,
                format!("headers: {name} became {other}"),
                Direction::Neither,
                Observer::Documentation,
                |object| rename(object.get_mut("headers")?.as_object_mut()?, name, &other),
            );
            edits.change(
                spot,
                format!("headers: {name} dropped"),
                Direction::Neither,
                Observer::Documentation,
                |object| object.get_mut("headers")?.as_object_mut()?.shift_remove(name).map(drop),
            );
        }
        edits.change(spot, "headers: x-added added", Direction::Neither, Observer::Documentation, |object| {
            let headers = object.entry("headers").or_insert_with(|| json!({}));
            headers.as_object_mut()?.insert("x-added".into(), json!({ "schema": { "type": "string" } }));
            Some(())
        });
    }
    for spot in places.all(Kind::Header) {
        let required = spot.object.get("required") == Some(&Value::Bool(true));
        edits.set(spot, "required", !required, Direction::Neither, Observer::Documentation);
    }
}
