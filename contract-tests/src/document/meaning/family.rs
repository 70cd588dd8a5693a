//! Schemas with a `discriminator`: the alternatives of each, and the tags that name them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::walk::required;
use super::{Document, TAGGED};

/// What only describes a schema, or says how its parts belong together.
const DESCRIBES: [&str; 12] = [
    "title",
    "description",
    "example",
    "default",
    "externalDocs",
    "xml",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "discriminator",
    "allOf",
];

/// The components that are parents, and their children.
pub struct Family<'d> {
    document: &'d Document,
    components: Vec<(&'d str, &'d Value)>,
    /// Of each parent, in the document's order.
    children: BTreeMap<&'d str, Vec<&'d str>>,
}

/// How a schema is told apart.
pub struct Alternatives {
    property: String,
    /// `oneOf` or `anyOf` where the schema lists its alternatives.
    listed: Option<&'static str>,
    branches: Vec<(Vec<String>, Value)>,
}

impl<'d> Family<'d> {
    /// The families of a document.
    pub fn of(document: &'d Document) -> Self {
        let components = document.root().pointer("/components/schemas").and_then(Value::as_object);
        let components: Vec<(&str, &Value)> =
            components.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema)).collect();
        let mut family = Self { document, components, children: BTreeMap::new() };
        let bases: BTreeMap<&str, Vec<&str>> =
            family.components.iter().map(|(name, schema)| (*name, bases(schema))).collect();
        for (parent, schema) in &family.components {
            if property(schema).is_none() {
                continue;
            }
            let descends = |name: &str| {
                let (mut open, mut seen) = (bases.get(name).cloned().unwrap_or_default(), BTreeSet::new());
                while let Some(base) = open.pop() {
                    if base == *parent {
                        return true;
                    }
                    if seen.insert(base) {
                        open.extend(bases.get(base).into_iter().flatten());
                    }
                }
                false
            };
            let children: Vec<&str> = family
                .components
                .iter()
                .filter(|(name, child)| name != parent && descends(name) && is_child(schema, name, child))
                .filter(|(name, _)| lists(schema).is_none_or(|listed| listed.contains(name)))
                .map(|(name, _)| *name)
                .collect();
            if !children.is_empty() {
                family.children.insert(parent, children);
            }
        }
        family
    }

    /// The names of the parents.
    pub fn parents(&self) -> Vec<&'d str> {
        self.children.keys().copied().collect()
    }

    /// A component by name.
    pub fn component(&self, name: &str) -> Option<&'d Value> {
        self.components.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
    }

    /// The parent that a member of an `allOf` refers to, where it is its plain object there: in a child, and beside
    /// anything else that the holder demands. Where the holder says nothing else, the whole family is meant.
    pub fn plain_parent(&self, component: Option<&str>, holder: &Value, target: &str) -> Option<&'d str> {
        let (parent, children) = self.children.iter().find(|(name, _)| component_of(target) == Some(**name))?;
        let is_child = component.is_some_and(|name| children.contains(&name));
        (is_child || demands(holder) > 1).then_some(*parent)
    }

    /// How a schema is told apart; nothing where it isn't.
    pub fn alternatives(&self, component: Option<&str>, schema: &Value) -> Option<Alternatives> {
        let property = property(schema)?;
        let listed = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.get(keyword).is_some());
        if let Some(keyword) = listed {
            let members = schema.get(keyword)?.as_array()?;
            // What has no name can have no tag, so all is told apart as if there were none.
            let targets = members.iter().map(|member| component_of(member.get("$ref")?.as_str()?));
            let branches = targets.map(|name| Some(self.branch(schema, name?))).collect::<Option<Vec<_>>>()?;
            return Some(Alternatives { property: property.to_owned(), listed, branches });
        }
        let parent = component?;
        let children = self.children.get(parent)?;
        let mut branches: Vec<_> = children.iter().map(|child| self.branch(schema, child)).collect();
        let mapped = mapping(schema).filter_map(|(_, target)| component_of(target));
        let strangers: BTreeSet<&str> = mapped.filter(|name| *name != parent && !children.contains(name)).collect();
        branches.extend(strangers.into_iter().map(|name| self.branch(schema, name)));
        let own = self.own_tags(parent, schema, property);
        if !own.is_empty() {
            let pinned = json!({ "properties": { property: { "enum": own } }, "required": [property] });
            branches.push((own, pinned));
        }
        if !required(self.document, schema).contains(property) {
            branches.push((Vec::new(), json!({ "not": { "required": [property] } })));
        }
        Some(Alternatives { property: property.to_owned(), listed, branches })
    }

    fn branch(&self, schema: &Value, name: &str) -> (Vec<String>, Value) {
        let tags = tags(schema, name);
        let target = format!("#/components/schemas/{name}");
        let property = property(schema).unwrap_or_default();
        let pin = json!({ "properties": { property: { "enum": tags } } });
        (tags, json!({ "allOf": [{ "$ref": target }, pin] }))
    }

    /// The tags of a parent's plain object: those that it, or a parent of its own, has for it; its name where nothing is
    /// mapped at all.
    fn own_tags(&self, parent: &str, schema: &Value, tag: &str) -> Vec<String> {
        let above = self.children.iter().filter(|(_, children)| children.contains(&parent));
        let above = above.filter_map(|(name, _)| self.component(name)).filter(|above| property(above) == Some(tag));
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

impl Alternatives {
    /// What the alternatives refer to.
    pub fn targets(&self) -> impl Iterator<Item = String> + '_ {
        let reference = |branch: &Value| branch.pointer("/allOf/0/$ref")?.as_str().map(str::to_owned);
        self.branches.iter().filter_map(move |(_, branch)| reference(branch))
    }

    /// Writes the alternatives into a schema.
    pub fn apply(self, schema: &mut Map<String, Value>) {
        let (tags, branches): (Vec<_>, Vec<_>) = self.branches.into_iter().unzip();
        if let Some(keyword) = self.listed {
            schema.remove(keyword);
        }
        schema.insert("anyOf".into(), branches.into());
        let stated = schema.remove("discriminator");
        let tagged = json!({ "property": self.property, "tags": tags, "listed": self.listed, "discriminator": stated });
        schema.insert(TAGGED.into(), tagged);
    }
}

