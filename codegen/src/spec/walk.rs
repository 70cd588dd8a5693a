//! Visits every value of a document that the table of the specification knows. It follows no references.

use serde_json::Value;

use super::{Kind, Shape};
use crate::document::Pointer;

/// How many references may follow one another; lint refuses longer chains, so that who follows one comes to its end.
pub const LONGEST_CHAIN: usize = 64;

/// A value, and what the specification wants in its place.
#[derive(Debug, Clone)]
pub struct Visit<'a> {
    /// Its place.
    pub pointer: Pointer,
    /// The value, whatever it is.
    pub value: &'a Value,
    /// What it must be.
    pub shape: Shape,
}

impl<'a> Visit<'a> {
    /// The kind and the entries, where an object of the specification stands here.
    pub fn object(&self) -> Option<(Kind, &'a serde_json::Map<String, Value>)> {
        if self.reference().is_some() {
            return None;
        }
        Some((self.shape.kind()?, self.value.as_object()?))
    }

    /// The target as it is written, where a reference stands here.
    pub fn reference(&self) -> Option<&'a str> {
        if self.shape.is_referable() { self.value.get("$ref")?.as_str() } else { None }
    }
}

/// Visits the whole document, parents before children, in the order of the text.
pub fn walk<'a>(root: &'a Value, visit: &mut impl FnMut(Visit<'a>)) {
    walk_from(Visit { pointer: Pointer::root(), value: root, shape: Shape::Object(Kind::OpenApi) }, visit);
}

/// Visits a value and all that it contains.
pub fn walk_from<'a>(from: Visit<'a>, visit: &mut impl FnMut(Visit<'a>)) {
    // A stack of its own, since values that no document holds can be deeper than any text.
    let mut open = vec![from];
    let mut children = Vec::new();
    while let Some(next) = open.pop() {
        push_children(&next, &mut children);
        open.extend(children.drain(..).rev());
        visit(next);
    }
}

fn push_children<'a>(parent: &Visit<'a>, children: &mut Vec<Visit<'a>>) {
    let mut push = |pointer: Pointer, value: &'a Value, shape: Shape| {
        children.push(Visit { pointer, value, shape });
    };
    if let Some((kind, entries)) = parent.object() {
        for (name, value) in entries {
            if let Some(shape) = kind.shape_of(name) {
                push(parent.pointer.join(name), value, shape);
            }
        }
        return;
    }
    match (parent.shape, parent.value) {
        (Shape::List(shape), Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                push(parent.pointer.join(at), item, *shape);
            }
        }
        (Shape::Map(shape), Value::Object(entries)) => {
            for (name, value) in entries {
                push(parent.pointer.join(name), value, *shape);
            }
        }
        _ => {}
    }
}
