//! `readOnly` and `writeOnly`: who may send a property. No payload shows them; the client's documentation does.

use serde_json::Value;

use super::Keyword;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, Spot};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["readOnly", "writeOnly"],
    operators: &[Operator { name: "read-write-only", about: "Flips readOnly or writeOnly.", apply }],
    ..Keyword::NONE
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    // Of any other schema they say nothing (OpenAPI 3.0.3, "Schema Object").
    let is_property = |spot: &&Spot<'_>| {
        let holder = spot.place.parent().and_then(|(holder, _)| holder.parent());
        holder.is_some_and(|(_, key)| key == "properties")
    };
    for spot in places.all(Kind::Schema).filter(is_property) {
        let set = |key: &str| spot.object.get(key) == Some(&Value::Bool(true));
        for (key, other) in [("readOnly", "writeOnly"), ("writeOnly", "readOnly")] {
            if set(key) {
                edits.drop(spot, key, Direction::Neither, Observer::Documentation);
            } else if !set(other) {
                // Both of these at once is a contradiction.
                edits.set(spot, key, true, Direction::Neither, Observer::Documentation);
            }
        }
    }
}
