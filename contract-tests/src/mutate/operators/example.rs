//! `example`: edited within, dropped, or added. The edited one stays as the schema demands it.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, Spot};

pub(super) const OPERATOR: Operator =
    Operator { name: "example", about: "Edits, drops or adds an example of a value, a body or a parameter.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| !spot.object.contains_key("$ref")) {
        let key = match spot.kind {
            Kind::Schema | Kind::MediaType | Kind::Parameter | Kind::Header => "example",
            Kind::Example => "value",
            _ => continue,
        };
        match spot.object.get(key) {
            Some(old) => {
                for (place, text) in leaves(old) {
                    let what = format!("{key}{place}: {text} became {}", edited(&text));
                    edits.change(spot, what, Direction::Neither, Observer::Documentation, |object| {
                        let leaf = object.get_mut(key)?.pointer_mut(&place)?;
                        *leaf = edited(&text);
                        Some(())
                    });
                }
                if spot.kind != Kind::Example {
                    edits.drop(spot, key, Direction::Neither, Observer::Documentation);
                }
            }
            None => {
                if let Some(example) = usual(spot).filter(|_| !spot.object.contains_key("examples")) {
                    edits.set(spot, key, example, Direction::Neither, Observer::Documentation);
                }
            }
        }
    }
}

/// The texts and numbers within an example that may be edited without leaving what the schema most likely allows.
fn leaves(example: &Value) -> Vec<(String, Value)> {
    match example {
        Value::Object(map) => map
            .iter()
            .filter(|(name, value)| !value.is_object() && free(name, value))
            .take(2)
            .map(|(name, value)| (format!("/{}", name.replace('~', "~0").replace('/', "~1")), value.clone()))
            .collect(),
        Value::Array(_) | Value::Null | Value::Bool(_) => Vec::new(),
        leaf => vec![(String::new(), leaf.clone())],
    }
}

/// Names and codes in capitals tend to be of a list.
fn free(_: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(|letter| letter == ' ' || letter == '.'),
        Value::Number(_) => true,
        _ => false,
    }
}

fn edited(leaf: &Value) -> Value {
    match leaf {
        Value::String(text) => json!(format!("{text}2")),
        Value::Number(number) => {
            number.as_i64().and_then(|number| number.checked_sub(1)).map_or(json!(1.5), Value::from)
        }
        other => other.clone(),
    }
}

fn usual(spot: &Spot<'_>) -> Option<Value> {
    if spot.kind != Kind::Schema || ["enum", "pattern", "format"].iter().any(|key| spot.object.contains_key(*key)) {
        return None;
    }
    match spot.text("type")? {
        "string" => Some(json!("a")),
        "boolean" => Some(json!(true)),
        _ => None,
    }
}
