//! The statuses of responses: each dropped and exchanged, some added, a range and `default` among them.

use serde_json::{Map, Value, json};

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "status", about: "Drops, exchanges or adds a status that an operation responds with.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let Some(responses) = spot.map("responses") else { continue };
        let statuses: Vec<&String> = responses.keys().filter(|key| !key.starts_with("x-")).collect();
        for status in &statuses {
            if statuses.len() > 1 {
                edits.change(spot, format!("{status} dropped"), Direction::Tightening, Observer::Wire, |object| {
                    held(object)?.shift_remove(status.as_str()).map(drop)
                });
            }
            let other = match status.as_str() {
                "200" => "201",
                "201" => "200",
                "404" => "410",
                "default" => "400",
                other if other.starts_with('2') => "200",
                _ => "418",
            };
            edits.change(spot, format!("{status} became {other}"), Direction::Neither, Observer::Wire, |object| {
                rename(held(object)?, status, other)
            });
        }
        let error =
            statuses.iter().find(|status| status.starts_with(['4', '5'])).and_then(|key| responses.get(key.as_str()));
        let body = error.cloned().unwrap_or_else(|| json!({ "description": "Added" }));
        for added in ["409", "4XX", "default"] {
            if !responses.contains_key(added) {
                edits.change(spot, format!("{added} added"), Direction::Loosening, Observer::Wire, |object| {
                    held(object)?.insert(added.into(), body.clone());
                    Some(())
                });
            }
        }
        if !responses.contains_key("204") {
            edits.change(spot, "204 added", Direction::Loosening, Observer::Wire, |object| {
                held(object)?.insert("204".into(), json!({ "description": "Nothing" }));
                Some(())
            });
        }
    }
}

fn held(operation: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    operation.get_mut("responses")?.as_object_mut()
}
