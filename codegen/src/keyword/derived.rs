//! How the schema that schemars derives from a Rust type says what the document's schema says.

use serde_json::{Map, Value, json};

use super::checks::DEFINITIONS;
use super::{all, format, named, present};
use crate::spec::{Kind, Shape};

/// How the derived schema says a keyword.
#[derive(Debug, Clone, Copy)]
pub enum Derived {
    /// Not at all.
    Nothing,
    /// The Rust type, or the rules that stand with it, say it.
    ByType,
    /// It changes what another keyword of such a schema says, which says both.
    WithAnother(fn(&Value) -> bool),
    /// A constraint that no Rust type says: it is copied.
    Constraint,
    /// A constraint that JSON Schema writes in another way, from the schema; nothing where a reference in it cannot be said.
    As(fn(&Value, &mut dyn References) -> Option<Map<String, Value>>),
    /// A constraint of a struct that its fields do not say, from the struct's schema.
    OfStruct(fn(&Value) -> Option<Value>),
    /// An annotation that is copied.
    Annotation,
    /// An annotation that JSON Schema writes in another way.
    AnnotationAs(&'static str, fn(&Value) -> Value),
    /// `title` or `description`, which schemars would take from Rust's documentation unless it is given.
    Text,
}

/// What stands in a derived schema for the references of the document's.
pub trait References {
    /// The schema that stands for a reference; none where there is none.
    fn schema_for(&mut self, target: &str) -> Option<Value>;
}

/// One keyword under the name that JSON Schema has for it, the schemas in it stated.
pub(super) fn renamed(
    schema: &Value,
    keyword: &str,
    name: &str,
    references: &mut dyn References,
) -> Option<Map<String, Value>> {
    let value = part(schema.get(keyword)?, named(keyword)?.value, references)?;
    Some(Map::from_iter([(name.to_owned(), value)]))
}

/// The constraints of a schema that its Rust type does not say; `says_format` where that type says a format by itself.
pub fn derived_constraints(schema: &Value, says_format: bool, references: &mut dyn References) -> Map<String, Value> {
    let mut said = Map::new();
    let constraints = present(schema).filter(|(keyword, _)| matches!(keyword.derived, Derived::Constraint));
    for (keyword, value) in constraints.filter(|(keyword, _)| !(says_format && keyword.name == format::NAME)) {
        said.insert(keyword.name.to_owned(), value.clone());
    }
    for (keyword, _) in present(schema) {
        if let Derived::As(translate) = keyword.derived {
            said.extend(translate(schema, references).into_iter().flatten());
        }
    }
    said
}

/// A whole schema in the words of JSON Schema; nothing where a reference in it cannot be said.
pub fn stated(schema: &Value, references: &mut dyn References) -> Option<Value> {
    let Some(members) = schema.as_object() else { return Some(schema.clone()) };
    if let Some(target) = members.get("$ref").and_then(Value::as_str) {
        return references.schema_for(target);
    }
    let mut said = annotations(schema);
    let mut others = Map::new();
    for (name, value) in members {
        let Some(keyword) = named(name) else { continue };
        match keyword.derived {
            Derived::As(translate) => others.extend(translate(schema, references)?),
            Derived::ByType | Derived::Constraint | Derived::OfStruct(_) | Derived::Text => {
                said.insert(name.clone(), part(value, keyword.value, references)?);
            }
            Derived::Nothing | Derived::WithAnother(_) | Derived::Annotation | Derived::AnnotationAs(..) => {}
        }
    }
    said.extend(others);
    if members.get("nullable") == Some(&Value::Bool(true))
        && let Some(Value::String(name)) = said.get("type").cloned()
    {
        said.insert("type".to_owned(), json!([name, "null"]));
    }
    Some(said.into())
}

/// The value of a keyword, the schemas in it stated.
fn part(value: &Value, shape: Shape, references: &mut dyn References) -> Option<Value> {
    match (shape, value) {
        (Shape::Referable(Kind::Schema) | Shape::SchemaOrBoolean, schema) => stated(schema, references),
        (Shape::Map(of), Value::Object(parts)) => {
            let parts = parts.iter().map(|(name, value)| Some((name.clone(), part(value, *of, references)?)));
            parts.collect::<Option<Map<String, Value>>>().map(Value::Object)
        }
        (Shape::List(of), Value::Array(parts)) => {
            parts.iter().map(|value| part(value, *of, references)).collect::<Option<Vec<Value>>>().map(Value::Array)
        }
        (_, value) => Some(value.clone()),
    }
}

/// The constraints of a struct's schema that its fields do not say.
pub fn constraints_of_struct(schema: &Value, references: &mut dyn References) -> Map<String, Value> {
    let mut said = derived_constraints(schema, false, references);
    for keyword in all() {
        if let Derived::OfStruct(say) = keyword.derived
            && let Some(value) = say(schema)
        {
            // A keyword that says more than the struct's own is not replaced by it.
            said.entry(keyword.name).or_insert(value);
        }
    }
    said
}

/// What a schema says beside its constraints, title and description aside. Extensions that nothing here knows are
/// among it.
pub fn annotations(schema: &Value) -> Map<String, Value> {
    let mut said = Map::new();
    for (name, value) in schema.as_object().into_iter().flatten() {
        let derived = match named(name) {
            Some(keyword) => keyword.derived,
            None if name.starts_with("x-") && name != DEFINITIONS => Derived::Annotation,
            None => continue,
        };
        match derived {
            Derived::Annotation => drop(said.insert(name.to_owned(), value.clone())),
            Derived::AnnotationAs(name, translate) => match (said.get_mut(name), translate(value)) {
                // Two keywords may give to one list.
                (Some(Value::Array(earlier)), Value::Array(more)) => earlier.extend(more),
                (_, value) => drop(said.insert(name.to_owned(), value)),
            },
            _ => {}
        }
    }
    said
}

/// The title and the description of a schema, with their names; empty where there is none.
pub fn texts(schema: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    let texts = all().filter(|keyword| matches!(keyword.derived, Derived::Text));
    texts.map(|keyword| (keyword.name, schema.get(keyword.name).and_then(Value::as_str).unwrap_or_default()))
}
