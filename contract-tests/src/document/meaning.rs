//! What a document means in one direction, said by the keywords of JSON Schema alone.
//!
//! A request has no readOnly properties and a response no writeOnly ones, so neither is required there. A schema with a
//! `discriminator` is one of its alternatives by the tag: of a parent whose children refer to it by `allOf` these are the
//! children; inside a child's `allOf` the parent is its plain object, which stands under [`PLAIN`].

mod family;
mod reach;
mod walk;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Document, Pointer};
use family::Family;

/// Where the parents stand as their children see them.
pub const PLAIN: &str = "x-plain-parents";

/// The keyword of a schema that is told apart by a tag: the property, and the tags that name an alternative.
pub const TAGGED: &str = "x-tagged";

/// The direction of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// To the server.
    Request,
    /// From the server.
    Response,
}

impl Way {
    /// The keyword of properties that do not go this way.
    fn foreign(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}

/// The tree of a document in one direction; nothing where the document says the same in both, and by keywords alone.
pub(super) fn tree(document: &Document, way: Way) -> Option<Value> {
    let mut reading = Reading { document, way, family: Family::of(document), changed: false };
    let mut plain = Map::new();
    for name in reading.family.parents() {
        let schema = reading.family.component(name).cloned().unwrap_or_default();
        let at = Place { component: Some(name), plain: true };
        plain.insert(name.to_owned(), reading.schema(&schema, at, &BTreeSet::new()));
    }
    let mut root = reading.members_of(document.root(), |reading, key, member| match key {
        "components" => reading.members_of(member, |reading, key, member| match key {
            "schemas" => reading.members_of(member, |reading, name, schema| {
                reading.schema(schema, Place { component: Some(name), plain: false }, &BTreeSet::new())
            }),
            key => reading.member(key, member),
        }),
        key => reading.member(key, member),
    });
    let changed = reading.changed || !plain.is_empty();
    if let (false, Some(root)) = (plain.is_empty(), root.as_object_mut()) {
        root.insert(PLAIN.into(), plain.into());
    }
    changed.then_some(root)
}

struct Reading<'d> {
    document: &'d Document,
    way: Way,
    family: Family<'d>,
    changed: bool,
}

/// Where a schema stands.
#[derive(Clone, Copy)]
struct Place<'n> {
    /// The component that it is, or in whose `allOf` it stands.
    component: Option<&'n str>,
    /// Whether it is read as a child's `allOf` reads it.
    plain: bool,
}

const INLINE: Place<'static> = Place { component: None, plain: false };

impl Reading<'_> {
    /// An object of which each member is read like this.
    fn members_of(&mut self, value: &Value, mut read: impl FnMut(&mut Self, &str, &Value) -> Value) -> Value {
        let Value::Object(map) = value else { return self.holder(value) };
        Value::Object(map.iter().map(|(key, member)| (key.clone(), read(self, key, member))).collect())
    }

    /// A member of what is no schema itself.
    fn member(&mut self, key: &str, value: &Value) -> Value {
        match key {
            "schema" if value.is_object() => self.schema(value, INLINE, &BTreeSet::new()),
            "example" | "examples" => value.clone(),
            _ => self.holder(value),
        }
    }

    /// What is no schema itself: every schema in it is read.
    fn holder(&mut self, value: &Value) -> Value {
        match value {
            Value::Object(_) => self.members_of(value, Self::member),
            Value::Array(list) => list.iter().map(|inner| self.holder(inner)).collect(),
            other => other.clone(),
        }
    }

    /// A schema, without the properties that its context knows to go the other way.
    fn schema(&mut self, schema: &Value, place: Place<'_>, context: &BTreeSet<String>) -> Value {
        let Some(object) = schema.as_object() else { return schema.clone() };
        if object.get("$ref").is_some_and(Value::is_string) {
            return schema.clone();
        }
        let mut foreign = walk::flagged(self.document, schema, self.way.foreign());
        foreign.extend(context.iter().cloned());
        let mut out = Map::new();
        for (keyword, value) in object {
            let value = match keyword.as_str() {
                "properties" => self.properties(value, &foreign),
                "required" => match self.required(value, &foreign) {
                    // An empty list says nothing, and was not written so.
                    Value::Array(names) if names.is_empty() && value != &json!([]) => continue,
                    names => names,
                },
                "allOf" => self.members(schema, value, place, &foreign),
                "items" | "not" | "additionalProperties" => self.schema(value, INLINE, &BTreeSet::new()),
                "oneOf" | "anyOf" if place.plain => continue,
                "oneOf" | "anyOf" => value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|member| self.schema(member, INLINE, &BTreeSet::new()))
                    .collect(),
                "discriminator" if place.plain => continue,
                _ => value.clone(),
            };
            out.insert(keyword.clone(), value);
        }
        let alternatives = match place {
            Place { plain: true, .. } => None,
            Place { component, .. } => self.family.alternatives(component, schema),
        };
        if let Some(alternatives) = alternatives {
            self.changed = true;
            alternatives.apply(&mut out);
        }
        Value::Object(out)
    }

    fn properties(&mut self, properties: &Value, foreign: &BTreeSet<String>) -> Value {
        let Some(map) = properties.as_object() else { return properties.clone() };
        let mut kept = Map::new();
        for (name, property) in map {
            if foreign.contains(name) {
                self.changed = true;
            } else {
                kept.insert(name.clone(), self.schema(property, INLINE, &BTreeSet::new()));
            }
        }
        Value::Object(kept)
    }

    fn required(&mut self, names: &Value, foreign: &BTreeSet<String>) -> Value {
        let Some(list) = names.as_array() else { return names.clone() };
        let kept: Vec<Value> =
            list.iter().filter(|name| !name.as_str().is_some_and(|name| foreign.contains(name))).cloned().collect();
        self.changed |= kept.len() < list.len();
        kept.into()
    }

    /// The members of an `allOf`. One that is referred to is written in place where it demands a property of which only
    /// its context knows that it goes the other way.
    fn members(&mut self, holder: &Value, members: &Value, place: Place<'_>, foreign: &BTreeSet<String>) -> Value {
        let Some(list) = members.as_array() else { return members.clone() };
        let mut read = Vec::new();
        for member in list {
            let Some(target) = member.get("$ref").and_then(Value::as_str) else {
                read.push(self.schema(member, place, foreign));
                continue;
            };
            let resolved = walk::resolved(self.document, member);
            let own = walk::flagged(self.document, resolved, self.way.foreign());
            let rest: BTreeSet<String> = foreign.difference(&own).cloned().collect();
            let parent = self.family.plain_parent(place.component, holder, target);
            read.push(match parent {
                _ if walk::mentions(self.document, resolved, &rest) => {
                    let place = Place { component: parent.or(place.component), plain: parent.is_some() };
                    self.schema(resolved, place, foreign)
                }
                Some(parent) => {
                    self.changed = true;
                    json!({ "$ref": format!("#{}", Pointer::root().child(PLAIN).child(parent)) })
                }
                None => member.clone(),
            });
        }
        read.into()
    }
}
