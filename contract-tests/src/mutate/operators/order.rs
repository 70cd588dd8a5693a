//! Security requirements written in another order: the same document in other words.

use serde_json::Value;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "order", about: "Reverses a list of security requirements, which is a set.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let reversed: Vec<Value> = spot.list("security").iter().rev().cloned().collect();
        if reversed.len() > 1 {
            edits.set(spot, "security", reversed, Direction::Neither, Observer::Documentation);
        }
    }
}
