//! The schemas that references lead to, and which of them say the same.
//!
//! Two targets that cannot be told apart, however often references are followed, share a class, and are compiled once. What
//! an edit leaves alone is then one formula on both sides.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::compare::difference::tagged;
use crate::document::TAGGED;

use super::dialect::Dialect;
use super::formula::Constant;

/// Keywords under which the keys are names.
const NAMES: [&str; 6] =
    ["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas"];

/// One document of schemas.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) root: Arc<Value>,
    /// From an identifier without fragment, or an identifier with an anchor, to a pointer.
    places: HashMap<String, String>,
    /// The base URI of each place that sets one.
    bases: Vec<(String, String)>,
    /// How often each name is that of a dynamic anchor; the recursive ones of 2019-09 have none.
    dynamic_anchors: HashMap<String, usize>,
    dynamic_references: HashSet<String>,
}

/// A schema in a resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) resource: usize,
    pub(super) pointer: String,
}

impl Target {
    /// What stands under a key or an index.
    pub(super) fn child(&self, key: &str) -> Self {
        let step = key.replace('~', "~0").replace('/', "~1");
        Self { resource: self.resource, pointer: format!("{}/{step}", self.pointer) }
    }
}

/// The references of a schema, with their keywords. Those that depend on how they were reached are none of these.
pub(super) fn referring(dialect: Dialect, map: &Map<String, Value>) -> impl Iterator<Item = (&'static str, &str)> {
    let known = ["$ref", "$recursiveRef", "$dynamicRef"].into_iter().filter(move |keyword| dialect.knows(keyword));
    known.filter_map(|keyword| Some((keyword, map.get(keyword)?.as_str()?)))
}

/// The resources of a comparison and the classes of what their references lead to.
#[derive(Debug)]
pub(super) struct References {
    pub(super) dialect: Dialect,
    pub(super) resources: Vec<Resource>,
    classes: HashMap<Target, u128>,
}

/// What stands under a keyword.
pub(super) enum Shape {
    Schema,
    List,
    Map,
    /// A schema or a list of them.
    Either,
    /// Compared as a value.
    Data,
    /// A list without order.
    Set,
}

/// What stands under a keyword that says something about values; nothing for an annotation.
pub(super) fn shape(dialect: Dialect, keyword: &str) -> Option<Shape> {
    if !dialect.knows(keyword) {
        return None;
    }
    Some(match keyword {
        "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "additionalProperties"
        | "additionalItems"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Shape::Schema,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Shape::List,
        "properties" | "patternProperties" | "dependentSchemas" | "dependencies" => Shape::Map,
        "items" => Shape::Either,
        "required" | "enum" | "type" => Shape::Set,
        "const" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "minLength"
        | "maxLength" | "pattern" | "format" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
        | "maxProperties" | "dependentRequired" | "minContains" | "maxContains" | "x-integerRange" | "x-maxBytes"
        | "contentEncoding" | "contentMediaType" | TAGGED => Shape::Data,
        _ => return None,
    })
}

impl Resource {
    fn new(dialect: Dialect, root: Value) -> Self {
        let mut new = Self {
            root: Arc::default(),
            places: HashMap::new(),
            bases: Vec::new(),
            dynamic_anchors: HashMap::new(),
            dynamic_references: HashSet::new(),
        };
        new.index(dialect, &root, String::new(), String::new(), false);
        new.root = Arc::new(root);
        new
    }

    /// Whether a reference may lead to one place or another, by how it was reached.
    fn is_dynamic(&self) -> bool {
        self.dynamic_references.iter().any(|name| self.dynamic_anchors.get(name).is_some_and(|count| *count > 1))
    }

