//! The values of an `enum`: each dropped and renamed, one added, the list dropped, and a list where there is none.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "enum-value",
    about: "Adds, drops or renames a value of an enum, or drops the whole enum.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let listed = spot.list("enum");
        let values = |list: Vec<Value>| Value::Array(list);
        for (index, value) in listed.iter().enumerate() {
            let mut rest = listed.to_vec();
            rest.remove(index);
            // A list of no value is no schema.
            if !rest.is_empty() {
                edits.set(spot, "enum", values(rest), Direction::Tightening, spot.observer);
            }
            for other in neighbours(value).into_iter().filter(|other| !listed.contains(other)) {
                let mut renamed = listed.to_vec();
                renamed[index] = other;
                edits.set(spot, "enum", values(renamed), Direction::Neither, spot.observer);
            }
        }
        if let Some(first) = listed.iter().find(|value| !value.is_null()) {
            let added = match first {
                Value::String(_) => json!("ADDED_VALUE"),
                Value::Number(_) => json!(987_654),
                _ => continue,
            };
            let mut longer = listed.to_vec();
            longer.push(added);
            edits.set(spot, "enum", values(longer), Direction::Loosening, spot.observer);
        }
        edits.drop(spot, "enum", Direction::Loosening, spot.observer);
    }
    for spot in places.typed(&["string"]) {
        let limited = ["enum", "pattern", "format", "default"].iter().any(|key| spot.object.contains_key(*key));
        if let Some(example) = spot.text("example").filter(|_| !limited) {
            edits.set(spot, "enum", json!([example]), Direction::Tightening, spot.observer);
        }
    }
}

fn neighbours(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) if text.chars().any(char::is_lowercase) => {
            vec![json!(format!("{text}2")), json!(text.to_uppercase())]
        }
        Value::String(text) => vec![json!(format!("{text}2")), json!(text.to_lowercase())],
        Value::Number(number) => {
            number.as_i64().and_then(|number| number.checked_add(1)).map(Value::from).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
