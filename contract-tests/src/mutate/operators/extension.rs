//! Extensions: each edited and dropped, but for those that are more than a note: `x-maxBytes` and `x-pagination`.

use serde_json::{Value, json};

use super::pagination::PAGINATION;
use crate::mutate::{Direction, Edits, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator { name: "extension", about: "Edits or drops an extension.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| !spot.object.contains_key("$ref")) {
        let is_note = |key: &str| key.starts_with("x-") && ![PAGINATION, "x-maxBytes"].contains(&key);
        for (key, value) in spot.object.iter().filter(|(key, _)| is_note(key)) {
            let edited = match value {
                Value::String(text) => Some(json!(format!("{text} (edited)"))),
                Value::Array(list) if list.len() > 1 => Some(json!(list[1..])),
                Value::Bool(value) => Some(json!(!value)),
                _ => None,
            };
            if let Some(edited) = edited {
                edits.set(spot, key, edited, Direction::Neither, Observer::Documentation);
            }
            edits.drop(spot, key, Direction::Neither, Observer::Documentation);
        }
    }
}
