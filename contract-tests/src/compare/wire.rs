//! What of a value is seen on the wire: where values are written as text, a number and the string that looks like it are one.

use serde_json::{Map, Value, json};

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
    /// text is.
    pub(super) fn taken(self, schema: &Value) -> Value {
        let Value::Object(map) = schema else { return schema.clone() };
        match self {
            Self::Exact | Self::Parts => schema.clone(),
            Self::Text => taken(map, true),
            Self::Form => with_members(map, |member| match member {
                Value::Object(map) if map.get("type") != Some(&json!("object")) => taken(map, false),
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

/// The schema with any scalar where it has any string; a schema that says more is left as it is.
fn taken(map: &Map<String, Value>, nested: bool) -> Value {
    let says = |known: &[&str]| {
        map.keys().all(|keyword| known.contains(&keyword.as_str()) || ANNOTATIONS.contains(&keyword.as_str()))
    };
    match map.get("type").and_then(Value::as_str) {
        Some("string") if says(&["type"]) => json!({ "type": ["string", "number", "integer", "boolean"] }),
        Some("array") if says(&["type", "items", "minItems", "maxItems"]) => {
            let mut map = map.clone();
            if let Some(Value::Object(items)) = map.get("items") {
                let items = taken(items, false);
                map.insert("items".into(), items);
            }
            map.into()
        }
        Some("object") if nested => with_members(map, |member| match member {
            Value::Object(map) => taken(map, false),
            other => other.clone(),
        }),
        _ => map.clone().into(),
    }
}

/// Keywords that ask nothing.
const ANNOTATIONS: [&str; 6] = ["title", "description", "default", "example", "examples", "deprecated"];

/// The schema of an object with its members changed, where nothing else looks at these.
fn with_members(map: &Map<String, Value>, change: impl Fn(&Value) -> Value) -> Value {
    let known = ["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"];
    let mut map = map.clone();
    if map.keys().all(|keyword| known.contains(&keyword.as_str()) || ANNOTATIONS.contains(&keyword.as_str())) {
        if let Some(Value::Object(properties)) = map.get_mut("properties") {
            properties.values_mut().for_each(|member| *member = change(member));
        }
        if let Some(additional) = map.get_mut("additionalProperties") {
            *additional = change(additional);
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