    /// Notes identifiers and anchors; where the keys are names, they are no keywords.
    fn index(&mut self, dialect: Dialect, value: &Value, pointer: String, base: String, named: bool) {
        let mut base = base;
        match value {
            Value::Object(map) if named => {
                for (name, inner) in map {
                    let step = name.replace('~', "~0").replace('/', "~1");
                    self.index(dialect, inner, format!("{pointer}/{step}"), base.clone(), false);
                }
            }
            Value::Object(map) => {
                let lonely = dialect.lonely_references() && map.contains_key("$ref");
                let word = if dialect <= Dialect::Draft4 { "id" } else { "$id" };
                if let Some(id) = map.get(word).and_then(Value::as_str).filter(|_| !lonely) {
                    let full = joined(&base, id);
                    let (own, fragment) = full.split_once('#').unwrap_or((&full, ""));
                    if fragment.is_empty() {
                        base = own.to_owned();
                        self.bases.push((pointer.clone(), base.clone()));
                        self.places.entry(base.clone()).or_insert(pointer.clone());
                    } else {
                        self.places.entry(full.clone()).or_insert(pointer.clone());
                    }
                }
                for anchor in ["$anchor", "$dynamicAnchor"].iter().filter_map(|word| map.get(*word)?.as_str()) {
                    self.places.entry(format!("{base}#{anchor}")).or_insert(pointer.clone());
                }
                let recursive = (map.get("$recursiveAnchor") == Some(&Value::Bool(true))).then_some("");
                let anchor = map.get("$dynamicAnchor").and_then(Value::as_str).or(recursive);
                if let Some(anchor) = anchor {
                    *self.dynamic_anchors.entry(anchor.to_owned()).or_default() += 1;
                }
                let dynamic = referring(dialect, map).filter(|(keyword, _)| *keyword != "$ref");
                let anchors = dynamic.filter_map(|(_, reference)| reference.split_once('#'));
                self.dynamic_references.extend(anchors.map(|(_, anchor)| anchor.to_owned()));
                for (key, inner) in
                    map.iter().filter(|(key, _)| !["enum", "const", "default", "examples"].contains(&key.as_str()))
                {
                    let step = key.replace('~', "~0").replace('/', "~1");
                    let named = NAMES.contains(&key.as_str());
                    self.index(dialect, inner, format!("{pointer}/{step}"), base.clone(), named);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    self.index(dialect, inner, format!("{pointer}/{index}"), base.clone(), false);
                }
            }
            _ => {}
        }
    }

    fn base_of(&self, pointer: &str) -> &str {
        let above =
            |place: &str| pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let nearest = self.bases.iter().filter(|(place, _)| above(place)).max_by_key(|(place, _)| place.len());
        nearest.map_or("", |(_, base)| base.as_str())
    }

    /// The place that a reference leads to from another; nothing where it leads out of the resource.
    fn resolve(&self, from: &str, reference: &str) -> Option<String> {
        let base = self.base_of(from);
        let full = joined(base, reference);
        let (document, fragment) = full.split_once('#').unwrap_or((&full, ""));
        let start = if document.is_empty() { "" } else { self.places.get(document).map(String::as_str)? };
        if fragment.is_empty() {
            return Some(start.to_owned());
        }
        if !fragment.starts_with('/') {
            return self.places.get(&format!("{document}#{fragment}")).cloned();
        }
        let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
        Some(format!("{start}{fragment}"))
    }
}

/// A reference, seen from a base URI.
fn joined(base: &str, reference: &str) -> String {
    let has_scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    });
    let base = base.split('#').next().unwrap_or_default();
    if has_scheme {
        return reference.to_owned();
    }
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let authority =
        base.find("://").map_or(0, |at| base[at + 3..].find('/').map_or(base.len(), |slash| at + 3 + slash));
    if reference.starts_with('/') {
        return format!("{}{reference}", &base[..authority]);
    }
    let folder = base.rfind('/').filter(|slash| *slash >= authority).map_or(base.len(), |slash| slash + 1);
    format!("{}{reference}", &base[..folder])
}

impl References {
    /// Reads the resources and finds what their references have in common.
    pub(super) fn new(dialect: Dialect, roots: Vec<Value>) -> Self {
        let resources: Vec<Resource> = roots.into_iter().map(|root| Resource::new(dialect, root)).collect();
        let mut new = Self { dialect, resources, classes: HashMap::new() };
        let mut targets = Vec::new();
        for (index, resource) in new.resources.iter().enumerate() {
            gather(dialect, resource, &resource.root, Target { resource: index, pointer: String::new() }, &mut targets);
        }
        targets.retain(|target| new.at(target).is_some());
        new.classes = targets.iter().map(|target| (target.clone(), 0)).collect();
        let mut known = 1;
        for _ in 0..targets.len() {
            let next: HashMap<Target, u128> =
                new.classes.keys().map(|target| (target.clone(), new.signature_at(target))).collect();
            let count = next.values().collect::<HashSet<_>>().len();
            new.classes = next;
            if count == known {
                break;
            }
            known = count;
        }
        new
    }

