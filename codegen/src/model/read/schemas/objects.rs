//! Lists and objects: what their items, properties and other properties come to.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Content, Read, Reader, follow, is_foreign};
use crate::document::{Place, Pointer};
use crate::keyword::checks::{CONDITIONALS, DEPENDENT, NAMES, PATTERNS, PREFIX};
use crate::keyword::nullable;
use crate::model::{Field, Names, Shape, Struct, TypeRef, pascal, snake};

impl Reader<'_> {
    pub(super) fn array(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Content {
        // The first items may be of other types.
        let items = schema.get("items").filter(|_| schema.get(PREFIX).is_none());
        let Some(items) = items else { return Content::plain(TypeRef::Vec(Box::new(TypeRef::Any))) };
        let read = self.read(items, &at.join("items"), &format!("{ident} item"));
        let Read { ty, nullable, merged, .. } = keeping_null(read, items);
        Content::Type(TypeRef::Vec(Box::new(ty.nullable(nullable))), within(schema, "items", merged))
    }

    pub(super) fn object(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Content {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let is_required: HashSet<&str> = required.iter().copied().collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        let is_declared = |name: &str| properties.is_some_and(|properties| properties.contains_key(name));
        let undeclared: Vec<&str> = required.into_iter().filter(|name| !is_declared(name)).collect();
        // What matches a pattern is of another type.
        let has_patterns = schema.get(PATTERNS).is_some();
        let others = schema.get("additionalProperties").filter(|others| others.is_object() && !has_patterns);
        let other = others.map(|others| {
            let read = self.read(others, &at.join("additionalProperties"), &format!("{ident} value"));
            keeping_null(read, others)
        });
        let values = other.as_ref().and_then(|other| within(schema, "additionalProperties", other.merged.clone()));
        let additional = match (&other, schema.get("additionalProperties")) {
            (Some(Read { ty, nullable, .. }), _) => Some(ty.clone().nullable(*nullable)),
            _ if has_patterns => Some(TypeRef::Any),
            (None, None) if speaks_of_others(schema, &is_declared) => Some(TypeRef::Any),
            // What a document says aloud is to be kept: without a word, undeclared properties are none of the client's.
            (None, Some(Value::Bool(true))) => Some(TypeRef::Any),
            // An object of which nothing is declared is all that it has.
            (None, None) if properties.is_none_or(Map::is_empty) => Some(TypeRef::Any),
            (None, _) => None,
        };
        // A builder's last step has this name; where undeclared properties have a type, progenitor keeps them in that field.
        let taken: &[&str] = if additional.is_some() { &["build", "extra"] } else { &["build"] };
        let mut names = Names::reserving(taken);
        let (mut fields, mut absent) = (Vec::new(), Vec::new());
        for (wire, property) in properties.into_iter().flatten() {
            let place = at.join("properties").join(wire);
            let field = names.claim(&snake(wire));
            if is_foreign(self.root, property, self.direction) {
                absent.push(wire.clone());
                continue;
            }
            let Read { ty, nullable, takes_null, merged } =
                self.read(property, &place, &format!("{ident} {}", pascal(wire)));
            let (target, pointer) = follow(self.root, property, &place).unwrap_or((property, place));
            fields.push(Field {
                wire: wire.clone(),
                ident: field,
                required: is_required.contains(wire.as_str()),
                nullable: nullable || takes_null,
                refuses_null: takes_null,
                ty,
                place: Place::in_root(pointer),
                schema: merged.unwrap_or_else(|| target.clone()),
            });
        }
        // What is required must be there, declared or not: it is whatever undeclared properties are.
        let mut seen = HashSet::new();
        for wire in undeclared.into_iter().filter(|wire| seen.insert(*wire)) {
            let anything = Read { ty: TypeRef::Any, nullable: false, takes_null: false, merged: None };
            let Read { ty, nullable, takes_null, merged } = other.clone().unwrap_or(anything);
            let target = others.map(|others| {
                follow(self.root, others, &at.join("additionalProperties")).unwrap_or((others, at.clone()))
            });
            let (target, pointer) =
                target.map_or((Value::Object(Map::new()), at.clone()), |(target, at)| (target.clone(), at));
            fields.push(Field {
                wire: wire.to_owned(),
                ident: names.claim(&snake(wire)),
                required: true,
                nullable: nullable || takes_null,
                refuses_null: takes_null,
                ty,
                place: Place::in_root(pointer),
                schema: merged.unwrap_or(target),
            });
        }
        if fields.is_empty() {
            return Content::Type(TypeRef::Map(Box::new(additional.unwrap_or(TypeRef::Any))), values);
        }
        Content::Shape(Shape::Struct(Struct { fields, absent, additional }), values)
    }
}

/// Whether what holds a value against other schemas says something of undeclared properties: then these are kept.
fn speaks_of_others(schema: &Value, is_declared: &dyn Fn(&str) -> bool) -> bool {
    let conditions = schema.get(CONDITIONALS).and_then(Value::as_array).into_iter().flatten();
    let conditional = conditions.flat_map(|parts| parts.as_object().into_iter().flatten()).map(|(_, part)| part);
    let dependent = schema.get(DEPENDENT).and_then(Value::as_object).into_iter().flatten().map(|(_, part)| part);
    let mut parts = conditional.chain(dependent);
    let is_other = |part: &Value| {
        let names =
            part.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str());
        let required = part.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        names.chain(required).any(|name| !is_declared(name))
    };
    schema.get(NAMES).is_some() || parts.any(is_other)
}

/// An item, or a value of a map, whose type keeps a null that is meant to be allowed and is not; its schema is marked so.
fn keeping_null(read: Read, schema: &Value) -> Read {
    if !read.takes_null || !matches!(read.ty, TypeRef::Named(_)) {
        return read;
    }
    let mut marked = read.merged.unwrap_or_else(|| schema.clone());
    nullable::refuse(&mut marked);
    Read { nullable: true, merged: Some(marked), ..read }
}

/// A schema with what one of its keywords says merged, where that says something as it does not stand.
fn within(schema: &Value, keyword: &str, merged: Option<Value>) -> Option<Value> {
    let mut schema = schema.as_object()?.clone();
    schema.insert(keyword.to_owned(), merged?);
    Some(schema.into())
}

/// Whether a schema says what undeclared properties are, more than that they may be there.
pub(super) fn restricts_others(schema: &Value) -> bool {
    schema.get("additionalProperties").is_some_and(|others| *others != Value::Bool(true))
}
