//! Claims: payloads made of what the client says of its own unions, held against the document.
//!
//! The document's cases know nothing of an alternative that only the client has, or of a property that only the client gives to one
//! of them. The derived schema does: it is read as a document, and each of its cases must be what the document says of it.

use serde_json::{Value, json};

use super::client::judge_unforeseen;
use super::{Evidence, Findings, Oracle, OracleError, Validator};
use crate::cases::Enumerator;
use crate::difference::Problem;
use crate::document::{Document, DocumentError, Pointer};
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::mutate::{Kind, Places};
use crate::strategy::StrategyError;
use crate::tolerances;

/// The oracle.
pub struct Claims;

impl Oracle for Claims {
    fn name(&self) -> &'static str {
        "claims"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        // A derived schema is costly, and most schemas are no unions.
        if schema.schema.alternatives().is_empty() {
            return Ok(());
        }
        let Some(derived) = schema.derived() else { return Ok(()) };
        let claimed = as_document(schema.name, derived)?;
        let place = Pointer::root().child("components").child("schemas").child(CLAIM);
        let Some(located) = claimed.at(&place) else { return Ok(()) };
        // What the judge cannot build of it, the comparison of schemas has shown or nobody claims.
        let Ok(cases) = Enumerator::new(&claimed).cases(located) else { return Ok(()) };
        let before = found.differences.len();
        let accepts = |payload: &Value| Ok::<_, JudgeError>(ground.prepared(schema)?.validator.accepts(payload));
        for case in &cases.cases {
            // What means an object to everyone is none to the validator, which would take anything.
            if case.fault.is_some() && accepts(&case.payload)? {
                let of_objects = of_objects_alone(schema).map_err(StrategyError::from)?;
                if !of_objects.accepts(&case.payload) {
                    continue;
                }
            }
            judge_unforeseen(ground, schema, &case.payload, found)?;
            // One is enough of what all the others may follow from.
            if found.differences.len() > before {
                break;
            }
        }
        Ok(())
    }
}

/// The schema with the type that is meant wherever it says properties and no type.
fn of_objects_alone(schema: &SchemaGround<'_>) -> Result<Validator, OracleError> {
    let mut root = schema.document.root().clone();
    for spot in Places::of(schema.document).all(Kind::Schema).filter(|spot| tolerances::means_an_object(spot.object)) {
        if let Some(object) = root.pointer_mut(spot.place.as_str()).and_then(Value::as_object_mut) {
            object.insert("type".into(), "object".into());
        }
    }
    let document = schema.document.with_root(root);
    let located = document.at(&schema.located.pointer).ok_or_else(|| DocumentError::Dangling {
        reference: format!("#{}", schema.located.pointer),
        pointer: schema.located.pointer.clone(),
    })?;
    Validator::new(&document, located)
}

/// The name of the schema in the document that is made of it.
const CLAIM: &str = "Claim";

/// A derived schema as a document of OpenAPI 3.1, which is JSON Schema of the same draft.
fn as_document(name: &str, derived: &Value) -> Result<Document, DocumentError> {
    let mut schema = derived.clone();
    let definitions = schema.as_object_mut().and_then(|schema| schema.shift_remove("$defs"));
    let mut schemas = definitions.unwrap_or_else(|| json!({}));
    schemas[CLAIM] = schema;
    referring(&mut schemas);
    let root = json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    Document::from_value(name, root)
}

/// Turns references within a schema to where the definitions stand in the document.
fn referring(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(target) if key == "$ref" => {
                        *target = match target.strip_prefix("#/$defs/") {
                            Some(name) => format!("#/components/schemas/{name}"),
                            None => format!("#/components/schemas/{CLAIM}"),
                        };
                    }
                    member => referring(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(referring),
        _ => {}
    }
}
