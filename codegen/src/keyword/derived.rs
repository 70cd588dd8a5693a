//! How the schema that schemars derives from a Rust type says what the document's schema says.

use serde_json::{Map, Value};

use super::{all, format, named};

/// How the derived schema says a keyword.
#[derive(Debug, Clone, Copy)]
pub enum Derived {
    /// The Rust type, or the rules that stand with it, say it.
    ByType,
    /// Not at all.
    Not,
    /// A constraint that no Rust type says: it is copied.
    Constraint,
    /// A constraint that JSON Schema writes in another way, from the schema.
    As(fn(&Value) -> Option<(&'static str, Value)>),
    /// A constraint of a struct that its fields do not say, from the struct's schema.
    OfStruct(fn(&Value) -> Option<Value>),
    /// An annotation that is copied.
    Annotation,
    /// An annotation that JSON Schema writes in another way.
    AnnotationAs(&'static str, fn(&Value) -> Value),
    /// `title` or `description`, which schemars would take from Rust's documentation unless it is given.
    Text,
}

/// The constraints of a schema that its Rust type does not say; `says_format` where that type says a format by itself.
pub fn derived_constraints(schema: &Value, says_format: bool) -> Map<String, Value> {
    let mut said = Map::new();
    for keyword in all().filter(|keyword| matches!(keyword.derived, Derived::Constraint)) {
        if let Some(value) = schema.get(keyword.name).filter(|_| !(says_format && keyword.name == format::NAME)) {
            said.insert(keyword.name.to_owned(), value.clone());
        }
    }
    for keyword in all() {
        if let Derived::As(translate) = keyword.derived
            && let Some((name, value)) = translate(schema)
        {
            said.insert(name.to_owned(), value);
        }
    }
    said
}

/// The constraints of a struct's schema that its fields do not say.
pub fn constraints_of_struct(schema: &Value) -> Map<String, Value> {
    let mut said = derived_constraints(schema, false);
    for keyword in all() {
        if let Derived::OfStruct(say) = keyword.derived
            && let Some(value) = say(schema)
        {
            said.insert(keyword.name.to_owned(), value);
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
            None if name.starts_with("x-") => Derived::Annotation,
            None => continue,
        };
        match derived {
            Derived::Annotation => {
                said.insert(name.clone(), value.clone());
            }
            Derived::AnnotationAs(name, translate) => {
                said.insert(name.to_owned(), translate(value));
            }
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
