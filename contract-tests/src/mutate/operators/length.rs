//! The limits on lengths and counts: one more, one less, and none.

use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "length", about: "Moves a limit on a length or a count by one, or drops it.", apply };

const UPPER: [&str; 4] = ["maxLength", "x-maxBytes", "maxItems", "maxProperties"];
const LOWER: [&str; 3] = ["minLength", "minItems", "minProperties"];

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        for (keys, more, less) in [
            (UPPER.as_slice(), Direction::Loosening, Direction::Tightening),
            (LOWER.as_slice(), Direction::Tightening, Direction::Loosening),
        ] {
            for key in keys {
                let Some(limit) = spot.object.get(*key).and_then(|limit| limit.as_u64()) else { continue };
                edits.set(spot, key, limit.saturating_add(1), more, spot.observer);
                if let Some(lower) = limit.checked_sub(1) {
                    edits.set(spot, key, lower, less, spot.observer);
                }
                edits.drop(spot, key, Direction::Loosening, spot.observer);
            }
        }
        // Two limits that look alike: characters are not bytes.
        for (from, to) in [("maxLength", "x-maxBytes"), ("x-maxBytes", "maxLength")] {
            if spot.object.contains_key(from) && !spot.object.contains_key(to) {
                edits.change(spot, format!("{from} became {to}"), Direction::Neither, spot.observer, |object| {
                    crate::mutate::place::rename(object, from, to)
                });
            }
        }
    }
}
