//! `nullable`: whether null is a value too.

use serde_json::Value;

use super::{Derived, Keyword, Merge, Words};
use crate::claim::Claim;
use crate::spec::Shape;

const NAME: &str = "nullable";

/// A mark of the model's in the schema of an item or of a map's value: its type keeps a null, which is not allowed.
const REFUSED: &str = "x-null-is-refused";

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword { derived: Derived::Nothing, also: |_| &[], ..Keyword::structural(REFUSED, Shape::Boolean) },
    Keyword {
        // Null must be allowed by every member of an `allOf`, which whoever reads the schema asks each.
        merge: Merge::Apart,
        derived: Derived::WithAnother(|schema| schema.get(NAME) == Some(&Value::Bool(true))),
        words: Words::Kind(|value| (*value == Value::Bool(true)).then(|| "or null".to_owned())),
        also: |_| &[Claim::Type, Claim::Conformance],
        ..Keyword::structural(NAME, Shape::Boolean)
    },
];

/// Marks a schema whose type keeps a null that is not allowed.
pub fn refuse(schema: &mut Value) {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert(REFUSED.to_owned(), Value::Bool(true));
    }
}

/// Whether a schema is marked so.
pub fn is_refused(schema: &Value) -> bool {
    schema.get(REFUSED) == Some(&Value::Bool(true))
}

/// The keyword that refuses null though a schema says `nullable`: the list of values, where the type takes it.
pub fn refusing(schema: &Value) -> &'static str {
    let takes_null = schema.get("type").is_some() && schema.get(NAME) == Some(&Value::Bool(true));
    if takes_null && schema.get("enum").is_some() { "enum" } else { "type" }
}

/// Whether the schema allows nothing but null.
pub fn is_only_null(schema: &Value) -> bool {
    schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.as_slice() == [Value::Null])
}
