//! Operations: renamed, dropped, and one more beside them.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "operation", about: "Renames or drops an operation, or adds one.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let id = spot.text("operationId").unwrap_or("unnamed");
        edits.set(spot, "operationId", format!("{id}Renamed"), Direction::Neither, Observer::Interface);
    }
    for spot in places.all(Kind::PathItem) {
        for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
            edits.drop(spot, method, Direction::Tightening, Observer::Interface);
        }
    }
    for spot in places.all(Kind::Root) {
        edits.change(spot, "paths: /added added", Direction::Loosening, Observer::Interface, |object| {
            let added = json!({
                "get": { "operationId": "getAdded", "responses": { "204": { "description": "Nothing" } } }
            });
            object.get_mut("paths")?.as_object_mut()?.insert("/added".into(), added);
            Some(())
        });
    }
}
