//! `examples`: one example made one with a name and a summary.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "named-examples", about: "Gives an example a name and a summary.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    let may = |kind| matches!(kind, Kind::MediaType | Kind::Parameter | Kind::Header);
    for spot in places.every().filter(|spot| may(spot.kind)) {
        edits.change(spot, "example became one of examples", Direction::Neither, Observer::Documentation, |object| {
            let value = object.shift_remove("example")?;
            object.insert("examples".into(), json!({ "usual": { "summary": "The usual one", "value": value } }));
            Some(())
        });
    }
}
