//! References by the names that schemas of JSON Schema 2020-12 give themselves, `$id`, `$anchor` and `$dynamicAnchor`, as pointers:
//! what comes after knows one way to refer.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Version;
use crate::document::{Document, Moved, Pointer};
use crate::files::shape_of;
use crate::spec::{Kind, Shape};

/// The keywords by which a schema names itself.
const NAMES: [&str; 3] = ["$id", "$anchor", "$dynamicAnchor"];

/// The document with pointers in place of such references, and without the names, which say nothing else.
pub fn identified(mut document: Document) -> Document {
    if Version::of(document.root()) != Some(Version::V3_1) {
        return document;
    }
    let mut names = Names::default();
    let mut is_used = false;
    schemas(document.root(), &mut |at, base, fields| {
        is_used |= names.note(at, base, fields) || fields.contains_key("$dynamicRef");
    });
    if !is_used {
        return document;
    }
    let mut edits = Vec::new();
    let root = document.take_root();
    schemas(&root, &mut |at, base, fields| {
        let target = |keyword| names.target(&root, base, fields.get(keyword)?.as_str()?);
        let dynamic = target("$dynamicRef").filter(|target| names.is_the_only(target));
        edits.push((at.clone(), target("$ref"), dynamic));
    });
    let (mut root, mut moved) = (root, Moved::default());
    for (at, target, dynamic) in edits {
        let Some(Value::Object(fields)) = root.pointer_mut(at.as_str()) else { continue };
        if let Some(target) = target {
            fields.insert("$ref".to_owned(), target.to_reference().into());
        }
        if let Some(target) = dynamic {
            fields.shift_remove("$dynamicRef");
            let place = refer(fields, &target, &at);
            moved.to(place, at.join("$dynamicRef"));
        }
        // A property may have such a name, and a schema.
        fields.retain(|name, value| !(NAMES.contains(&name.as_str()) && value.is_string()));
    }
    document.changed(root, [moved])
}

/// Adds a reference, and says where it stands.
fn refer(fields: &mut Map<String, Value>, target: &Pointer, at: &Pointer) -> Pointer {
    if !fields.contains_key("$ref") {
        fields.insert("$ref".to_owned(), target.to_reference().into());
        return at.join("$ref");
    }
    let reference = Map::from_iter([("$ref".to_owned(), target.to_reference().into())]);
    super::schemas::push(fields, "allOf", reference.into(), at).join("$ref")
}

/// What schemas call themselves, each with its place. A resource is a schema with an `$id`, or the document, whose identifier is empty
/// here.
#[derive(Debug, Default)]
struct Names {
    resources: HashMap<String, Pointer>,
    anchors: HashMap<(String, String), Pointer>,
    /// Of each dynamic anchor how often there is one.
    dynamic: HashMap<String, usize>,
    dynamic_places: HashMap<Pointer, String>,
}

impl Names {
    /// Takes note of the names of a schema; whether there are any.
    fn note(&mut self, at: &Pointer, base: &str, fields: &Map<String, Value>) -> bool {
        let name = |keyword: &str| fields.get(keyword).and_then(Value::as_str);
        if name("$id").is_some() {
            self.resources.entry(base.to_owned()).or_insert_with(|| at.clone());
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(name) {
            self.anchors.entry((base.to_owned(), anchor.to_owned())).or_insert_with(|| at.clone());
        }
        if let Some(anchor) = name("$dynamicAnchor") {
            *self.dynamic.entry(anchor.to_owned()).or_default() += 1;
            self.dynamic_places.insert(at.clone(), anchor.to_owned());
        }
        NAMES.into_iter().any(|keyword| name(keyword).is_some())
    }

    /// Where a reference leads within the document, if a name or a pointer from a named schema says so. A pointer that leads nowhere
    /// from there is meant from the document's root.
    fn target(&self, root: &Value, base: &str, written: &str) -> Option<Pointer> {
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let resource = if path.is_empty() { base.to_owned() } else { resolved(base, path) };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchors.get(&(resource, fragment.to_owned())).cloned();
        }
        let below = Pointer::from_reference(&format!("#{fragment}"))?;
        let target = match self.resources.get(&resource) {
            Some(place) => place.concat(&below),
            None if resource.is_empty() && written.starts_with('#') => below,
            None => return None,
        };
        root.pointer(target.as_str()).is_some().then_some(target)
    }

    /// Whether a dynamic reference to this place leads nowhere else, whoever refers to what it stands in.
    fn is_the_only(&self, target: &Pointer) -> bool {
        self.dynamic_places.get(target).is_none_or(|anchor| self.dynamic.get(anchor) == Some(&1))
    }
}

