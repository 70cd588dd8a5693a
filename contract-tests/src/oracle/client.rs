//! The client as judge of payloads: decode, ask for conformance, encode, compare.
//!
//! What conforms must come back as the same JSON value. What breaks a limit but can be represented must be kept, and what
//! cannot be represented must be refused; the document's keyword tells which is which. Of everything that decodes, strict
//! checking must say what the document says, place by place and keyword by keyword.

use serde_json::{Value, json};

use super::change::change;
use super::{Validator, Violation};
use crate::bindings::{Binding, Decoded};
use crate::cases::Case;
use crate::difference::{Difference, Problem};
use crate::document::{Conjunction, Document, DocumentError, Pointer};
use crate::tolerances;

pub use super::change::first_change;

/// What decoding must do with a payload that has one fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// The value is kept, and comes back unchanged.
    Kept,
    /// The value is taken, and reads as absent.
    ReadAsAbsent,
    /// The value is refused.
    Refused,
    /// Behind `oneOf`, `anyOf` and `not` the keyword alone doesn't tell.
    Open,
}

/// The difference that an enumerated case shows, if any.
pub fn judge_case(
    document: &Document,
    schema: &Conjunction<'_>,
    binding: &Binding,
    case: &Case,
) -> Result<Option<Difference>, DocumentError> {
    match &case.fault {
        None => judge_valid(document, schema, binding, &case.payload),
        Some(violation) => judge_fault(document, schema, binding, case, violation),
    }
}

/// The difference that a payload shows which conforms to the document, if any.
pub fn judge_valid(
    document: &Document,
    schema: &Conjunction<'_>,
    binding: &Binding,
    payload: &Value,
) -> Result<Option<Difference>, DocumentError> {
    let found = |problem, pointer: &Pointer, keyword: &str, detail| {
        Some(Difference {
            oracle: "client",
            problem,
            place: Difference::place(binding.name, pointer),
            keyword: keyword.into(),
            detail,
            shown_by: payload.clone(),
        })
    };
    match (binding.round_trip)(&text_of(payload)) {
        Err(error) => Ok(found(Problem::RefusesValid, &error.pointer, "decode", error.message)),
        Ok(Decoded { conformance, .. }) if !conformance.is_empty() => {
            let first = &conformance[0];
            let detail = format!("the client reports {}", listed(&conformance));
            Ok(found(Problem::RefusesValid, &first.pointer, &first.keyword, detail))
        }
        Ok(Decoded { strict, .. }) if !strict.is_empty() => {
            let first = &strict[0];
            let detail = format!("strict checking reports {}", listed(&strict));
            Ok(found(Problem::StrictDiffers, &first.pointer, &first.keyword, detail))
        }
        Ok(Decoded { encoded, .. }) => {
            let change = change(document, schema, payload, &encoded)?;
            Ok(change.and_then(|(pointer, detail)| found(Problem::ChangesValue, &pointer, "round-trip", detail)))
        }
    }
}

/// The difference that any payload shows, whatever the document says of it: what can be represented decodes, strict
/// checking then says what the document says, and what does not decode is named at a place that the document names too.
pub fn judge_any(
    document: &Document,
    schema: &Conjunction<'_>,
    validator: &Validator,
    binding: &Binding,
    payload: &Value,
) -> Result<Option<Difference>, DocumentError> {
    let verdict = validator.violations(payload);
    let mut promises = Vec::new();
    for violation in &verdict {
        promises.push(promise(document, schema, payload, violation)?);
    }
    if promises.contains(&Promise::Open) {
        return Ok(None);
    }
    let found = |problem, pointer: &Pointer, detail: String| {
        Some(Difference {
            oracle: "client",
            problem,
            place: Difference::place(binding.name, pointer),
            keyword: "several".into(),
            detail: format!("the document says {}; {detail}", listed(&verdict)),
            shown_by: payload.clone(),
        })
    };
    let refused = promises.contains(&Promise::Refused);
    Ok(match (binding.round_trip)(&text_of(payload)) {
        Err(error) if !refused => found(Problem::RefusesRepresentable, &error.pointer, error.message),
        Err(error) if verdict.iter().any(|violation| tolerances::names(&error.pointer, violation)) => None,
        Err(error) => found(Problem::OtherReason, &error.pointer, error.message),
        Ok(Decoded { encoded, .. }) if refused => {
            found(Problem::TakesUnrepresentable, &Pointer::root(), format!("it was taken as {encoded}"))
        }
        Ok(Decoded { strict, .. }) if strict == verdict => None,
        Ok(Decoded { strict, .. }) => {
            let other = strict.iter().find(|one| !verdict.contains(one));
            let place = other.or(verdict.iter().find(|one| !strict.contains(one))).map(|one| one.pointer.clone());
            let detail = format!("strict checking says {}", listed(&strict));
            found(Problem::StrictDiffers, &place.unwrap_or_default(), detail)
        }
    })
}

