//! The schema that schemars derives from a client's type, against the document's: keyword by keyword, and by payloads.
//!
//! The mapping is written down here and nowhere else. What the document says becomes: `nullable` a type array; a boolean
//! exclusive bound the bound itself; `example` a list `examples`; a reference to a component one into `$defs`, and
//! `deprecated` where the component is, as the Rust field is. Everything else stays as it is, extensions included. `title`
//! is the component's name where the document gives none. What is behind `allOf` may be merged: payloads show whether it is
//! the same, and its annotations are looked for one by one. What one side refers to may stand in place in the other.

mod comparison;
mod mapping;

use serde_json::Value;

use super::{Draw, Evidence, Findings, Oracle, Violation};
use crate::cases::Case;
use crate::difference::{Difference, Problem};
use crate::document::Pointer;
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::tolerances::{self, is_whole_fraction};

/// The oracle.
pub struct Derived;

impl Oracle for Derived {
    fn name(&self) -> &'static str {
        "derived"
    }

    fn evidence(&self, problem: Problem) -> Evidence {
        match problem {
            // Two schemas that differ need not differ in what they accept.
            Problem::Lost | Problem::Added | Problem::Changed => Evidence::Interface,
            _ => Evidence::Behaviour,
        }
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        comparison::compare(ground, schema, found);
        if let Err(error) = schema.derived_validator() {
            let derived = schema.derived().cloned().unwrap_or_default();
            found.add(Problem::Changed, schema.name, "schema", error.to_string(), derived);
        }
        Ok(())
    }

    fn case<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        case: &Case,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Ok(Some(derived)) = schema.derived_validator() else { return Ok(()) };
        let verdict = derived.violations(&case.payload);
        let whole = |fault: &Violation| fault.keyword == "type" && is_whole_fraction(&case.payload, &fault.pointer);
        if case.fault.as_ref().is_some_and(whole) {
            return Ok(());
        }
        // The same within a union, which is blamed as a whole.
        if case.fault.as_ref().or(verdict.first()).is_some_and(|fault| tolerances::blames_a_union(&fault.keyword))
            && is_told_by_fractions(ground, schema, &case.payload, case.fault.is_none())?
        {
            return Ok(());
        }
        // A case has one fault, so that with null at its place it conforms where that may be null.
        let prepared = ground.prepared(schema)?;
        let may_be_null = |place: &Pointer| {
            let mut payload = case.payload.clone();
            payload.pointer_mut(place.as_str()).map(std::mem::take).is_some() && prepared.validator.accepts(&payload)
        };
        let (problem, fault) = match &case.fault {
            None if verdict.is_empty() => return Ok(()),
            None => (Problem::RefusesValid, &verdict[0]),
            Some(fault) if verdict.is_empty() => (Problem::AcceptsInvalid, fault),
            Some(fault) if verdict.contains(fault) => return Ok(()),
            Some(fault) if tolerances::blames_its_union(fault, &verdict, may_be_null) => return Ok(()),
            Some(fault) => (Problem::OtherReason, fault),
        };
        let said: Vec<String> = verdict.iter().map(ToString::to_string).collect();
        let said = if said.is_empty() {
            "the derived schema accepts it".into()
        } else {
            format!("the derived schema says {}", said.join(", "))
        };
        let place = Difference::place(schema.name, &fault.pointer);
        let detail = format!("{}; {said}", case.label);
        found.add(problem, place, fault.keyword.clone(), detail, case.payload.clone());
        Ok(())
    }

    fn draw<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        draw: &Draw<'_>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Ok(Some(derived)) = schema.derived_validator() else { return Ok(()) };
        if draw.conforms && !derived.accepts(draw.payload) {
            let verdict = derived.violations(draw.payload).into_iter().next();
            let first = verdict.unwrap_or(Violation { pointer: Pointer::root(), keyword: "schema".into() });
            if tolerances::blames_a_union(&first.keyword) && is_told_by_fractions(ground, schema, draw.payload, true)? {
                return Ok(());
            }
            let place = Difference::place(schema.name, &first.pointer);
            let detail = format!("the derived schema says {first}");
            found.add(Problem::RefusesValid, place, first.keyword, detail, draw.payload.clone());
        }
        Ok(())
    }
}

/// [`tolerances::WHOLE`]: whether the document judges a payload otherwise once its whole fractions are written as integers.
fn is_told_by_fractions<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    payload: &Value,
    conforms: bool,
) -> Result<bool, JudgeError> {
    let plain = tolerances::without_whole_fractions(payload);
    Ok(ground.prepared(schema)?.validator.accepts(&plain) != conforms)
}
