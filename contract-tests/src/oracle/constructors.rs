//! The constructors of the client's text types: they must refuse what the document refuses, and nothing else.
//!
//! Decoding keeps what breaks a limit, so the limits of the client show here, payload by payload.

use serde_json::{Value, json};

use crate::bindings::Binding;
use crate::cases::Case;
use crate::difference::{Difference, Problem};
use crate::document::{Conjunction, Kind, Pointer};
use crate::oracle::Validator;

/// The differences that the cases of a schema show. Only a schema of strings with a demand of its own has a type to build.
pub fn judge(schema: &Conjunction<'_>, validator: &Validator, binding: &Binding, cases: &[Case]) -> Vec<Difference> {
    if schema.kind() != Some(Kind::String) || !schema.alternatives().is_empty() {
        return Vec::new();
    }
    let difference = |problem, keyword: &str, detail: String, shown_by: Value| Difference {
        oracle: "constructors",
        problem,
        place: Difference::place(binding.name, &Pointer::root()),
        keyword: keyword.into(),
        detail,
        shown_by,
    };
    let Some(construct) = (binding.constructor)() else {
        return vec![difference(
            Problem::Lost,
            "constructor",
            "the type cannot be built from text".into(),
            json!(null),
        )];
    };
    let mut found = Vec::new();
    for case in cases {
        let Value::String(text) = &case.payload else { continue };
        match (&case.fault, construct(text)) {
            (None, Err(error)) => {
                found.push(difference(
                    Problem::RefusesValid,
                    "constructor",
                    format!("{}; {error}", case.label),
                    case.payload.clone(),
                ));
            }
            (Some(fault), Ok(())) => {
                let detail = format!("{}; the constructor takes it", case.label);
                found.push(difference(Problem::AcceptsInvalid, &fault.keyword, detail, case.payload.clone()));
            }
            (None, Ok(())) | (Some(_), Err(_)) => {}
        }
    }
    // A value that left the document's list stands on no list of cases; the client's own list still has it.
    let derived = (binding.derived)().unwrap_or_default();
    for value in derived.get("enum").and_then(Value::as_array).into_iter().flatten() {
        let Some(text) = value.as_str() else { continue };
        if construct(text).is_ok() && !validator.accepts(value) {
            let detail = "the client lists it, the document doesn't".into();
            found.push(difference(Problem::AcceptsInvalid, "enum", detail, value.clone()));
        }
    }
    found
}
