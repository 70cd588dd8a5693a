//! What of a value is seen on the wire: where values are written as text, a number and the string that looks like it are one.

use serde_json::{Map, Value, json};

use crate::oracle::INTEGER_RANGE;

/// How many readings of a text are told apart.
const MOST: usize = 200;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wire {
    /// As JSON, or as bytes that no schema tells apart: as it is.
    Exact,
    /// As one text: a parameter, a header, a text as a body.
    Text,
    /// As a form, each property as a text.
    Form,
    /// As a form whose properties have media types of their own.
    Parts,
}

impl Wire {
    /// Every value that is written like this one, itself included; nothing where it is not written at all, or where there are
    /// too many.
    pub(super) fn readings(self, value: &Value) -> Option<Vec<Value>> {
        match (self, value) {
            (Self::Exact, _) => Some(vec![value.clone()]),
            (Self::Text, _) if is_nothing(value) => None,
            (Self::Text, _) => readings(value, true),
            (_, Value::Object(members)) => objects(members, true),
            _ => readings(value, false),
        }
    }

    /// What a reader takes that has this schema, as far as it is easily said: where any string is taken, whatever is written as
    /// text is, and where a list is, one item.
    pub(super) fn taken(self, schema: &Value) -> Value {
        let Value::Object(map) = schema else { return schema.clone() };
        match self {
            Self::Exact | Self::Parts => schema.clone(),
            Self::Text => taken(map, Standing::Whole),
            Self::Form => with_members(map, |member, standing| match member {
                Value::Object(map) if map.get("type") != Some(&json!("object")) => taken(map, standing),
                other => other.clone(),
            }),
        }
    }
}

/// Whether nothing is written of a value.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// The values that are written as this one is; where a list may stand alone, a list of one as well as its item.
fn readings(value: &Value, may_be_list: bool) -> Option<Vec<Value>> {
    let mut found = match value {
        Value::Array(list) => {
            let mut lists = vec![Vec::new()];
            for item in list {
                let each = readings(item, false)?;
                lists = product(&lists, &each, |list, item| list.push(item.clone()))?;
            }
            let alone =
                if may_be_list { lists.iter().filter_map(|list| one(list)).cloned().collect() } else { Vec::new() };
            lists.into_iter().map(Value::Array).chain(alone).collect()
        }
        Value::Object(members) => objects(members, false)?,
        Value::String(text) => {
            let scalar = serde_json::from_str(text).ok().filter(|read: &Value| !read.is_object() && !read.is_array());
            let nothing = text.is_empty().then_some(Value::Null);
            [Some(value.clone()), scalar, nothing].into_iter().flatten().collect()
        }
        Value::Null => vec![Value::Null, json!(""), json!("null")],
        other => vec![other.clone(), other.to_string().into()],
    };
    if may_be_list && !value.is_array() {
        let lists: Vec<Value> = found.iter().map(|item| json!([item])).collect();
        found.extend(lists);
        found.extend((value == "").then(|| json!([])));
    }
    (found.len() <= MOST).then_some(found)
}

fn one(list: &[Value]) -> Option<&Value> {
    if let [one] = list { Some(one) } else { None }
}

fn objects(members: &Map<String, Value>, may_be_list: bool) -> Option<Vec<Value>> {
    let mut objects = vec![Map::new()];
    for (name, value) in members {
        let mut each: Vec<Option<Value>> = readings(value, may_be_list)?.into_iter().map(Some).collect();
        each.extend(is_nothing(value).then_some(None));
        objects = product(&objects, &each, |object, value| {
            if let Some(value) = value {
                object.insert(name.clone(), value.clone());
            }
        })?;
    }
    Some(objects.into_iter().map(Value::Object).collect())
}

/// Each of some things with each of some more.
fn product<T: Clone, U>(all: &[T], each: &[U], with: impl Fn(&mut T, &U)) -> Option<Vec<T>> {
    if all.len() * each.len() > MOST {
        return None;
    }
    let pairs = all.iter().flat_map(|one| each.iter().map(move |more| (one, more)));
    let joined = pairs.map(|(one, more)| {
        let mut one = one.clone();
        with(&mut one, more);
        one
    });
    Some(joined.collect())
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// It is all there is.
    Whole,
    /// It is a property that must be there.
    Required,
    /// It is a property that may be left out, as an empty list is.
    Optional,
    /// It is within another value.
    Within,
}