/// The components that a schema's `allOf` refers to.
fn bases(schema: &Value) -> Vec<&str> {
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    members.filter_map(|member| component_of(member.get("$ref")?.as_str()?)).collect()
}

/// The components that a schema lists as its alternatives; nothing where it lists none. What extends it and is not among them is
/// no child: it is one of the alternatives, and what else it says.
fn lists(schema: &Value) -> Option<Vec<&str>> {
    let members = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array())?;
    Some(members.iter().filter_map(|member| component_of(member.get("$ref")?.as_str()?)).collect())
}

/// Whether a component that refers to a parent is a child of it, and not another name: a mapping names it, or it demands
/// something of its own, or nothing is mapped at all.
fn is_child(parent: &Value, name: &str, child: &Value) -> bool {
    let mut mapped = mapping(parent).peekable();
    mapped.peek().is_none() || demands(child) > 1 || mapped.any(|(_, target)| component_of(target) == Some(name))
}

/// How many members of its `allOf` demand something, and the schema itself.
fn demands(schema: &Value) -> usize {
    let tells = |schema: &Value| {
        let keywords = schema.as_object().into_iter().flat_map(|object| object.keys());
        keywords.clone().any(|name| !DESCRIBES.contains(&name.as_str()) && !name.starts_with("x-"))
    };
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    members.filter(|member| tells(member) || member.get("allOf").is_some()).count() + usize::from(tells(schema))
}

fn property(schema: &Value) -> Option<&str> {
    schema.get("discriminator")?.get("propertyName")?.as_str()
}

fn mapping(schema: &Value) -> impl Iterator<Item = (&str, &str)> {
    let mapping = schema.get("discriminator").and_then(|found| found.get("mapping")?.as_object());
    mapping.into_iter().flatten().filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?)))
}

/// The tags that name a component: those that are mapped to it, or else its name.
fn tags(schema: &Value, name: &str) -> Vec<String> {
    let mapped: Vec<String> =
        mapping(schema).filter(|(_, to)| component_of(to) == Some(name)).map(|(tag, _)| tag.to_owned()).collect();
    if mapped.is_empty() { vec![name.to_owned()] } else { mapped }
}

/// The component that a reference, or the name in a mapping, leads to.
fn component_of(target: &str) -> Option<&str> {
    match target.rsplit_once('/') {
        None => Some(target),
        Some(("#/components/schemas", name)) => Some(name),
        Some(_) => None,
    }
}
