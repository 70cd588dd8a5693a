//! `deprecated`, flipped wherever it may stand.

use serde_json::Value;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator { name: "deprecated", about: "Flips deprecated.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    let may = |kind| matches!(kind, Kind::Schema | Kind::Operation | Kind::Parameter | Kind::Header);
    for spot in places.every().filter(|spot| may(spot.kind) && !spot.object.contains_key("$ref")) {
        if spot.object.get("deprecated") == Some(&Value::Bool(true)) {
            edits.drop(spot, "deprecated", Direction::Neither, Observer::Documentation);
        } else {
            edits.set(spot, "deprecated", true, Direction::Neither, Observer::Documentation);
        }
    }
}
