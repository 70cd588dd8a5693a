//! From a counterexample to a small one.

use serde_json::{Map, Value, json};

/// How many smaller values are tried.
const TRIES: usize = 2_000;

/// The smallest value that is reached by taking things away and that still shows the difference.
pub(super) fn smallest(value: Value, shows: &dyn Fn(&Value) -> bool) -> Value {
    let mut best = value;
    let mut tries = 0;
    'again: loop {
        for simpler in simpler(&best) {
            tries += 1;
            if tries > TRIES {
                return best;
            }
            if shows(&simpler) {
                best = simpler;
                continue 'again;
            }
        }
        return best;
    }
}

/// Values that say a little less, the least first.
fn simpler(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(map) => {
            for name in map.keys() {
                let without: Map<String, Value> = map
                    .iter()
                    .filter(|(other, _)| *other != name)
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                found.push(Value::Object(without));
            }
            for (name, inner) in map {
                for less in simpler(inner) {
                    let mut changed = map.clone();
                    changed.insert(name.clone(), less);
                    found.push(Value::Object(changed));
                }
            }
        }
        Value::Array(list) => {
            for index in 0..list.len() {
                let without = list.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, value)| value.clone());
                found.push(Value::Array(without.collect()));
            }
            for (index, inner) in list.iter().enumerate() {
                for less in simpler(inner) {
                    let mut changed = list.clone();
                    changed[index] = less;
                    found.push(Value::Array(changed));
                }
            }
        }
        Value::String(text) if !text.is_empty() => {
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            found.extend([json!(""), half.into()]);
        }
        Value::Number(number) if number.as_f64() != Some(0.0) => found.push(json!(0)),
        _ => {}
    }
    found
}
