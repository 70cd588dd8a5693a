//! `allOf`: many schemas that hold at once, as one where a Rust type can say so.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::families::Families;
use super::references::{follow, reference};
use crate::document::Pointer;
use crate::keyword::{Merge, constraints, merge_of};

/// How deep `allOf` may stand within `allOf`: each level takes some of the stack.
const DEEPEST: usize = 256;

/// What an `allOf` comes to.
pub enum Merged<'a> {
    /// A reference to one schema says all there is to say; the rest only describes. With the two as one schema.
    Reference(&'a str, Option<Value>),
    /// One schema that says what the members say together.
    Schema(Value),
    /// The members say things that one schema cannot.
    Untyped,
}

/// Merges the `allOf` of a schema with what stands beside it.
///
/// A parent that is the only member is meant with all its children, unless the schema is one of them.
pub fn merge<'s>(root: &'s Value, schema: &'s Value, families: &Families<'_>, at: &Pointer) -> Merged<'s> {
    let Some(members) = schema.get("allOf").and_then(Value::as_array) else { return Merged::Untyped };
    let beside = constraints(schema);
    let telling: Vec<&Value> =
        members.iter().filter(|member| reference(member).is_some() || !constraints(member).is_empty()).collect();
    let mut fold = Fold { root, families, merged: Map::new(), folded: HashSet::new() };
    let merged = fold.add(schema, DEEPEST).map(|()| Value::Object(fold.merged));
    if let ([member], true) = (telling.as_slice(), beside.is_empty())
        && let Some(target) = reference(member)
        && !families.is_child(at, target)
    {
        return Merged::Reference(target, merged);
    }
    merged.map_or(Merged::Untyped, Merged::Schema)
}

struct Fold<'f, 'a> {
    root: &'a Value,
    families: &'f Families<'a>,
    merged: Map<String, Value>,
    /// The references that are part of it already: the same schema a second time says nothing more.
    folded: HashSet<&'a str>,
}

impl<'a> Fold<'_, 'a> {
    /// Adds a schema, and the members of its `allOf`, to what is merged so far.
    fn add(&mut self, schema: &'a Value, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        if reference(schema).is_some_and(|target| !self.folded.insert(target)) {
            return Some(());
        }
        // Inside an `allOf`, a parent is its plain object.
        let is_plain = reference(schema).is_some_and(|target| self.families.is_parent(target));
        let (schema, _) = follow(self.root, schema, &Pointer::root())?;
        for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(member, depth)?;
        }
        for (name, value) in schema.as_object()? {
            match (merge_of(name), self.merged.get_mut(name)) {
                (Merge::Apart, _) => {}
                _ if is_plain && matches!(name.as_str(), "oneOf" | "anyOf") => {}
                (merge, Some(earlier)) => merge.apply(earlier, value)?,
                (_, None) => {
                    self.merged.insert(name.clone(), value.clone());
                }
            }
        }
        Some(())
    }
}
