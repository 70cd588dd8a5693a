//! `pattern` dropped, narrowed, or added.

use crate::mutate::{Direction, Edits, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "pattern", about: "Drops, narrows or adds the pattern of a string.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        match spot.text("pattern") {
            Some(pattern) => {
                edits.drop(spot, "pattern", Direction::Loosening, spot.observer);
                edits.set(spot, "pattern", format!("(?:{pattern})|^~$"), Direction::Loosening, spot.observer);
            }
            None if !spot.object.contains_key("enum") && !spot.object.contains_key("format") => {
                edits.set(spot, "pattern", "^[A-Za-z0-9+_./ -]*$", Direction::Tightening, spot.observer);
            }
            None => {}
        }
    }
}
