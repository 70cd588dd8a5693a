//! `readOnly` and `writeOnly`: who may send a property. No payload shows them; the client's documentation does.

use serde_json::Value;

use super::Keyword;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["readOnly", "writeOnly"],
    operators: &[Operator { name: "read-write-only", about: "Flips readOnly or writeOnly.", apply }],
    ..Keyword::NONE
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
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
