//! Types as progenitor takes them: as schemas that make it write a type, and nothing else.

use serde_json::{Value, json};

use crate::keyword::Integer;
use crate::model::TypeRef;

impl TypeRef {
    /// The schema that makes progenitor write this type, and nothing else.
    pub(super) fn to_schema(&self) -> Value {
        let external = |path: &str, parameters: Vec<Value>| {
            let krate = path.split("::").next().unwrap_or_default();
            json!({ "x-rust-type": { "crate": krate, "version": "*", "path": path, "parameters": parameters } })
        };
        match self {
            Self::Bool => json!({ "type": "boolean" }),
            // The one integer that typify has no format for.
            Self::Integer(Integer::I128) => external("std::primitive::i128", vec![]),
            Self::Integer(integer) => json!({ "type": "integer", "format": integer.format() }),
            Self::F64 => json!({ "type": "number", "format": "double" }),
            Self::String => json!({ "type": "string" }),
            Self::Format(name) => external(&format!("generated::runtime::{name}"), vec![]),
            Self::Any => json!({}),
            Self::Vec(item) => external("std::vec::Vec", vec![item.to_schema()]),
            Self::Map(value) => {
                external("std::collections::BTreeMap", vec![json!({ "type": "string" }), value.to_schema()])
            }
            Self::Named(ident) => external(&format!("generated::types::{ident}"), vec![]),
            Self::Nullable(inner) => external("std::option::Option", vec![inner.to_schema()]),
            Self::Boxed(inner) => external("std::boxed::Box", vec![inner.to_schema()]),
        }
    }
}