    /// What a whole resource is the same as, where its references depend on how they were reached.
    pub(super) fn dynamic(&self, resource: usize) -> Option<u128> {
        let resource = self.resources.get(resource).filter(|resource| resource.is_dynamic())?;
        Some(constant(&resource.root))
    }

    /// The schema at a place.
    pub(super) fn at(&self, target: &Target) -> Option<&Value> {
        self.resources.get(target.resource)?.root.pointer(&target.pointer)
    }

    /// Where a reference leads; nothing where it leads out of the resource.
    pub(super) fn resolve(&self, from: &Target, reference: &str) -> Option<Target> {
        let pointer = self.resources.get(from.resource)?.resolve(&from.pointer, reference)?;
        Some(Target { resource: from.resource, pointer }).filter(|target| self.at(target).is_some())
    }

    /// What a target is the same as.
    pub(super) fn class(&self, target: &Target) -> u128 {
        self.classes.get(target).copied().unwrap_or_else(|| self.signature_at(target))
    }

    fn signature_at(&self, target: &Target) -> u128 {
        self.at(target).map_or(0, |schema| self.signature(target, schema))
    }

    /// A number that is the same for schemas that say the same, as far as classes are known.
    pub(super) fn signature(&self, place: &Target, schema: &Value) -> u128 {
        let Value::Object(map) = schema else { return hashed(&schema.to_string()) };
        let mut parts: Vec<(String, u128)> = Vec::new();
        for (_, reference) in referring(self.dialect, map) {
            let class = self.resolve(place, reference).map(|target| self.class(&target));
            parts.push(("$ref".into(), class.unwrap_or_else(|| hashed(reference))));
        }
        if self.dialect.lonely_references() && !parts.is_empty() {
            return hashed(&format!("{parts:?}"));
        }
        for (keyword, value) in map {
            let Some(shape) = shape(self.dialect, keyword) else { continue };
            if keyword == TAGGED {
                parts.push((keyword.clone(), hashed(&format!("{:?}", tagged(value)))));
                continue;
            }
            let here = place.child(keyword);
            parts.push((keyword.clone(), self.signature_under(&shape, keyword, &here, value)));
        }
        parts.sort();
        hashed(&format!("{parts:?}"))
    }

    fn signature_under(&self, shape: &Shape, keyword: &str, place: &Target, value: &Value) -> u128 {
        match (shape, value) {
            (Shape::Schema | Shape::Either, Value::Object(_) | Value::Bool(_)) => self.signature(place, value),
            (Shape::List | Shape::Either, Value::Array(list)) => {
                let each = list
                    .iter()
                    .enumerate()
                    .map(|(index, inner)| self.signature(&place.child(&index.to_string()), inner));
                let mut all: Vec<u128> = each.collect();
                if keyword.ends_with("Of") {
                    all.sort_unstable();
                }
                hashed(&format!("{all:?}"))
            }
            (Shape::Map, Value::Object(map)) => {
                let each = map.iter().map(|(name, inner)| match inner {
                    Value::Array(_) => (name, hashed(&inner.to_string())),
                    _ => (name, self.signature(&place.child(name), inner)),
                });
                let mut all: Vec<(&String, u128)> = each.collect();
                all.sort();
                hashed(&format!("{all:?}"))
            }
            (Shape::Set, Value::Array(list)) => {
                let mut all: Vec<u128> = list.iter().map(constant).collect();
                all.sort_unstable();
                hashed(&format!("{all:?}"))
            }
            _ => constant(value),
        }
    }
}

fn constant(value: &Value) -> u128 {
    hashed(&Constant::new(value))
}

fn hashed(value: &(impl Hash + ?Sized)) -> u128 {
    let with = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        value.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    with(0x9e37_79b9) << 64 | with(0x7f4a_7c15)
}

/// The targets of all references, of those too that stand in what only looks like a schema.
fn gather(dialect: Dialect, resource: &Resource, value: &Value, place: Target, targets: &mut Vec<Target>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, inner)| gather(dialect, resource, inner, place.child(key), targets));
            let found =
                referring(dialect, map).filter_map(|(_, reference)| resource.resolve(&place.pointer, reference));
            targets.extend(found.map(|pointer| Target { resource: place.resource, pointer }));
        }
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.for_each(|(at, inner)| gather(dialect, resource, inner, place.child(&at.to_string()), targets));
        }
        _ => {}
    }
}
