//! What is built by hand: no round trip reaches a setter, so each payload is given to the setters, member by member.

use serde_json::{Value, json};

use super::change::change;
use super::client::{Promise, promise};
use super::{Draw, Evidence, Findings, Oracle};
use crate::cases::Case;
use crate::client::{Built, Refusal};
use crate::difference::{Difference, Problem};
use crate::document::Pointer;
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;

/// The oracle.
pub struct Builders;

impl Oracle for Builders {
    fn name(&self) -> &'static str {
        "builders"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn case<'d>(
        &self,
        _: &Ground<'d>,
        schema: &SchemaGround<'d>,
        case: &Case,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Some(fault) = &case.fault else { return valid(schema, &case.payload, found) };
        let (Built::Struct { build, .. }, Value::Object(members)) = (&schema.binding.built, &case.payload) else {
            return Ok(());
        };
        // A builder has no setter for what is undeclared, and a null that reads as absence is given to none.
        let judged =
            matches!(promise(schema.document, &schema.schema, &case.payload, fault)?, Promise::Kept | Promise::Refused);
        if !judged || fault.keyword == "additionalProperties" {
            return Ok(());
        }
        if let Ok(built) = build(members) {
            let place = Difference::place(schema.name, &fault.pointer);
            let detail = format!("{}; the builder makes {built} of it", case.label);
            found.add(Problem::AcceptsInvalid, place, fault.keyword.clone(), detail, case.payload.clone());
        }
        Ok(())
    }

    fn draw<'d>(
        &self,
        _: &Ground<'d>,
        schema: &SchemaGround<'d>,
        draw: &Draw<'_>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        if draw.conforms { valid(schema, draw.payload, found) } else { Ok(()) }
    }
}

/// A payload that conforms: the builder makes the same value of its members, and so does a builder that begins with the value.
fn valid<'d>(schema: &SchemaGround<'d>, payload: &Value, found: &mut Findings) -> Result<(), JudgeError> {
    let (Built::Struct { build, rebuild, .. }, Value::Object(members)) = (&schema.binding.built, payload) else {
        return Ok(());
    };
    let text = serde_json::to_vec(payload).unwrap_or_default();
    for (how, built) in [("the builder", build(members)), ("a builder that begins with the value", rebuild(&text))] {
        match built {
            Ok(built) => {
                if let Some((pointer, detail)) = change(schema.document, &schema.schema, payload, &built)? {
                    let place = Difference::place(schema.name, &pointer);
                    found.add(
                        Problem::ChangesValue,
                        place,
                        "builder",
                        format!("what {how} makes differs from what it was given: {detail}"),
                        payload.clone(),
                    );
                }
            }
            Err(refusal) => {
                let (pointer, message) = match refusal {
                    Refusal::Unheld(fault) => (fault.pointer, fault.message),
                    Refusal::Refused(message) => (Pointer::root(), message),
                };
                let place = Difference::place(schema.name, &pointer);
                found.add(Problem::RefusesValid, place, "builder", format!("{how}: {message}"), json!(payload));
            }
        }
    }
    Ok(())
}
