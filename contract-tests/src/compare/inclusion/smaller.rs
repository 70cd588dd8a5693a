//! From a counterexample to a small one.

use serde_json::{Value, json};

/// How many smaller values are tried.
const TRIES: usize = 2_000;
/// How many parts they may have together.
const PARTS: usize = 2_000_000;

/// The smallest value that is reached by taking things away and that still shows the difference.
pub(super) fn smallest(value: Value, shows: &dyn Fn(&Value) -> bool) -> Value {
    let mut best = value;
    let (mut tries, mut parts) = (0, 0);
    loop {
        let (mut at, mut found) = (0, false);
        loop {
            let mut simpler = best.clone();
            if !simplify(&mut simpler, &mut at.clone()) {
                break;
            }
            tries += 1;
            parts += count(&simpler);
            if tries > TRIES || parts > PARTS {
                return best;
            }
            if shows(&simpler) {
                (best, found) = (simpler, true);
            } else {
                at += 1;
            }
        }
        if !found {
            return best;
        }
    }
}

/// Takes one thing away: of all that can be taken the one of this number, the greatest first. False where there are fewer.
fn simplify(value: &mut Value, at: &mut usize) -> bool {
    match value {
        Value::Object(map) => {
            for name in map.keys().cloned().collect::<Vec<_>>().chunks(map.len().div_ceil(2).max(1)) {
                if chosen(at) {
                    map.retain(|known, _| !name.contains(known));
                    return true;
                }
            }
            for name in map.keys().cloned().collect::<Vec<_>>() {
                if chosen(at) {
                    map.shift_remove(&name);
                    return true;
                }
            }
            map.values_mut().any(|inner| simplify(inner, at))
        }
        Value::Array(list) => {
            let half = list.len().div_ceil(2);
            for part in [half..list.len(), 0..half] {
                if !part.is_empty() && chosen(at) {
                    list.drain(part);
                    return true;
                }
            }
            for index in 0..list.len() {
                if chosen(at) {
                    list.remove(index);
                    return true;
                }
            }
            list.iter_mut().any(|inner| simplify(inner, at))
        }
        Value::String(text) if !text.is_empty() => {
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            for less in [String::new(), half] {
                if chosen(at) {
                    *text = less;
                    return true;
                }
            }
            false
        }
        Value::Number(number) if number.as_f64() != Some(0.0) && chosen(at) => {
            *value = json!(0);
            true
        }
        _ => false,
    }
}

/// Whether it is the turn of this one.
fn chosen(at: &mut usize) -> bool {
    let now = *at == 0;
    *at = at.wrapping_sub(1);
    now
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        _ => 0,
    }
}
