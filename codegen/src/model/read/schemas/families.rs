//! Parents: components with a `discriminator` that other components extend by `allOf`, and the tags that name each of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::references::reference;
use crate::document::Pointer;
use crate::keyword::constraints;

/// The parents of a document.
#[derive(Debug)]
pub struct Families<'a> {
    components: BTreeMap<&'a str, &'a Value>,
    parents: BTreeMap<&'a str, Parent<'a>>,
    /// Of each child its parents.
    above: BTreeMap<&'a str, Vec<&'a str>>,
}

/// A parent.
#[derive(Debug)]
struct Parent<'a> {
    schema: &'a Value,
    /// The components that extend it, directly or by one another, in the document's order.
    children: Vec<&'a str>,
    /// The same by name.
    is_child: BTreeSet<&'a str>,
}

/// What a parent's place can hold: a component by name, and the tags that name it.
#[derive(Debug, Clone)]
pub struct Relative {
    /// The component.
    pub name: String,
    /// The values of the discriminating property.
    pub tags: Vec<String>,
}

impl Relative {
    /// The component's place.
    pub fn place(&self) -> Pointer {
        Pointer::root().join("components").join("schemas").join(&self.name)
    }
}

impl<'a> Families<'a> {
    /// Finds them.
    pub fn of(root: &'a Value) -> Self {
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
        let schemas: Vec<(&str, &Value)> = schemas.map(|(name, schema)| (name.as_str(), schema)).collect();
        let mut extending: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, schema)) in schemas.iter().enumerate() {
            bases(schema).for_each(|base| extending.entry(base).or_default().push(at));
        }
        let mut families =
            Self { components: schemas.iter().copied().collect(), parents: BTreeMap::new(), above: BTreeMap::new() };
        for (parent, schema) in schemas.iter().filter(|(_, schema)| property(schema).is_some()) {
            let is_mapped: HashSet<&str> = mapping(schema).filter_map(|(_, target)| component_of(target)).collect();
            let members = descendants(parent, &schemas, &extending).into_iter().filter_map(|at| schemas.get(at));
            let members =
                members.filter(|(name, child)| adds(child) || is_mapped.is_empty() || is_mapped.contains(name));
            // What lists its alternatives is extended by those of them that refer back; by anything else it is a union that holds
            // together with what stands beside it.
            let listed = listed(schema);
            let members = members.filter(|(name, _)| listed.as_ref().is_none_or(|listed| listed.contains(name)));
            let children: Vec<&str> = members.map(|(name, _)| *name).collect();
            if !children.is_empty() {
                children.iter().for_each(|child| families.above.entry(child).or_default().push(parent));
                let is_child = children.iter().copied().collect();
                families.parents.insert(parent, Parent { schema, children, is_child });
            }
        }
        families
    }

    /// Whether a place is that of a parent.
    pub fn is_parent(&self, place: &Pointer) -> bool {
        component_of_pointer(place).is_some_and(|name| self.parents.contains_key(name))
    }

    /// Whether the schema at a place is a child of the parent that a reference leads to.
    pub fn is_child(&self, at: &Pointer, target: &str) -> bool {
        let parent = component_of(target).and_then(|name| self.parents.get(name));
        parent.zip(component_of_pointer(at)).is_some_and(|(parent, name)| parent.is_child.contains(&name))
    }

    /// What the place of a parent can hold, its own plain object aside; none where the schema at that place is no parent.
    pub fn relatives(&self, at: &Pointer) -> Option<Vec<Relative>> {
        let name = component_of_pointer(at)?;
        let Parent { schema, children, .. } = self.parents.get(name)?;
        let mut names: Vec<&str> = match alternatives(schema) {
            Some(members) => {
                members.iter().map(|member| component_of(reference(member)?)).collect::<Option<Vec<_>>>()?
            }
            None => children.clone(),
        };
        // A mapping may name what does not extend the parent.
        let mapped = mapping(schema).filter_map(|(_, target)| component_of(target));
        let mut known: HashSet<&str> = names.iter().copied().chain([name]).collect();
        let others = mapped
            .filter(|name| alternatives(schema).is_none() && self.components.contains_key(name) && known.insert(name));
        names.extend(others.collect::<Vec<_>>());
        let tags = Tags::of(schema);
        Some(names.into_iter().map(|name| Relative { name: name.to_owned(), tags: tags.of_component(name) }).collect())
    }

    /// The tags that mean a parent's plain object: those that are mapped to it by itself or by a parent of its own, and
    /// its name where it maps nothing.
    pub fn own_tags(&self, at: &Pointer) -> Vec<String> {
        let found = component_of_pointer(at).and_then(|name| Some((name, *self.components.get(name)?)));
        let Some((parent, schema)) = found else { return Vec::new() };
        let above = self.above.get(parent).into_iter().flatten().filter_map(|name| self.components.get(name));
        let above = above.filter(|one| property(one) == property(schema));
        let mut own: Vec<String> = above.flat_map(|above| Tags::of(above).of_component(parent)).collect();
        own.extend(mapping(schema).filter(|(_, to)| component_of(to) == Some(parent)).map(|(tag, _)| tag.to_owned()));
        if own.is_empty() && mapping(schema).next().is_none() {
            own.push(parent.to_owned());
        }
        own.sort();
        own.dedup();
        own
    }
}

/// The components that extend one, directly or by one another, in the document's order.
fn descendants(parent: &str, schemas: &[(&str, &Value)], extending: &HashMap<&str, Vec<usize>>) -> BTreeSet<usize> {
    let (mut found, mut open) = (BTreeSet::new(), vec![parent]);
    while let Some(base) = open.pop() {
        for at in extending.get(base).into_iter().flatten() {
            let name = schemas.get(*at).map_or("", |(name, _)| name);
            if name != parent && found.insert(*at) {
                open.push(name);
            }
        }
    }
    found
}

/// The members of a union.
fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array())
}

/// The components among the members of a union; nothing where a schema is none.
fn listed(schema: &Value) -> Option<BTreeSet<&str>> {
    let members = alternatives(schema)?.iter();
    Some(members.filter_map(|member| component_of(reference(member)?)).collect())
}

/// The components that a schema extends.
fn bases(schema: &Value) -> impl Iterator<Item = &str> {
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    members.filter_map(|member| component_of(reference(member)?))
}

/// Whether a component that extends another one is more than another name for it.
fn adds(child: &Value) -> bool {
    let members = child.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    members.iter().filter(|member| says_something(member)).count() + usize::from(!constraints(child).is_empty()) > 1
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

/// The tags that the mapping of a schema gives to components.
pub struct Tags<'v> {
    mapped: HashMap<&'v str, Vec<&'v str>>,
}

impl<'v> Tags<'v> {
    /// Reads them.
    pub fn of(schema: &'v Value) -> Self {
        let mut mapped: HashMap<&str, Vec<&str>> = HashMap::new();
        for (tag, target) in mapping(schema) {
            component_of(target).into_iter().for_each(|name| mapped.entry(name).or_default().push(tag));
        }
        Self { mapped }
    }

    /// Those that name a component: they are mapped to it, by reference or by name, or else its name.
    pub fn of_component(&self, name: &str) -> Vec<String> {
        let mapped = self.mapped.get(name).map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect());
        mapped.unwrap_or_else(|| vec![name.to_owned()])
    }
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
