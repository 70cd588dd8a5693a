//! The constructors of the client's string types: they refuse what the document refuses, and nothing else.
//!
//! Decoding keeps what breaks a limit, so the limits of the client show here, payload by payload. Each way of making a value
//! of a string is judged: `FromStr`, `TryFrom<&str>` and `TryFrom<String>`.

use serde_json::{Value, json};

use super::{Evidence, Findings, Oracle};
use crate::cases::Case;
use crate::difference::Problem;
use crate::document::Kind;
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;

/// The oracle.
pub struct Constructors;

impl Oracle for Constructors {
    fn name(&self) -> &'static str {
        "constructors"
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
        if !is_of_strings(schema) {
            return Ok(());
        }
        let ways = (schema.binding.constructors)("");
        for name in ["FromStr", "TryFrom<&str>", "TryFrom<String>"] {
            if !ways.iter().any(|(way, _)| *way == name) {
                let detail = format!("the type cannot be made of a string by {name}");
                found.add(Problem::Lost, schema.name, "constructor", detail, json!(null));
            }
        }
        // A value that left the document's list stands on no list of cases; the client's own list still has it.
        let listed = schema.derived().and_then(|derived| derived.get("enum")?.as_array()).into_iter().flatten();
        for value in listed {
            let Some(text) = value.as_str() else { continue };
            for (way, made) in (schema.binding.constructors)(text) {
                if made.is_ok() && !ground.prepared(schema)?.validator.accepts(value) {
                    let detail = format!("{way} takes it: the client lists it, the document does not");
                    found.add(Problem::AcceptsInvalid, schema.name, "enum", detail, value.clone());
                }
            }
        }
        Ok(())
    }

    fn case<'d>(
        &self,
        _: &Ground<'d>,
        schema: &SchemaGround<'d>,
        case: &Case,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Value::String(text) = &case.payload else { return Ok(()) };
        if !is_of_strings(schema) {
            return Ok(());
        }
        let Case { label, payload, fault } = case;
        for (way, made) in (schema.binding.constructors)(text) {
            match (fault, made) {
                (None, Err(error)) => {
                    let detail = format!("{label}; {way}: {error}");
                    found.add(Problem::RefusesValid, schema.name, "constructor", detail, payload.clone());
                }
                (None, Ok(made)) if made != *payload => {
                    let detail = format!("{label}; {way} makes {made} of it");
                    found.add(Problem::ChangesValue, schema.name, "constructor", detail, payload.clone());
                }
                (Some(fault), Ok(_)) => {
                    let detail = format!("{label}; {way} takes it");
                    found.add(Problem::AcceptsInvalid, schema.name, fault.keyword.clone(), detail, payload.clone());
                }
                (None, Ok(_)) | (Some(_), Err(_)) => {}
            }
        }
        Ok(())
    }
}

/// Only a schema of strings has a type to make of one.
fn is_of_strings(schema: &SchemaGround<'_>) -> bool {
    schema.schema.kind() == Some(Kind::String) && schema.schema.alternatives().is_empty()
}
