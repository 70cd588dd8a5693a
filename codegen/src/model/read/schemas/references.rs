//! Where a local reference leads, and what a schema is made of.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::Pointer;
use crate::spec::walk::LONGEST_CHAIN;

/// The schema's `$ref`, where it has one.
pub fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// What a value is once its references are followed, and where that stands.
pub fn follow<'a>(root: &'a Value, value: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    for _ in 0..=LONGEST_CHAIN {
        let Some(target) = reference(value) else { return Some((value, at)) };
        at = Pointer::from_reference(target)?;
        value = at.of(root)?;
    }
    None
}

/// What a schema is once its references are followed; itself where they lead nowhere.
pub fn target<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    follow(root, schema, &Pointer::root()).map_or(schema, |(target, _)| target)
}

/// How deep `allOf` may stand within `allOf`.
const DEEPEST: usize = 256;

/// A schema and the members of its `allOf`, at any depth, references followed: each once and with its place, members ahead of what
/// holds them. One that a reference leads nowhere to is the reference. `None` where there is no end of them.
pub fn members<'a>(root: &'a Value, schema: &'a Value, at: &Pointer) -> Option<Vec<(&'a Value, Pointer)>> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    // What is to be looked into, and what only waits for its members.
    let mut open = vec![(schema, at.clone(), 0, false)];
    while let Some((schema, at, depth, is_waiting)) = open.pop() {
        if is_waiting {
            found.push((schema, at));
            continue;
        }
        let (schema, at) = follow(root, schema, &at).unwrap_or((schema, at));
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        if depth == DEEPEST {
            return None;
        }
        let members = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let inner = members.iter().enumerate().rev();
        let inner: Vec<_> =
            inner.map(|(index, member)| (member, at.join("allOf").join(index), depth + 1, false)).collect();
        open.push((schema, at, depth, true));
        open.extend(inner);
    }
    Some(found)
}
