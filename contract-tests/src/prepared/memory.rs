//! What was made of schemas, for the documents that have the same ones: a mutant differs from the next in a place or two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::cases::{Case, Cases};
use crate::document::{Document, Located, Pointer};
use crate::oracle::Validator;

/// How much is remembered of one place.
const MOST: usize = 3;

/// What is remembered from one document to the next.
#[derive(Default)]
pub struct Memories {
    /// The cases of schemas, of which nothing had to be left out.
    pub cases: Memory<Arc<Cases>>,
    /// The plainest payloads of schemas, of which nothing had to be left out.
    pub plain: Memory<Arc<Vec<Case>>>,
    /// The compiled schemas.
    pub validators: Memory<Arc<Validator>>,
}

/// What was made of schemas, by where they stand.
pub struct Memory<T>(Mutex<HashMap<Pointer, Vec<(Schemas, T)>>>);

/// A schema and all that it refers to.
type Schemas = Vec<(Pointer, Value)>;

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Memory<T> {
    /// What was made of the same schema.
    pub fn of(&self, document: &Document, place: &Pointer) -> Option<T> {
        let is_here = |(place, value): &(Pointer, Value)| document.root().pointer(place.as_str()) == Some(value);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get_mut(place).filter(|_| !document.is_3_1())?;
        let at = known.iter().position(|(schemas, _)| schemas.iter().all(is_here))?;
        known[..=at].rotate_right(1);
        known.first().map(|(_, made)| made.clone())
    }

    /// Takes note of what was made of a schema, where that depends on nothing else.
    pub fn note(&self, document: &Document, schema: &Located<'_>, made: T) {
        let Some(schemas) = schemas(document, schema.pointer.clone()).filter(|_| !document.is_3_1()) else { return };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(schema.pointer.clone()).or_default();
        known.insert(0, (schemas, made));
        known.truncate(MOST);
    }
}

/// A schema and all that it refers to; nothing where more of the document has a say, such as who refers to a parent.
fn schemas(document: &Document, place: Pointer) -> Option<Schemas> {
    let (mut found, mut open) = (Schemas::new(), vec![place]);
    while let Some(place) = open.pop() {
        if found.iter().all(|(known, _)| *known != place) {
            let value = document.root().pointer(place.as_str())?;
            refers(value, &mut open)?;
            found.push((place, value.clone()));
        }
    }
    Some(found)
}

fn refers(value: &Value, found: &mut Vec<Pointer>) -> Option<()> {
    match value {
        Value::Object(map) => map.iter().try_for_each(|(key, inner)| match (key.as_str(), inner) {
            ("discriminator", _) => None,
            ("$ref", Value::String(reference)) => Pointer::from_reference(reference).map(|target| found.push(target)),
            (_, inner) => refers(inner, found),
        }),
        Value::Array(items) => items.iter().try_for_each(|item| refers(item, found)),
        _ => Some(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Memory;
    use crate::document::{Document, Pointer};

    #[test]
    fn a_schema_is_known_where_all_that_it_refers_to_is_the_same() {
        let of = |inner: serde_json::Value, other: u8| {
            let outer = json!({ "properties": { "inner": { "$ref": "#/components/schemas/Inner" } } });
            let schemas = json!({ "Outer": outer, "Inner": inner, "Other": { "maximum": other } });
            let root = json!({ "openapi": "3.0.3", "info": {}, "paths": {}, "components": { "schemas": schemas } });
            Document::from_value("memory.yaml", root).expect("a document")
        };
        let (memory, place) = (Memory::default(), Pointer::written("/components/schemas/Outer"));
        let note = |document: &Document, made| memory.note(document, &document.at(&place).expect("a schema"), made);
        let known = |document: &Document| memory.of(document, &place);
        note(&of(json!({ "maximum": 1 }), 1), "one");
        assert_eq!(known(&of(json!({ "maximum": 1 }), 2)), Some("one"));
        assert_eq!(known(&of(json!({ "maximum": 2 }), 1)), None);
        note(&of(json!({ "maximum": 2 }), 1), "two");
        assert_eq!(
            [known(&of(json!({ "maximum": 2 }), 1)), known(&of(json!({ "maximum": 1 }), 1))],
            [Some("two"), Some("one")]
        );
        // Who is the child of a parent, others say.
        let parent = json!({ "discriminator": { "propertyName": "kind" } });
        note(&of(parent.clone(), 1), "parent");
        assert_eq!(known(&of(parent, 1)), None);
    }
}
