//! Limits on lengths and counts where there are none.

use crate::mutate::{Direction, Edits, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "length-added", about: "Limits a length or a count that has no such limit.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        if ["enum", "format", "pattern"].iter().any(|key| spot.object.contains_key(*key)) {
            continue;
        }
        // A limit that the other one implies would change nothing: at most four bytes make a code point, at least one.
        let limit = |key: &str| spot.object.get(key).and_then(|limit| limit.as_u64());
        let most = limit("x-maxBytes").map_or(1000, |bytes| bytes / 2);
        let bytes = limit("maxLength").map_or(3000, |most| most.saturating_mul(2));
        for (key, limit) in [("minLength", 1), ("maxLength", most), ("x-maxBytes", bytes)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, limit, Direction::Tightening, spot.observer);
            }
        }
    }
    for spot in places.typed(&["array"]) {
        for (key, limit) in [("minItems", 1), ("maxItems", 100)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, limit, Direction::Tightening, spot.observer);
            }
        }
        let unique = spot.object.get("uniqueItems") == Some(&true.into());
        let direction = if unique { Direction::Loosening } else { Direction::Tightening };
        edits.set(spot, "uniqueItems", !unique, direction, spot.observer);
    }
    for spot in places.typed(&["object"]) {
        let declared = spot.map("properties").map_or(0, |map| map.len());
        let required = spot.list("required").len();
        if required < declared && !spot.object.contains_key("minProperties") {
            edits.set(spot, "minProperties", required + 1, Direction::Tightening, spot.observer);
        }
        if required < declared && !spot.object.contains_key("maxProperties") {
            edits.set(spot, "maxProperties", declared - 1, Direction::Tightening, spot.observer);
        }
    }
}
