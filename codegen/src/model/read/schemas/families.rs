//! Parents: components with a `discriminator` that other components extend by `allOf`, and the tags that name each of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::references::reference;
use crate::document::Pointer;
use crate::keyword::constraints;

/// The parents of a document.
#[derive(Debug)]
pub struct Families<'a> {
    components: BTreeMap<&'a str, &'a Value>,
    /// Of each parent the components that extend it, directly or by one another, in the document's order.
    children: BTreeMap<&'a str, Vec<&'a str>>,
}

/// What a parent's place can hold: a component by name, and the tags that name it.
#[derive(Debug, Clone)]
pub struct Relative {
    /// The component.
    pub name: String,
    /// The values of the discriminating property.
    pub tags: Vec<String>,
}

impl<'a> Families<'a> {
    /// Finds them.
    pub fn of(root: &'a Value) -> Self {
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
        let schemas: Vec<(&str, &Value)> = schemas.map(|(name, schema)| (name.as_str(), schema)).collect();
        let bases: BTreeMap<&str, Vec<&str>> = schemas.iter().map(|(name, schema)| (*name, bases(schema))).collect();
        let mut children = BTreeMap::new();
        for (parent, schema) in schemas.iter().filter(|(_, schema)| property(schema).is_some()) {
            let extending = descendants(parent, &bases);
            let members = schemas.iter().filter(|(name, _)| extending.contains(name));
            let members: Vec<&str> =
                members.filter(|(name, child)| is_child(schema, name, child)).map(|(name, _)| *name).collect();
            if !members.is_empty() {
                children.insert(*parent, members);
            }
        }
        Self { components: schemas.into_iter().collect(), children }
    }

    /// Whether a reference leads to a parent.
    pub fn is_parent(&self, target: &str) -> bool {
        component_of(target).is_some_and(|name| self.children.contains_key(name))
    }

    /// Whether the schema at a place is a child of the parent that a reference leads to.
    pub fn is_child(&self, at: &Pointer, target: &str) -> bool {
        let children = component_of(target).and_then(|name| self.children.get(name));
        let place = component_of_pointer(at);
        children.zip(place).is_some_and(|(children, name)| children.contains(&name))
    }

    /// What the place of a parent can hold, its own plain object aside; none where the schema at that place is no parent.
    pub fn relatives(&self, at: &Pointer) -> Option<Vec<Relative>> {
        let parent = component_of_pointer(at)?;
        let (schema, children) = (self.components.get(parent)?, self.children.get(parent)?);
        let listed = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array());
        let mut names: Vec<&str> = match listed {
            Some(members) => {
                members.iter().map(|member| component_of(reference(member)?)).collect::<Option<Vec<_>>>()?
            }
            None => children.clone(),
        };
        // A mapping may name what does not extend the parent.
        let mapped = mapping(schema).filter_map(|(_, target)| component_of(target));
        for name in mapped.filter(|name| listed.is_none() && *name != parent && self.components.contains_key(name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Some(names.into_iter().map(|name| Relative { name: name.to_owned(), tags: tags(schema, name) }).collect())
    }

    /// The tags that mean a parent's plain object: those that are mapped to it by itself or by a parent of its own, and
    /// its name where it maps nothing.
    pub fn own_tags(&self, at: &Pointer) -> Vec<String> {
        let found = component_of_pointer(at).and_then(|name| Some((name, *self.components.get(name)?)));
        let Some((parent, schema)) = found else { return Vec::new() };
        let above = self.children.iter().filter(|(_, children)| children.contains(&parent));
        let above =
            above.filter_map(|(name, _)| self.components.get(name)).filter(|one| property(one) == property(schema));
        let mut own: Vec<String> = above.flat_map(|above| tags(above, parent)).collect();
        own.extend(mapping(schema).filter(|(_, to)| component_of(to) == Some(parent)).map(|(tag, _)| tag.to_owned()));
        if own.is_empty() && mapping(schema).next().is_none() {
            own.push(parent.to_owned());
        }
        own.sort();
        own.dedup();
        own
    }
}

/// The components that extend one, directly or by one another.
fn descendants<'a>(parent: &'a str, bases: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![parent]);
    while let Some(base) = open.pop() {
        let extending = bases.iter().filter(|(name, bases)| **name != parent && bases.contains(&base));
        open.extend(extending.map(|(name, _)| *name).filter(|name| found.insert(*name)));
    }
    found
}

fn bases(schema: &Value) -> Vec<&str> {
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    members.filter_map(|member| component_of(reference(member)?)).collect()
}

/// Whether a component that extends a parent is one of its children rather than another name for it.
fn is_child(parent: &Value, name: &str, child: &Value) -> bool {
    let members = child.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let adds =
        members.iter().filter(|member| says_something(member)).count() + usize::from(!constraints(child).is_empty());
    let mut mapped = mapping(parent).peekable();
    adds > 1 || mapped.peek().is_none() || mapped.any(|(_, target)| component_of(target) == Some(name))
}

fn says_something(schema: &Value) -> bool {
    reference(schema).is_some() || schema.get("allOf").is_some() || !constraints(schema).is_empty()
}

/// The property by which a schema's discriminator tells payloads apart.
pub fn property(schema: &Value) -> Option<&str> {
    schema.get("discriminator")?.get("propertyName")?.as_str()
}

fn mapping(schema: &Value) -> impl Iterator<Item = (&str, &str)> {
    let mapping = schema.get("discriminator").and_then(|found| found.get("mapping")?.as_object());
    mapping.into_iter().flatten().filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?)))
}

/// The tags that name a component: those that are mapped to it, by reference or by name, or else its name.
pub fn tags(schema: &Value, name: &str) -> Vec<String> {
    let mapped = mapping(schema).filter(|(_, target)| component_of(target) == Some(name));
    let mapped: Vec<String> = mapped.map(|(tag, _)| tag.to_owned()).collect();
    if mapped.is_empty() { vec![name.to_owned()] } else { mapped }
}

/// The component that a reference, or a name in a mapping, leads to.
pub fn component_of(target: &str) -> Option<&str> {
    match target.rsplit_once('/') {
        None => Some(target),
        Some((holder, name)) => (holder == "#/components/schemas").then_some(name),
    }
}

fn component_of_pointer(at: &Pointer) -> Option<&str> {
    at.as_str().strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))
}
