//! How a document with a slip in it is read: what a finding changes in the tree before the model is made of it.

use serde_json::{Map, Value};

use crate::document::Pointer;

/// What a slip is taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// What is written, since whoever reads it can cope.
    AsWritten,
    /// The document without what a pointer leads to.
    Without(Pointer),
    /// The document with this value where a pointer leads, whether something stands there or not.
    With(Pointer, Value),
    /// The document with this value at the end of the list where a pointer leads, which is made where it is missing.
    Appended(Pointer, Value),
    /// The document with what the first pointer leads to under the second, in mappings that are made where they are missing.
    Moved(Pointer, Pointer),
    /// The document with another name for the key that leads to a pointer's value.
    Named(Pointer, String),
}

/// The tree as it is read. Names change last and items of a list go from its end, so that no pointer is lost on the way.
pub(super) fn apply(root: &Value, readings: &[Reading]) -> Value {
    let mut root = root.clone();
    for reading in readings {
        match reading {
            Reading::With(pointer, value) => set(&mut root, pointer, value.clone()),
            Reading::Appended(pointer, value) => append(&mut root, pointer, value.clone()),
            _ => {}
        }
    }
    for reading in readings {
        if let Reading::Moved(from, to) = reading {
            move_to(&mut root, from, to);
        }
    }
    let mut left_out: Vec<&Pointer> = readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Without(pointer) => Some(pointer),
            _ => None,
        })
        .collect();
    left_out.sort_by_key(|pointer| std::cmp::Reverse(order(pointer)));
    left_out.dedup();
    for pointer in left_out {
        remove(&mut root, pointer);
    }
    let mut named: Vec<(&Pointer, &String)> = readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Named(pointer, name) => Some((pointer, name)),
            _ => None,
        })
        .collect();
    named.sort_by_key(|(pointer, _)| std::cmp::Reverse(order(pointer)));
    for (pointer, name) in named {
        rename(&mut root, pointer, name);
    }
    root
}

/// Children after their parents, and items by their number.
fn order(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer.tokens().map(|token| (token.parse().unwrap_or(0), token)).collect()
}

fn holder<'v>(root: &'v mut Value, pointer: &Pointer) -> Option<&'v mut Value> {
    root.pointer_mut(pointer.parent()?.as_str())
}

fn set(root: &mut Value, pointer: &Pointer, value: Value) {
    match (holder(root, pointer), pointer.last().parse::<usize>()) {
        (Some(Value::Object(entries)), _) => drop(entries.insert(pointer.last(), value)),
        (Some(Value::Array(items)), Ok(at)) => {
            if let Some(slot) = items.get_mut(at) {
                *slot = value;
            }
        }
        _ => {}
    }
}

fn append(root: &mut Value, pointer: &Pointer, value: Value) {
    if root.pointer(pointer.as_str()).is_none() {
        set(root, pointer, Value::Array(Vec::new()));
    }
    if let Some(Value::Array(items)) = root.pointer_mut(pointer.as_str()) {
        items.push(value);
    }
}

fn remove(root: &mut Value, pointer: &Pointer) {
    match (holder(root, pointer), pointer.last().parse::<usize>()) {
        (Some(Value::Object(entries)), _) => drop(entries.shift_remove(&pointer.last())),
        (Some(Value::Array(items)), Ok(at)) if at < items.len() => drop(items.remove(at)),
        _ => {}
    }
}

fn move_to(root: &mut Value, from: &Pointer, to: &Pointer) {
    let Some(value) = root.pointer(from.as_str()).cloned() else { return };
    let mut here = &mut *root;
    for token in to.parent().unwrap_or_default().tokens() {
        here = match here {
            Value::Object(entries) => entries.entry(token).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(items) => match token.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                Some(item) => item,
                None => return,
            },
            _ => return,
        };
    }
    if let Value::Object(entries) = here {
        entries.entry(to.last()).or_insert(value);
        remove(root, from);
    }
}

fn rename(root: &mut Value, pointer: &Pointer, name: &str) {
    let Some(Value::Object(entries)) = holder(root, pointer) else { return };
    let old = pointer.last();
    *entries = std::mem::take(entries)
        .into_iter()
        .map(|(key, value)| (if key == old { name.to_owned() } else { key }, value))
        .collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Reading, apply};
    use crate::document::Pointer;

    #[test]
    fn readings_do_not_disturb_each_other() {
        let root = json!({"a": {"list": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "x": 1}, "b": 2});
        let at = |reference: &str| Pointer::from_reference(reference).unwrap();
        let readings = [
            Reading::Named(at("#/a"), "c".to_owned()),
            Reading::Without(at("#/a/list/2")),
            Reading::Without(at("#/a/list/10")),
            Reading::Without(at("#/a/list/0")),
            Reading::With(at("#/a/list/1"), json!("one")),
            Reading::With(at("#/a/new"), json!(null)),
            Reading::Appended(at("#/a/more"), json!(1)),
            Reading::Appended(at("#/a/more"), json!(2)),
            Reading::Without(at("#/nowhere/3")),
            Reading::Moved(at("#/b"), at("#/a/in/b")),
            Reading::AsWritten,
        ];
        let read = apply(&root, &readings);
        assert_eq!(
            read.to_string(),
            r#"{"c":{"list":["one",3,4,5,6,7,8,9],"x":1,"new":null,"more":[1,2],"in":{"b":2}}}"#
        );
    }
}
