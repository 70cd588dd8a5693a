//! How a parameter or header is written: its style, whether the members of a list or object stand apart, and which characters
//! stand as they are.

use serde_json::Value;

use crate::document::Located;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, Spot};

pub(super) const OPERATOR: Operator =
    Operator { name: "style", about: "Gives a parameter another style, or flips explode or allowReserved.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Parameter).chain(places.all(Kind::Header)) {
        if spot.object.contains_key("content") {
            continue;
        }
        let (place, kind) = (spot.text("in"), kind(places, spot));
        let style =
            spot.text("style").unwrap_or(if matches!(place, Some("query" | "cookie")) { "form" } else { "simple" });
        let explode = spot.object.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        // The characters in front of a value in a path show on the wire.
        let others: &[&str] = match (place, kind) {
            (Some("path"), _) => &["label", "matrix", "simple"],
            (Some("query"), Some("array")) if !explode => &["form", "spaceDelimited", "pipeDelimited"],
            (Some("query"), Some("object")) if explode => &["form", "deepObject"],
            _ => &[],
        };
        for other in others.iter().filter(|other| **other != style) {
            edits.set(spot, "style", *other, Direction::Neither, Observer::Wire);
        }
        // For a single value, explode says nothing, and neither does it for a list with commas between its items.
        let shows = match (style, kind) {
            ("simple", Some("object")) | ("form" | "label" | "matrix", Some("array" | "object")) => place.is_some(),
            // These have no other form.
            ("deepObject" | "spaceDelimited" | "pipeDelimited", _) => continue,
            _ => false,
        };
        let observer = if shows { Observer::Wire } else { Observer::Documentation };
        edits.set(spot, "explode", !explode, Direction::Neither, observer);
        if place == Some("query") && kind == Some("string") && is_free(places, spot) {
            let reserved = spot.object.get("allowReserved") == Some(&Value::Bool(true));
            edits.set(spot, "allowReserved", !reserved, Direction::Neither, Observer::Wire);
        }
    }
}

/// The type that the schema of a parameter names.
fn kind<'d>(places: &Places<'d>, spot: &Spot<'d>) -> Option<&'d str> {
    schema(places, spot)?.value.get("type")?.as_str()
}

/// Whether its schema says nothing of which characters a string has.
fn is_free(places: &Places<'_>, spot: &Spot<'_>) -> bool {
    let says = |schema: Located<'_>| ["enum", "format", "pattern"].iter().any(|key| schema.value.get(key).is_some());
    schema(places, spot).is_some_and(|schema| !says(schema))
}

fn schema<'d>(places: &Places<'d>, spot: &Spot<'d>) -> Option<Located<'d>> {
    let schema = Located { pointer: spot.place.child("schema"), value: spot.object.get("schema")? };
    places.document.resolve(schema).ok()
}
