//! `type` exchanged for another, and dropped. What only makes sense for the old type goes along.

use serde_json::{Map, Value, json};

use crate::mutate::{Direction, Edits, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "type-changed", about: "Exchanges the type of a value for another.", apply };

/// What stays meaningful whatever the type is.
const KEPT: [&str; 8] =
    ["title", "description", "nullable", "deprecated", "readOnly", "writeOnly", "x-provenance", "x-deprecated-reason"];

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string", "integer", "number", "boolean", "array", "object"]) {
        let Some(old) = spot.text("type") else { continue };
        let others: &[&str] = match old {
            "integer" => &["number", "string"],
            "number" => &["integer", "string"],
            "string" => &["integer", "boolean", "array"],
            "boolean" => &["string", "integer"],
            _ => &["string"],
        };
        for other in others {
            let direction = if *other == "number" { Direction::Loosening } else { Direction::Neither };
            edits.change(spot, format!("type: {old} became {other}"), direction, spot.observer, |object| {
                let kept: Map<String, Value> =
                    std::mem::take(object).into_iter().filter(|(key, _)| KEPT.contains(&key.as_str())).collect();
                *object = kept;
                object.insert("type".into(), json!(other));
                if *other == "array" {
                    object.insert("items".into(), json!({ "type": "string" }));
                }
                Some(())
            });
        }
    }
}
