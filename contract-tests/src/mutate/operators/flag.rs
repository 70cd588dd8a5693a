//! `readOnly`, `writeOnly` and `deprecated`, flipped.

use serde_json::Value;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "flag", about: "Flips readOnly, writeOnly or deprecated.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| !spot.object.contains_key("$ref")) {
        let keys: &[&str] = match spot.kind {
            Kind::Schema => &["deprecated", "readOnly", "writeOnly"],
            Kind::Operation | Kind::Parameter | Kind::Header => &["deprecated"],
            _ => continue,
        };
        for key in keys {
            let set = |key: &str| spot.object.get(key) == Some(&Value::Bool(true));
            // Both of these at once is a contradiction.
            let contradicts = (*key == "readOnly" && set("writeOnly")) || (*key == "writeOnly" && set("readOnly"));
            if set(key) {
                edits.drop(spot, key, Direction::Neither, Observer::Documentation);
            } else if !contradicts {
                edits.set(spot, key, true, Direction::Neither, Observer::Documentation);
            }
        }
    }
}
