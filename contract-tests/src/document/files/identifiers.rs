//! What schemas of JSON Schema 2020-12 call themselves (`$id`, `$anchor`, `$dynamicAnchor`): references by such a name are read as
//! references by a pointer.

use std::collections::BTreeMap;

use reqwest::Url;
use serde_json::{Map, Value, json};

use super::Pointer;
use super::table::{Kind, Want, field};
use crate::document::version::LATER;

/// Where a document is that nobody says where it is.
const NOWHERE: &str = "https://document.invalid/";

/// Spells references within the file without percent-encoding, so that what is compared by its spelling is the same place.
fn plainly_spelled(value: &mut Value) {
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(key, member)| match member {
            Value::String(target) if key == "$ref" && target.contains('%') => {
                let plain = Pointer::from_reference(target).filter(|pointer| !pointer.as_str().contains('%'));
                if let Some(pointer) = plain {
                    *target = format!("#{pointer}");
                }
            }
            member => plainly_spelled(member),
        }),
        Value::Array(items) => items.iter_mut().for_each(plainly_spelled),
        _ => {}
    }
}

/// The tree of a document without such names. Those of 3.0 have none.
pub(in crate::document) fn by_pointers(mut root: Value) -> Value {
    plainly_spelled(&mut root);
    let version = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let (true, Ok(nowhere)) = (LATER.iter().any(|later| version.starts_with(later)), Url::parse(NOWHERE)) else {
        return root;
    };
    let mut named = Named::default();
    let mut found = Vec::new();
    visit(&root, Want::One(Kind::Document), &Pointer::root(), &nowhere, &mut |schema, at, base| {
        named.read(schema, at, base);
        found.push((at.clone(), base.clone()));
    });
    if named.names.is_empty() && !root.to_string().contains("$dynamicRef") {
        return root;
    }
    for (at, base) in found {
        let Some(schema) = root.pointer(at.as_str()).and_then(Value::as_object) else { continue };
        let lead = |keyword: &str| named.lead(&root, &base, schema.get(keyword)?.as_str()?);
        let (plain, dynamic) = (lead("$ref"), lead("$dynamicRef").filter(|to| named.is_alone(to)));
        let Some(Value::Object(schema)) = root.pointer_mut(at.as_str()) else { continue };
        if let Some(to) = plain {
            schema.insert("$ref".into(), super::walk::written(&to).into());
        }
        if let Some(to) = dynamic {
            schema.shift_remove("$dynamicRef");
            let reference = super::walk::written(&to);
            if schema.contains_key("$ref") {
                let all = schema.entry("allOf").or_insert_with(|| json!([])).as_array_mut();
                all.into_iter().for_each(|all| all.push(json!({ "$ref": reference })));
            } else {
                schema.insert("$ref".into(), reference.into());
            }
        }
    }
    for at in named.places {
        let schema = root.pointer_mut(at.as_str()).and_then(Value::as_object_mut);
        schema.into_iter().for_each(|schema| {
            schema.retain(|keyword, name| {
                !(["$id", "$anchor", "$dynamicAnchor"].contains(&keyword.as_str()) && name.is_string())
            });
        });
    }
    root
}

/// Names, each a URI with or without a fragment, and what has them.
#[derive(Default)]
struct Named {
    names: BTreeMap<String, Pointer>,
    dynamic: Vec<(String, Pointer)>,
    places: Vec<Pointer>,
}

impl Named {
    fn read(&mut self, schema: &Map<String, Value>, at: &Pointer, base: &Url) {
        let name = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        let mut names = Vec::new();
        if name("$id").is_some() {
            names.push(base.to_string());
        }
        for anchor in [name("$anchor"), name("$dynamicAnchor")].into_iter().flatten() {
            names.push(format!("{base}#{anchor}"));
        }
        self.dynamic.extend(name("$dynamicAnchor").map(|anchor| (anchor.to_owned(), at.clone())));
        if !names.is_empty() {
            self.places.push(at.clone());
        }
        for name in names {
            self.names.entry(name).or_insert_with(|| at.clone());
        }
    }

    /// Where a reference leads, from what has a name or to it.
    fn lead(&self, root: &Value, base: &Url, reference: &str) -> Option<Pointer> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if path.is_empty() { base.clone() } else { base.join(path).ok()? };
        if !(fragment.is_empty() || fragment.starts_with('/')) {
            return self.names.get(&format!("{resource}#{fragment}")).cloned();
        }
        let inner = Pointer::from_reference(&format!("#{fragment}"))?;
        let holder = match self.names.get(resource.as_str()) {
            Some(holder) => holder.clone(),
            None if resource.as_str() == NOWHERE => Pointer::root(),
            None => return None,
        };
        Some(holder.join(&inner)).filter(|to| root.pointer(to.as_str()).is_some())
    }

    /// Whether what a dynamic reference finds here is found from everywhere.
    fn is_alone(&self, to: &Pointer) -> bool {
        let own = self.dynamic.iter().find(|(_, at)| at == to);
        own.is_none_or(|(name, _)| self.dynamic.iter().filter(|(other, _)| other == name).count() == 1)
    }
}

/// What a schema is shown to, with its place and the URI that references in it are relative to.
type Show<'a> = dyn FnMut(&Map<String, Value>, &Pointer, &Url) + 'a;

/// Shows every schema.
fn visit(value: &Value, want: Want, at: &Pointer, base: &Url, show: &mut Show<'_>) {
    match (want, value) {
        (Want::List(kind), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                visit(item, Want::One(kind), &at.index(index), base, show);
            }
        }
        (Want::One(Kind::Plain), Value::Array(items)) => {
            items.iter().enumerate().for_each(|(index, item)| visit(item, want, &at.index(index), base, show));
        }
        (Want::Map(kind), Value::Object(entries)) => {
            entries.iter().for_each(|(name, entry)| visit(entry, Want::One(kind), &at.child(name), base, show));
        }
        (Want::One(kind), Value::Object(fields)) => {
            let id = fields.get("$id").and_then(Value::as_str).filter(|_| kind == Kind::Schema);
            let own = id.and_then(|id| base.join(id.split('#').next().unwrap_or(id)).ok());
            let base = own.as_ref().unwrap_or(base);
            if kind == Kind::Schema {
                show(fields, at, base);
            }
            for (name, inner) in fields {
                if let Some(want) = field(kind, name) {
                    visit(inner, want, &at.child(name), base, show);
                }
            }
        }
        _ => {}
    }
}
