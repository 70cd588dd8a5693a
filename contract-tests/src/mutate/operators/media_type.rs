//! Media types renamed, dropped, added or left without a schema, and a body taken away.

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "media-type",
    about: "Renames, drops or adds a media type of a body, or takes its schema away.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| matches!(spot.kind, Kind::Response | Kind::RequestBody)) {
        let Some(content) = spot.map("content") else { continue };
        for name in content.keys() {
            let other = if name.contains("json") { "application/vnd.example+json" } else { "application/json" };
            edits.change(spot, format!("{name} became {other}"), Direction::Neither, Observer::Wire, |object| {
                rename(object.get_mut("content")?.as_object_mut()?, name, other)
            });
            edits.change(spot, format!("{name} became text/plain"), Direction::Neither, Observer::Wire, |object| {
                let map = object.get_mut("content")?.as_object_mut()?;
                map.shift_remove(name)?;
                map.insert("text/plain".into(), serde_json::json!({ "schema": { "type": "string" } }));
                Some(())
            });
            if content.len() > 1 {
                edits.change(spot, format!("{name} dropped"), Direction::Tightening, Observer::Wire, |object| {
                    object.get_mut("content")?.as_object_mut()?.shift_remove(name).map(drop)
                });
            }
        }
        if spot.kind == Kind::Response {
            for name in content.keys().filter(|name| name.contains("json")) {
                edits.change(
                    spot,
                    format!("schema of {name} dropped"),
                    Direction::Loosening,
                    Observer::Wire,
                    |object| {
                        let body = object.get_mut("content")?.get_mut(name)?.as_object_mut()?;
                        body.shift_remove("schema").map(drop)
                    },
                );
            }
            edits.drop(spot, "content", Direction::Neither, Observer::Wire);
        }
    }
}
