//! Bounds where a number has none.

use crate::mutate::{Direction, Edits, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "bound-added", about: "Bounds a number that has no such bound.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["integer", "number"]) {
        if spot.object.contains_key("enum") {
            continue;
        }
        for (key, value) in [("minimum", 1), ("maximum", 1_000_000_000), ("multipleOf", 2)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, value, Direction::Tightening, spot.observer);
            }
        }
    }
}