/// The schema with any scalar where it has any string and, where it is no part of a value, with one value for a list of one and
/// the other way round; a schema that says more is left as it is.
fn taken(map: &Map<String, Value>, standing: Standing) -> Value {
    let says = |known: &[&str]| {
        map.keys().all(|keyword| known.contains(&keyword.as_str()) || ANNOTATIONS.contains(&keyword.as_str()))
    };
    let is_part = standing == Standing::Within;
    let alone = |value: Value, of_list: Value| if is_part { value } else { json!({ "anyOf": [value, of_list] }) };
    let least = u8::from(standing != Standing::Optional);
    let list_of = |item: &Value| json!({ "type": "array", "items": item, "minItems": least, "maxItems": 1 });
    match map.get("type").and_then(Value::as_str) {
        Some("string") if says(&["type"]) => {
            let scalar = json!({ "type": ["string", "number", "integer", "boolean"] });
            alone(scalar.clone(), list_of(&scalar))
        }
        Some(kind @ ("integer" | "number" | "boolean")) => {
            let value = Value::from(map.clone());
            // A text that is written as every value of the kind may be is one, whoever reads it.
            let written = says(&["type", INTEGER_RANGE]).then(|| spelling(kind, map.get(INTEGER_RANGE)));
            let written = written.map(|pattern| json!({ "type": "string", "pattern": pattern }));
            let value = written.map_or(value.clone(), |written| json!({ "anyOf": [value, written] }));
            alone(value.clone(), list_of(&value))
        }
        Some("array") if says(&["type", "items", "minItems", "maxItems"]) => {
            let mut list = map.clone();
            let Some(Value::Object(items)) = map.get("items") else { return list.into() };
            let item = taken(items, Standing::Within);
            list.insert("items".into(), item.clone());
            // One string may be read as several items, by its commas.
            let most = map.get("maxItems").and_then(Value::as_u64);
            let holds_any = match items.get("type").and_then(Value::as_str) {
                Some("integer" | "number" | "boolean") => most != Some(0),
                Some("string") => items.len() == 1 && most.is_none(),
                _ => false,
            };
            let holds_one = map.get("minItems").and_then(Value::as_u64).is_none_or(|least| least <= 1);
            if holds_any && holds_one { alone(list.into(), item) } else { list.into() }
        }
        Some("object") if standing == Standing::Whole => with_members(map, |member, _| match member {
            Value::Object(map) => taken(map, Standing::Within),
            other => other.clone(),
        }),
        _ => map.clone().into(),
    }
}

/// How a kind of scalar is written, as a pattern; of a kind with a range, what has so few digits that it is within.
fn spelling(kind: &str, range: Option<&Value>) -> String {
    match (kind, range.and_then(|range| range.get("most"))) {
        ("boolean", _) => "^(true|false)$".into(),
        ("integer", Some(most)) => {
            format!("^(0|-?[1-9][0-9]{{0,{}}})$", most.to_string().len().saturating_sub(2))
        }
        ("integer", None) => "^(0|-?[1-9][0-9]*)$".into(),
        _ => r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$".into(),
    }
}

/// Keywords that ask nothing.
const ANNOTATIONS: [&str; 6] = ["title", "description", "default", "example", "examples", "deprecated"];

/// The schema of an object with its members changed, where nothing else looks at these.
fn with_members(map: &Map<String, Value>, change: impl Fn(&Value, Standing) -> Value) -> Value {
    let known = ["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"];
    let mut map = map.clone();
    if map.keys().all(|keyword| known.contains(&keyword.as_str()) || ANNOTATIONS.contains(&keyword.as_str())) {
        let required = map.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let standing = |name: &String| {
            if required.iter().any(|one| one == name) { Standing::Required } else { Standing::Optional }
        };
        if let Some(Value::Object(properties)) = map.get_mut("properties") {
            properties.iter_mut().for_each(|(name, member)| *member = change(member, standing(name)));
        }
        if let Some(additional) = map.get_mut("additionalProperties") {
            *additional = change(additional, Standing::Optional);
        }
    }
    map.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_alike_is_read_alike() {
        let reads =
            |wire: Wire, value: Value, as_well: Value| wire.readings(&value).is_some_and(|all| all.contains(&as_well));
        for (wire, value, as_well) in [
            (Wire::Text, json!(5), json!("5")),
            (Wire::Text, json!("5"), json!(5)),
            (Wire::Text, json!("a"), json!(["a"])),
            (Wire::Text, json!([1, true]), json!(["1", true])),
            (Wire::Text, json!([2]), json!("2")),
            (Wire::Form, json!({ "a": 1, "b": [] }), json!({ "a": "1" })),
            (Wire::Parts, json!({ "a": [1] }), json!({ "a": 1 })),
        ] {
            assert!(reads(wire, value.clone(), as_well.clone()), "{value} is read as {as_well}");
        }
        assert!(!reads(Wire::Exact, json!(5), json!("5")));
        assert!(!reads(Wire::Text, json!([1, 2]), json!("1")));
        assert_eq!(Wire::Text.readings(&json!([])), None);
    }
}
