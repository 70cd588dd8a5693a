//! A document whose parents are named wherever they stand: a schema that says word for word what a named parent says, its
//! `discriminator` included, means that parent, whose children no inline schema could have.

use serde_json::{Map, Value, json};

use super::callbacks::Alike;
use crate::document::Document;

/// The document with references to parents where they are written out; nothing where none is.
pub(super) fn folded(document: &Document) -> Option<Document> {
    let schemas = document.root().pointer("/components/schemas")?.as_object()?;
    let parents = schemas.iter().filter(|(_, schema)| is_parent(schema)).map(|(name, schema)| (name.as_str(), schema));
    let mut folding = Folding { document, parents: parents.collect(), changed: false };
    if folding.parents.is_empty() {
        return None;
    }
    let root = folding.value(document.root(), false);
    folding.changed.then(|| document.with_root(root))
}

struct Folding<'d> {
    document: &'d Document,
    parents: Vec<(&'d str, &'d Value)>,
    changed: bool,
}

impl<'d> Folding<'d> {
    /// A value with what is in it folded; where a schema stays what it is, as a component and within `allOf`, it is kept.
    fn value(&mut self, value: &'d Value, kept: bool) -> Value {
        match value {
            Value::Object(map) => {
                if !kept && is_parent(value) {
                    let same =
                        |parent: &&(&str, &'d Value)| Alike::of(self.document, self.document).values(parent.1, value);
                    if let Some((name, _)) = self.parents.iter().find(same) {
                        self.changed = true;
                        return json!({ "$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1")) });
                    }
                }
                let inner = map.iter().map(|(key, inner)| (key.clone(), self.below(key, inner)));
                inner.collect::<Map<_, _>>().into()
            }
            Value::Array(list) => list.iter().map(|inner| self.value(inner, false)).collect(),
            other => other.clone(),
        }
    }

    fn below(&mut self, key: &str, inner: &'d Value) -> Value {
        match (key, inner) {
            ("example" | "examples" | "default" | "enum", _) => inner.clone(),
            ("allOf", Value::Array(list)) => list.iter().map(|member| self.value(member, true)).collect(),
            ("schemas", Value::Object(map)) => {
                let each = map.iter().map(|(name, schema)| (name.clone(), self.value(schema, true)));
                each.collect::<Map<_, _>>().into()
            }
            _ => self.value(inner, false),
        }
    }
}

/// Whether a schema's alternatives are the children that refer to it.
fn is_parent(schema: &Value) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    schema.pointer("/discriminator/propertyName").is_some() && !has("oneOf") && !has("anyOf")
}
