//! How a parameter or header is written: its style, and whether the members of a list or object stand apart.

use serde_json::Value;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "style", about: "Gives a parameter another style, or flips explode.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Parameter).chain(places.all(Kind::Header)) {
        // The characters in front of a value in a path show on the wire; for a single value, explode does not.
        if spot.text("in") == Some("path") {
            for style in ["label", "matrix"] {
                edits.set(spot, "style", style, Direction::Neither, Observer::Wire);
            }
        }
        let form = matches!(spot.text("in"), Some("query" | "cookie"));
        let explode = spot.object.get("explode").and_then(Value::as_bool).unwrap_or(form);
        edits.set(spot, "explode", !explode, Direction::Neither, Observer::Documentation);
    }
}
