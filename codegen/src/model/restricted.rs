//! What schemas say of numbers, lists and maps, down to their items: that is not in the Rust type of a place.

use serde_json::Value;

use super::types::{NamedType, Shape, TypeRef};
use crate::keyword::{Of, nullable, rules};

/// How many lists, maps and aliases may stand within one another before the rest is left unchecked.
const DEEPEST: usize = 16;

/// The schema of a number, list or map, and that of what it holds.
#[derive(Debug)]
pub struct Restricted<'a> {
    /// The schema.
    pub schema: &'a Value,
    /// Which values it restricts, if any.
    pub of: Option<Of>,
    /// Whether null, which the type keeps, is none of them.
    pub refuses_null: bool,
    /// The same of its items, or of the values of a map.
    pub inner: Option<Box<Restricted<'a>>>,
}

impl<'a> Restricted<'a> {
    /// What a schema restricts where its type is one of these, and not a type that examines itself.
    pub fn of(
        schema: &'a Value,
        ty: &'a TypeRef,
        types: &dyn Fn(&str) -> Option<&'a NamedType>,
    ) -> Option<Restricted<'a>> {
        Self::within(schema, ty, types, DEEPEST)
    }

    fn within(
        schema: &'a Value,
        ty: &'a TypeRef,
        types: &dyn Fn(&str) -> Option<&'a NamedType>,
        depth: usize,
    ) -> Option<Restricted<'a>> {
        let depth = depth.checked_sub(1)?;
        let (of, inner) = match ty {
            // The restrictions of an alias are those of its own schema; other named types examine themselves.
            TypeRef::Named(ident) => {
                let alias = types(ident)?;
                let Shape::Alias(target) = &alias.shape else { return None };
                return Self::within(&alias.schema, target, types, depth);
            }
            TypeRef::Nullable(inner) if nullable::is_refused(schema) => {
                let held = Self::within(schema, inner, types, depth);
                let held = held.unwrap_or(Self { schema, of: None, refuses_null: true, inner: None });
                return Some(Self { refuses_null: true, ..held });
            }
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => return Self::within(schema, inner, types, depth),
            TypeRef::Integer(_) | TypeRef::F64 => (Of::Numbers, None),
            TypeRef::Vec(item) => (Of::Lists, schema.get("items").zip(Some(item))),
            TypeRef::Map(value) => (Of::Maps, schema.get("additionalProperties").zip(Some(value))),
            _ => return None,
        };
        let inner = inner.and_then(|(schema, ty)| Self::within(schema, ty, types, depth));
        Some(Self { schema, of: Some(of), refuses_null: false, inner: inner.map(Box::new) })
    }

    /// Whether it restricts anything.
    pub fn is_any(&self) -> bool {
        let is_asked = self.of.is_some_and(|of| !rules(self.schema, of).is_empty());
        is_asked || self.refuses_null || self.inner.as_ref().is_some_and(|inner| inner.is_any())
    }
}
