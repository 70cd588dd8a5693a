//! What is built by hand: no round trip reaches a setter, so each payload is given to the setters, member by member.

use serde_json::{Value, json};

use super::change::change;
use super::client::{Promise, is_printed, promise};
use super::{Draw, Evidence, Findings, Oracle, Violation};
use crate::cases::Case;
use crate::client::{Built, Refusal, Setter};
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
        let (Built::Struct { build, setters, .. }, Value::Object(members)) = (&schema.binding.built, &case.payload)
        else {
            return Ok(());
        };
        // A builder has no setter for what is undeclared, and a null that reads as absence is given to none.
        let judged =
            matches!(promise(schema.document, &schema.schema, &case.payload, fault)?, Promise::Kept | Promise::Refused);
        if !judged || fault.keyword == "additionalProperties" {
            return Ok(());
        }
        let (problem, detail) = match build(members) {
            Ok(built) => (Problem::AcceptsInvalid, format!("the builder makes {built} of it")),
            Err(Refusal::Refused(message)) if !names(&message, fault, setters) => {
                (Problem::OtherReason, format!("the builder refuses it: {message}"))
            }
            Err(_) => return Ok(()),
        };
        let (place, detail) = (Difference::place(schema.name, &fault.pointer), format!("{}; {detail}", case.label));
        found.add(problem, place, fault.keyword.clone(), detail, case.payload.clone());
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

/// Whether a refusal names what is wrong with a payload: its place, by the JSON pointer or by the setter of the property and the
/// JSON pointer within its value, and its keyword. What is missing is named by its setter.
fn names(message: &str, fault: &Violation, setters: &[Setter]) -> bool {
    let mut steps = fault.pointer.steps();
    let Some(property) = steps.next() else { return message.contains(&fault.keyword) };
    let inner = steps.fold(Pointer::root(), |inner, step| inner.child(&step));
    let is_missing = fault.keyword == "required" && inner == Pointer::root();
    let setter = setters.iter().find(|setter| setter.property == property);
    let is_there = setter.is_some_and(|setter| {
        message.contains(setter.method.trim_start_matches("r#")) && message.contains(inner.as_str())
    });
    let is_placed = is_there || !is_printed(&fault.pointer) || message.contains(fault.pointer.as_str());
    is_placed && (is_missing || message.contains(&fault.keyword))
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
