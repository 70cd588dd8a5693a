//! How a document with a slip in it is read: what a finding changes in the tree before the model is made of it.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::document::{Moved, Pointer};

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

/// The tree as it is read, and what stands elsewhere in it, by each step of the change. Names change last and from the inside, as
/// what is left out goes, so that no pointer is lost on the way.
pub(super) fn apply(root: &Value, readings: &[Reading]) -> (Value, [Moved; 3]) {
    let mut root = root.clone();
    let mut moved = Moved::default();
    let (mut left_out, mut named): (ByHolder<()>, ByHolder<String>) = (HashMap::new(), HashMap::new());
    for reading in readings {
        match reading {
            Reading::With(pointer, value) => set(&mut root, pointer, value.clone()),
            Reading::Appended(pointer, value) => append(&mut root, pointer, value.clone()),
            Reading::Without(pointer) => {
                left_out.entry(pointer.parent().unwrap_or_default()).or_default().insert(pointer.last(), ());
            }
            Reading::Named(pointer, name) => {
                let holder = named.entry(pointer.parent().unwrap_or_default()).or_default();
                holder.insert(pointer.last(), name.clone());
            }
            Reading::AsWritten | Reading::Moved(..) => {}
        }
    }
    for reading in readings {
        if let Reading::Moved(from, to) = reading
            && move_to(&mut root, from, to)
        {
            moved.to(to.clone(), from.clone());
        }
    }
    let mut shifted = HashMap::new();
    for (holder, tokens) in from_within(&left_out) {
        remove(&mut root, holder, tokens, &mut shifted);
    }
    let mut renamed = HashMap::new();
    for (holder, names) in from_within(&named) {
        rename(&mut root, holder, names, &mut renamed);
    }
    (root, [moved, relabelled(&shifted), relabelled(&renamed)])
}

/// Something for members of a value, by the value's place and by member.
type ByHolder<T> = HashMap<Pointer, HashMap<String, T>>;

/// The deepest first.
fn from_within<T>(by_holder: &ByHolder<T>) -> Vec<(&Pointer, &HashMap<String, T>)> {
    let mut sorted: Vec<_> = by_holder.iter().collect();
    sorted.sort_by_key(|(holder, _)| (std::cmp::Reverse(holder.tokens().count()), *holder));
    sorted
}

/// What stands elsewhere because the last tokens of some places are others now.
fn relabelled(labels: &HashMap<Pointer, String>) -> Moved {
    let mut moved = Moved::default();
    for (before, label) in labels {
        let (mut place, mut after) = (Pointer::root(), Pointer::root());
        for token in before.parent().unwrap_or_default().tokens() {
            place = place.join(&token);
            after = after.join(labels.get(&place).unwrap_or(&token));
        }
        moved.to(after.join(label), before.clone());
    }
    moved
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

fn remove(root: &mut Value, holder: &Pointer, tokens: &HashMap<String, ()>, shifted: &mut HashMap<Pointer, String>) {
    match root.pointer_mut(holder.as_str()) {
        Some(Value::Object(entries)) => entries.retain(|name, _| !tokens.contains_key(name)),
        Some(Value::Array(items)) => {
            let all = std::mem::take(items).into_iter().enumerate();
            for (at, item) in all.filter(|(at, _)| !tokens.contains_key(&at.to_string())) {
                if at != items.len() {
                    shifted.insert(holder.join(at), items.len().to_string());
                }
                items.push(item);
            }
        }
        _ => {}
    }
}

/// Whether it is there to be moved, and its place is free.
fn move_to(root: &mut Value, from: &Pointer, to: &Pointer) -> bool {
    let Some(value) = root.pointer(from.as_str()).cloned() else { return false };
    let mut here = &mut *root;
    for token in to.parent().unwrap_or_default().tokens() {
        here = match here {
            Value::Object(entries) => entries.entry(token).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(items) => match token.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                Some(item) => item,
                None => return false,
            },
            _ => return false,
        };
    }
    let Value::Object(entries) = here else { return false };
    if entries.contains_key(&to.last()) {
        return false;
    }
    entries.insert(to.last(), value);
    if let Some(Value::Object(entries)) = holder(root, from) {
        entries.shift_remove(&from.last());
    }
    true
}

fn rename(root: &mut Value, holder: &Pointer, names: &HashMap<String, String>, renamed: &mut HashMap<Pointer, String>) {
    let Some(Value::Object(entries)) = root.pointer_mut(holder.as_str()) else { return };
    // A name that is taken would hide what has it.
    let mut taken: HashSet<String> = entries.keys().cloned().collect();
    let mut all = Map::new();
    for (key, value) in std::mem::take(entries) {
        let name = names.get(&key).filter(|name| taken.insert((*name).clone()));
        if let Some(name) = name {
            renamed.insert(holder.join(&key), name.clone());
        }
        all.insert(name.unwrap_or(&key).clone(), value);
    }
    *entries = all;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Reading, apply};
    use crate::document::Pointer;

    #[test]
    fn what_would_hide_another_keeps_its_name() {
        let root = json!({"a": 1, "b": 2, "c": {"0": [1, 2]}});
        let at = |reference: &str| Pointer::from_reference(reference).unwrap();
        let named = |reference: &str, name: &str| Reading::Named(at(reference), name.to_owned());
        let (read, moved) =
            apply(&root, &[named("#/a", "x"), named("#/b", "x"), named("#/c", "b"), named("#/c/0", "y")]);
        assert_eq!(read.to_string(), r#"{"x":1,"b":2,"c":{"y":[1,2]}}"#);
        assert_eq!(moved[2].origin(&at("#/c/y/1")), at("#/c/0/1"));
    }

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
        let (read, moved) = apply(&root, &readings);
        assert_eq!(
            read.to_string(),
            r#"{"c":{"list":["one",3,4,5,6,7,8,9],"x":1,"new":null,"more":[1,2],"in":{"b":2}}}"#
        );
        let origin = |reference: &str| moved.iter().rev().fold(at(reference), |place, moved| moved.origin(&place));
        for (after, before) in
            [("#/c", "#/a"), ("#/c/list/0", "#/a/list/1"), ("#/c/list/7/x", "#/a/list/9/x"), ("#/c/in/b", "#/b")]
        {
            assert_eq!(origin(after), at(before));
        }
    }
}