/// The difference that a property shows which only the client knows: the document lets it be anything.
pub fn judge_dropped(
    document: &Document,
    schema: &Conjunction<'_>,
    binding: &Binding,
    validator: &Validator,
    cases: &[Case],
) -> Result<Option<Difference>, DocumentError> {
    let derived = (binding.derived)().unwrap_or_default();
    let declared = schema.properties();
    let known = derived.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
    let Some(base) = cases.iter().find(|case| case.fault.is_none()).and_then(|case| case.payload.as_object()) else {
        return Ok(None);
    };
    for name in known.filter(|name| !declared.contains(&name.as_str())) {
        for value in [json!([]), json!({}), json!(7.5), json!("anything"), json!(null)] {
            let mut payload = base.clone();
            payload.insert(name.clone(), value);
            let payload = Value::Object(payload);
            if validator.accepts(&payload)
                && let Some(difference) = judge_valid(document, schema, binding, &payload)?
            {
                return Ok(Some(difference));
            }
        }
    }
    Ok(None)
}

fn judge_fault(
    document: &Document,
    schema: &Conjunction<'_>,
    binding: &Binding,
    case: &Case,
    violation: &Violation,
) -> Result<Option<Difference>, DocumentError> {
    let promise = promise(document, schema, &case.payload, violation)?;
    let found = |problem, detail: String| {
        Some(Difference {
            oracle: "client",
            problem,
            place: Difference::place(binding.name, &violation.pointer),
            keyword: violation.keyword.clone(),
            detail: format!("{}; {detail}", case.label),
            shown_by: case.payload.clone(),
        })
    };
    let outcome = (binding.round_trip)(&text_of(&case.payload));
    Ok(match (promise, outcome) {
        (Promise::Open, _) => None,
        (Promise::Refused, Err(error)) => {
            if tolerances::names(&error.pointer, violation) {
                None
            } else {
                found(Problem::OtherReason, format!("decoding names {}: {}", error.pointer, error.message))
            }
        }
        (Promise::Refused, Ok(Decoded { encoded, .. })) => {
            found(Problem::TakesUnrepresentable, format!("it was taken as {encoded}"))
        }
        (Promise::Kept | Promise::ReadAsAbsent, Err(error)) => found(Problem::RefusesRepresentable, error.message),
        (Promise::Kept, Ok(Decoded { encoded, conformance, strict })) => {
            if let Some((pointer, detail)) = change(document, schema, &case.payload, &encoded)? {
                found(Problem::ChangesValue, format!("{pointer}: {detail}"))
            } else if violation.keyword == "additionalProperties" || conformance == [violation.clone()] {
                // An undeclared property is left aside in decoding: only strict checking of the text can report it.
                unlike(&strict, violation).and_then(|detail| found(Problem::StrictDiffers, detail))
            } else if conformance.is_empty() {
                found(Problem::AcceptsInvalid, "the client reports nothing".into())
            } else {
                found(Problem::OtherReason, format!("the client reports {}", listed(&conformance)))
            }
        }
        (Promise::ReadAsAbsent, Ok(Decoded { encoded, strict, .. })) => {
            match encoded.pointer(violation.pointer.as_str()) {
                None | Some(Value::Null) => {
                    unlike(&strict, violation).and_then(|detail| found(Problem::StrictDiffers, detail))
                }
                Some(other) => found(Problem::ChangesValue, format!("null came back as {other}")),
            }
        }
    })
}

fn promise(
    document: &Document,
    schema: &Conjunction<'_>,
    payload: &Value,
    violation: &Violation,
) -> Result<Promise, DocumentError> {
    let value = payload.pointer(violation.pointer.as_str());
    Ok(match violation.keyword.as_str() {
        keyword if tolerances::blames_a_union(keyword) => Promise::Open,
        "required" => Promise::Refused,
        // A null in an optional property can be represented: as absence.
        "type" | "enum" if value == Some(&Value::Null) => {
            let Some((parent, name)) = violation.pointer.parent() else { return Ok(Promise::Refused) };
            let Some(parent) = schema.inner(document, &parent)? else { return Ok(Promise::Open) };
            let optional = parent.kind() == Some(crate::document::Kind::Object)
                && parent.properties().contains(&name.as_str())
                && !parent.required().contains(&name.as_str());
            if optional { Promise::ReadAsAbsent } else { Promise::Refused }
        }
        "type" => Promise::Refused,
        // A number outside of its format's range is no value of the type.
        "format" if value.is_some_and(Value::is_number) => Promise::Refused,
        "additionalProperties" => Promise::Kept,
        _ => Promise::Kept,
    })
}

/// The payload as it is sent. Written straight to bytes, which a value's `Display` reaches only by way of a formatter.
fn text_of(payload: &Value) -> Vec<u8> {
    serde_json::to_vec(payload).unwrap_or_default()
}

/// What strict checking says, where it is not just the one fault.
fn unlike(strict: &[Violation], violation: &Violation) -> Option<String> {
    (strict != [violation.clone()]).then(|| format!("strict checking says {}", listed(strict)))
}

fn listed(violations: &[Violation]) -> String {
    if violations.is_empty() {
        return "nothing".into();
    }
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
