//! `enum`: each value, what is nearly one, and the list edited.

use serde_json::{Value, json};

use super::Keyword;
use crate::cases::{Enumerator, Fault, Variant, fault};
use crate::document::{Conjunction, Kind as Type};
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};
use crate::strategy::{Built, Strategies, StrategyError, one_of, unsatisfiable};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["enum"],
    copied: &["enum"],
    claims: |schema| schema.listed().is_some(),
    variants: Some(variants),
    faults: Some(faults),
    source: Some(source),
    operators: &[Operator {
        name: "enum-value",
        about: "Adds, drops or renames a value of an enum, drops the whole enum, or reverses its order.",
        apply,
    }],
    ..Keyword::NONE
};

fn variants<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Variant>, StrategyError> {
    let listed = schema.listed().unwrap_or_default().into_iter();
    let mut found = Vec::new();
    for value in listed {
        found.push(Variant { label: format!("enum {value}"), value: value.clone() });
        found.extend(otherwise(value, schema).map(|value| Variant { label: format!("enum, as {value}"), value }));
    }
    Ok(found)
}

/// The same number written otherwise: with a fraction that is none, or without. A fraction is no integer in Draft 4.
fn otherwise(value: &Value, schema: &Conjunction<'_>) -> Option<Value> {
    let whole = super::bounds::whole(value)?;
    match value.is_f64() {
        true => super::bounds::value(whole),
        false if schema.kind() == Some(Type::Integer) || whole.abs() > 1 << 53 => None,
        false => Some(json!(whole as f64)),
    }
}

fn faults<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Fault>, StrategyError> {
    let listed = schema.listed().unwrap_or_default();
    let mut faults = neighbouring(&listed);
    let small = listed.iter().filter_map(|value| super::bounds::whole(value)).find(|whole| whole.abs() < 1 << 53);
    if let (Some(whole), Some(Type::Integer)) = (small, schema.kind()) {
        faults.push(fault("type", "listed, but written with a fraction".into(), json!(whole as f64)));
    }
    Ok(faults)
}

fn source<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Option<Built>, StrategyError> {
    let Some(listed) = schema.listed() else { return Ok(None) };
    if listed.is_empty() {
        let lists: Vec<String> = schema.all("enum").iter().map(|list| list.pointer.to_string()).collect();
        let none = if lists.len() > 1 { "no value is in all of its enums" } else { "its enum lists nothing" };
        return Err(unsatisfiable(schema, format!("{none}: {}", lists.join(", "))));
    }
    let validators = strategies.validators(schema)?;
    let accepted = |value: &&Value| validators.iter().all(|one| one.accepts(value));
    let values: Vec<Value> = listed.into_iter().filter(accepted).cloned().collect();
    if values.is_empty() {
        return Err(unsatisfiable(schema, "no value of the enum conforms"));
    }
    Ok(Some(Built::Whole(one_of(values))))
}

/// What is nearly, but not, on the list.
fn neighbouring(listed: &[&Value]) -> Vec<Fault> {
    let mut candidates: Vec<Value> = Vec::new();
    for value in listed {
        match value {
            Value::String(text) => {
                let swapped: String =
                    text.chars()
                        .map(|letter| {
                            if letter.is_lowercase() {
                                letter.to_ascii_uppercase()
                            } else {
                                letter.to_ascii_lowercase()
                            }
                        })
                        .collect();
                let mut shorter = text.clone();
                shorter.pop();
                candidates.extend([
                    json!(swapped),
                    json!(format!("{text}X")),
                    json!(format!(" {text}")),
                    json!(shorter),
                ]);
                candidates.push(json!(format!("{text}\u{301}")));
            }
            Value::Number(number) if number.is_i64() => {
                let number = number.as_i64().unwrap_or_default();
                candidates.extend([json!(number.saturating_add(1)), json!(number.saturating_sub(1))]);
            }
            Value::Number(number) => candidates.push(json!(number.as_f64().unwrap_or_default() + 0.25)),
            Value::Bool(value) => candidates.push(json!(!value)),
            _ => {}
        }
    }
    if listed.iter().any(|value| value.is_string()) {
        candidates.extend([json!(""), json!("null"), json!("UNKNOWN_VALUE")]);
    }
    candidates.retain(|candidate| !listed.contains(&candidate));
    candidates.into_iter().map(|value| fault("enum", format!("{value} is not on the list"), value)).collect()
}

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
        let reversed: Vec<Value> = listed.iter().rev().cloned().collect();
        if reversed.len() > 1 {
            edits.set(spot, "enum", values(reversed), Direction::Neither, Observer::Documentation);
        }
    }
    for spot in places.later(Kind::Schema) {
        let Some(constant) = spot.object.get("const") else { continue };
        for other in neighbours(constant) {
            edits.set(spot, "const", other, Direction::Neither, spot.observer);
        }
        edits.drop(spot, "const", Direction::Loosening, spot.observer);
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
