//! `allOf`, `oneOf`, `anyOf` and `not`: a member dropped, one keyword for another.

use serde_json::Value;

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "composition",
    about: "Drops a member of allOf, oneOf or anyOf, swaps one for another, or drops not.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        for (key, direction) in
            [("allOf", Direction::Loosening), ("oneOf", Direction::Neither), ("anyOf", Direction::Tightening)]
        {
            let members = spot.list(key);
            for index in 0..members.len() {
                // A composition of nothing is no schema.
                if members.len() > 1 {
                    edits.change(spot, format!("{key}/{index} dropped"), direction, spot.observer, |object| {
                        object.get_mut(key).and_then(Value::as_array_mut).map(|list| drop(list.remove(index)))
                    });
                }
            }
        }
        for (from, to, direction) in [
            ("oneOf", "anyOf", Direction::Loosening),
            ("anyOf", "oneOf", Direction::Tightening),
            ("allOf", "anyOf", Direction::Loosening),
        ] {
            if spot.list(from).len() > 1 {
                edits.change(spot, format!("{from} became {to}"), direction, spot.observer, |object| {
                    rename(object, from, to)
                });
            }
        }
        edits.drop(spot, "not", Direction::Loosening, spot.observer);
    }
}
