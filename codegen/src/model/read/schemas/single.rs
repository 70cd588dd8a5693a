//! Schemas of single values: strings, numbers and truth values, which are bodies of text without more.

use serde_json::Value;

use super::{Reader, target};
use crate::model::{Shape, TypeRef};

/// How many references, alternatives and aliases may stand within one another.
const DEEPEST: usize = 16;

/// Whether every value of a schema is a string, a number, a truth value or null.
pub fn is_single(root: &Value, schema: &Value) -> bool {
    within(root, schema, DEEPEST)
}

fn within(root: &Value, schema: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let schema = target(root, schema);
    let listed = |keyword: &str| schema.get(keyword).and_then(Value::as_array).filter(|listed| !listed.is_empty());
    let is_single = |inner: &Value| within(root, inner, depth);
    match (schema.get("type").and_then(Value::as_str), listed("enum")) {
        (Some("string" | "integer" | "number" | "boolean"), _) => return true,
        (Some(_), _) => return false,
        (None, Some(values)) => return !values.iter().any(|value| value.is_array() || value.is_object()),
        (None, None) => {}
    }
    // One member of an `allOf` is enough to say so.
    listed("allOf").is_some_and(|members| members.iter().any(is_single))
        || ["oneOf", "anyOf"].into_iter().filter_map(listed).any(|alternatives| alternatives.iter().all(is_single))
}

impl Reader<'_> {
    /// Whether a type is that of all strings, under whatever name.
    pub fn is_plain_string(&self, ty: &TypeRef) -> bool {
        let mut ty = ty;
        for _ in 0..DEEPEST {
            let TypeRef::Named(ident) = ty else { break };
            let named = self.types.iter().flatten().find(|named| named.ident == *ident);
            match named.map(|named| &named.shape) {
                Some(Shape::Alias(target)) => ty = target,
                _ => break,
            }
        }
        *ty == TypeRef::String
    }
}
