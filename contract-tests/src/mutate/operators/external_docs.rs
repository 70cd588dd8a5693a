//! Further reading: added to what may have it, dropped, described.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "external-docs", about: "Adds, drops or describes external documentation.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| !spot.object.contains_key("$ref")) {
        // One named schema stands for all: the keyword is compared like any other.
        let named = spot.kind == Kind::Schema && spot.place.as_str().matches('/').count() == 3;
        if !(named || matches!(spot.kind, Kind::Root | Kind::Operation | Kind::Tag)) {
            continue;
        }
        if spot.object.contains_key("externalDocs") {
            edits.drop(spot, "externalDocs", Direction::Neither, Observer::Documentation);
        } else {
            let docs = json!({ "url": "https://example.com/more", "description": "More of it" });
            edits.set(spot, "externalDocs", docs, Direction::Neither, Observer::Documentation);
        }
    }
}