/// Visits every schema with its place and the identifier of the resource that it is in.
fn schemas<'v>(root: &'v Value, visit: &mut impl FnMut(&Pointer, &str, &'v Map<String, Value>)) {
    let mut open = vec![(Shape::Object(Kind::OpenApi), root, Pointer::root(), String::new())];
    while let Some((shape, value, at, mut base)) = open.pop() {
        match (shape, value) {
            (Shape::List(shape), Value::Array(items)) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(index, item)| (*shape, item, at.join(index), base.clone())));
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                open.extend(entries.iter().map(|(name, value)| (*shape, value, at.join(name), base.clone())));
            }
            (shape, Value::Object(fields)) if let Some(kind) = shape.kind() => {
                if kind == Kind::Schema {
                    if let Some(id) = fields.get("$id").and_then(Value::as_str) {
                        base = resolved(&base, id.split('#').next().unwrap_or(id));
                    }
                    visit(&at, &base, fields);
                }
                let known = |(name, value): (&String, &'v Value)| {
                    Some((shape_of(kind, name)?, value, at.join(name), base.clone()))
                };
                open.extend(fields.iter().filter_map(known));
            }
            _ => {}
        }
    }
}

/// A URI reference from a base, as far as identifiers of schemas go (RFC 3986, 5.2, without dots in paths).
fn resolved(base: &str, reference: &str) -> String {
    let reference = reference.strip_prefix("./").unwrap_or(reference);
    let has_scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if has_scheme || base.is_empty() || reference.is_empty() {
        return if reference.is_empty() { base } else { reference }.to_owned();
    }
    let authority = base.find("://").map_or(0, |scheme| {
        let rest = base.get(scheme + 3..).unwrap_or_default();
        scheme + 3 + rest.find('/').unwrap_or(rest.len())
    });
    let kept = match reference.starts_with('/') {
        true => authority,
        false => base.rfind('/').filter(|slash| *slash >= authority).map_or(authority, |slash| slash + 1),
    };
    let kept = base.get(..kept).unwrap_or_default();
    let slash = if kept.is_empty() || kept.ends_with('/') || reference.starts_with('/') { "" } else { "/" };
    format!("{kept}{slash}{reference}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas_of(schemas: &Value) -> Value {
        let text = json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "components": { "schemas": schemas } });
        let document = Document::parse("t.json", text.to_string().as_bytes()).unwrap();
        identified(document).root()["components"]["schemas"].clone()
    }

    #[test]
    fn names_lead_where_they_stand() {
        let read = schemas_of(&json!({
            "Node": { "$anchor": "node", "properties": {
                "next": { "$ref": "#node" },
                "same": { "$ref": "https://a.example/schemas/leaf" },
                "size": { "$ref": "https://a.example/schemas/leaf#size" },
                "$id": { "type": "string" },
            } },
            "Leaf": { "$id": "https://a.example/schemas/leaf", "type": "object", "properties": {
                "size": { "$anchor": "size", "type": "integer" },
                "own": { "$ref": "#/properties/size" },
                "other": { "$ref": "#/components/schemas/Node" },
                "beside": { "$ref": "branch" },
                "unknown": { "$ref": "#node" },
            } },
            "Branch": { "$id": "https://a.example/schemas/branch", "type": "string" },
            "Tree": { "$dynamicAnchor": "tree", "items": { "$dynamicRef": "#tree", "$ref": "#node" } },
        }));
        let at = |pointer: &str| read.pointer(pointer).unwrap_or(&Value::Null).clone();
        for (place, target) in [
            ("/Node/properties/next", "#/components/schemas/Node"),
            ("/Node/properties/same", "#/components/schemas/Leaf"),
            ("/Node/properties/size", "#/components/schemas/Leaf/properties/size"),
            ("/Leaf/properties/own", "#/components/schemas/Leaf/properties/size"),
            ("/Leaf/properties/other", "#/components/schemas/Node"),
            ("/Leaf/properties/beside", "#/components/schemas/Branch"),
            ("/Leaf/properties/unknown", "#node"),
            ("/Tree/items", "#/components/schemas/Node"),
            ("/Tree/items/allOf/0", "#/components/schemas/Tree"),
        ] {
            assert_eq!(at(&format!("{place}/$ref")), target, "{place}");
        }
        assert_eq!(at("/Leaf"), json!({ "type": "object", "properties": at("/Leaf/properties") }));
        assert_eq!(at("/Node/properties/$id"), json!({ "type": "string" }));
    }

    #[test]
    fn a_reference_that_leads_elsewhere_from_elsewhere_stays() {
        let read = schemas_of(&json!({
            "A": { "$id": "a", "$dynamicAnchor": "node", "items": { "$dynamicRef": "#node" } },
            "B": { "$id": "b", "$dynamicAnchor": "node", "$ref": "a" },
        }));
        assert_eq!(read["A"]["items"]["$dynamicRef"], "#node");
        assert_eq!(read["B"]["$ref"], "#/components/schemas/A");
    }

    #[test]
    fn identifiers_are_resolved_from_their_base() {
        for (base, reference, whole) in [
            ("", "pet", "pet"),
            ("https://a.example/b/c", "d", "https://a.example/b/d"),
            ("https://a.example/b/c", "/d", "https://a.example/d"),
            ("https://a.example", "./d", "https://a.example/d"),
            ("urn:x", "https://b.example/", "https://b.example/"),
            ("https://a.example/b", "", "https://a.example/b"),
        ] {
            assert_eq!(resolved(base, reference), whole, "{base} {reference}");
        }
    }
}
