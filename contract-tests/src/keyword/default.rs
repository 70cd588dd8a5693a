//! `default` edited, dropped, or added. No payload shows one: it says what a reader may assume.

use serde_json::{Value, json};

use super::Keyword;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["default"],
    operators: &[Operator { name: "default", about: "Edits, drops or adds the default of a value.", apply }],
    ..Keyword::NONE
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let listed = spot.list("enum");
        let value = match spot.object.get("default") {
            Some(old) => {
                edits.drop(spot, "default", Direction::Neither, Observer::Documentation);
                if listed.is_empty() { edited(old) } else { listed.iter().find(|value| *value != old).cloned() }
            }
            None => listed.first().cloned().or_else(|| usual(spot.text("type")?)),
        };
        if let Some(value) = value {
            edits.set(spot, "default", value, Direction::Neither, Observer::Documentation);
        }
    }
}

fn usual(kind: &str) -> Option<Value> {
    match kind {
        "string" => Some(json!("abc")),
        "integer" => Some(json!(7)),
        "number" => Some(json!(7.5)),
        "boolean" => Some(json!(true)),
        _ => None,
    }
}

fn edited(old: &Value) -> Option<Value> {
    match old {
        Value::String(text) => Some(json!(format!("{text}x"))),
        Value::Bool(value) => Some(json!(!value)),
        Value::Number(number) => number.as_i64().and_then(|number| number.checked_add(1)).map(Value::from),
        _ => None,
    }
}
