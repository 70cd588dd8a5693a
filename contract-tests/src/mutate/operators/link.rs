//! Links from a response to other calls: one added, each dropped.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "link", about: "Adds a link to a response, or drops its links.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    let operation = places.all(Kind::Operation).find_map(|spot| spot.text("operationId"));
    for spot in places.all(Kind::Response) {
        edits.drop(spot, "links", Direction::Neither, Observer::Documentation);
        let Some(id) = operation.filter(|_| !spot.object.contains_key("links")) else { continue };
        let links = json!({ "added": { "operationId": id, "parameters": { "added": "$response.body#/added" } } });
        edits.set(spot, "links", links, Direction::Neither, Observer::Documentation);
    }
}
