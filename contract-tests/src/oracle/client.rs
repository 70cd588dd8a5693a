//! The client as judge of payloads: decode, ask for conformance, encode, compare.
//!
//! What conforms must come back as the same JSON value. What breaks a limit but can be represented must be kept, and what
//! cannot be represented must be refused; the document's keyword tells which is which. Of everything that decodes, strict
//! checking must say what the document says, place by place and keyword by keyword.

mod promise;

use serde_json::{Value, json};

use super::change::change;
use super::{Draw, Evidence, Findings, Oracle, Violation};
use crate::cases::Case;
use crate::client::{Decoded, Fault};
use crate::difference::{Difference, Problem};
use crate::document::{DocumentError, Pointer};
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::keyword::of_each_type;
use crate::tolerances;

pub(super) use promise::{Promise, promise};

/// The oracle.
pub struct Client;

impl Oracle for Client {
    fn name(&self) -> &'static str {
        "client"
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
        undeclared(ground, schema, found)
    }

    fn case<'d>(
        &self,
        _: &Ground<'d>,
        schema: &SchemaGround<'d>,
        case: &Case,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        match &case.fault {
            None => judge_valid(schema, &case.payload, found)?,
            Some(violation) => judge_fault(schema, case, violation, found)?,
        }
        Ok(())
    }

    fn draw<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        draw: &Draw<'_>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        match draw.conforms {
            true => judge_valid(schema, draw.payload, found)?,
            false => judge_any(ground, schema, draw.payload, found)?,
        }
        Ok(())
    }
}

/// A payload that somebody else has made.
pub(super) fn judge_unforeseen<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    payload: &Value,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    match ground.prepared(schema)?.validator.accepts(payload) {
        true => Ok(judge_valid(schema, payload, found)?),
        false => judge_any(ground, schema, payload, found),
    }
}

/// A payload that conforms to the document.
fn judge_valid<'d>(schema: &SchemaGround<'d>, payload: &Value, found: &mut Findings) -> Result<(), DocumentError> {
    let mut add = |problem, pointer: &Pointer, keyword: &str, detail: String| {
        found.add(problem, Difference::place(schema.name, pointer), keyword, detail, payload.clone());
    };
    match (schema.binding.decode)(&text_of(payload)) {
        Err(error) => add(Problem::RefusesValid, &error.pointer, "decode", error.message),
        Ok(Decoded { kept, .. }) if !kept.is_empty() => {
            let detail = format!("the client reports {}", listed(&kept));
            add(Problem::RefusesValid, &kept[0].pointer, &kept[0].keyword, detail);
        }
        Ok(Decoded { strict, .. }) if !strict.is_empty() => {
            let detail = format!("strict checking reports {}", listed(&strict));
            add(Problem::StrictDiffers, &strict[0].pointer, &strict[0].keyword, detail);
        }
        Ok(Decoded { encoded, .. }) => {
            if let Some((pointer, detail)) = change(schema.document, &schema.schema, payload, &encoded)? {
                add(Problem::ChangesValue, &pointer, "round-trip", detail);
            }
        }
    }
    Ok(())
}

/// Any payload, whatever the document says of it: what can be represented decodes, strict checking then says what the
/// document says, and what does not decode is named at a place that the document names too.
fn judge_any<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    payload: &Value,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let verdict = ground.prepared(schema)?.validator.violations(payload);
    let mut promises = Vec::new();
    for violation in &verdict {
        promises.push(promise(schema.document, &schema.schema, payload, violation)?);
    }
    if promises.contains(&Promise::Open) {
        if let Ok(decoded) = (schema.binding.decode)(&text_of(payload))
            && reports_nothing(&decoded)
            && !verdict.iter().any(|violation| is_untyped(schema, payload, violation))
        {
            let detail = format!("the document says {}; the client reports nothing", listed(&verdict));
            let place = Difference::place(schema.name, &verdict[0].pointer);
            found.add(Problem::AcceptsInvalid, place, "several", detail, payload.clone());
        }
        return Ok(());
    }
    let mut add = |problem, pointer: &Pointer, detail: String| {
        let detail = format!("the document says {}; {detail}", listed(&verdict));
        found.add(problem, Difference::place(schema.name, pointer), "several", detail, payload.clone());
    };
    let refused = promises.contains(&Promise::Refused);
    let read_as_absent = promises.iter().zip(&verdict).filter(|(promise, _)| **promise == Promise::ReadAsAbsent);
    let absent: Vec<&Violation> = read_as_absent.map(|(_, null)| null).collect();
    match (schema.binding.decode)(&text_of(payload)) {
        Err(error) if !refused => add(Problem::RefusesRepresentable, &error.pointer, error.message),
        Err(error) if verdict.iter().any(|violation| tolerances::names(&error.pointer, violation)) => {}
        Err(error) => add(Problem::OtherReason, &error.pointer, error.message),
        Ok(Decoded { encoded, .. }) if refused => {
            add(Problem::TakesUnrepresentable, &Pointer::root(), format!("it was taken as {encoded}"));
        }
        Ok(Decoded { strict, .. }) if strict == verdict => {}
        Ok(Decoded { strict, .. })
            if without_absence(strict.clone(), &absent) == without_absence(verdict.clone(), &absent) => {}
        Ok(Decoded { strict, .. }) => {
            let other = strict.iter().find(|one| !verdict.contains(one));
            let place = other.or(verdict.iter().find(|one| !strict.contains(one))).map(|one| one.pointer.clone());
            let detail = format!("strict checking says {}", listed(&strict));
            add(Problem::StrictDiffers, &place.unwrap_or_default(), detail);
        }
    }
    Ok(())
}

fn without_absence(found: Vec<Violation>, absent: &[&Violation]) -> Vec<Violation> {
    absent.iter().fold(found, |found, null| tolerances::without_absence(&found, null))
}

/// A property that only the client knows: the document lets it be anything.
fn undeclared<'d>(ground: &Ground<'d>, schema: &SchemaGround<'d>, found: &mut Findings) -> Result<(), JudgeError> {
    let declared = schema.schema.properties();
    let known = schema.derived().and_then(|derived| derived.get("properties")?.as_object());
    let known = known.into_iter().flat_map(|properties| properties.keys());
    let undeclared: Vec<&String> = known.filter(|name| !declared.contains(&name.as_str())).collect();
    if undeclared.is_empty() {
        return Ok(());
    }
    let validator = ground.validator(schema.way(), &schema.located)?;
    let plain = ground.plain(schema.way(), schema.located.clone())?;
    let Some(base) = plain.first().and_then(|case| case.payload.as_object()) else { return Ok(()) };
    for name in undeclared {
        for value in [json!([]), json!({}), json!(7.5), json!("anything"), json!(null)] {
            let mut payload = base.clone();
            payload.insert(name.clone(), value);
            let payload = Value::Object(payload);
            let before = found.differences.len();
            if validator.accepts(&payload) {
                judge_valid(schema, &payload, found)?;
            }
            if found.differences.len() > before {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A payload with one fault.
fn judge_fault<'d>(
    schema: &SchemaGround<'d>,
    case: &Case,
    violation: &Violation,
    findings: &mut Findings,
) -> Result<(), DocumentError> {
    let promise = promise(schema.document, &schema.schema, &case.payload, violation)?;
    let found = |problem, detail: String| Some((problem, detail));
    let outcome = (schema.binding.decode)(&text_of(&case.payload));
    printed(schema, case, &outcome, findings);
    let difference = match (promise, outcome) {
        // Whatever a client makes of it, it conforms to nothing.
        (Promise::Open, Ok(decoded)) if reports_nothing(&decoded) && !is_untyped(schema, &case.payload, violation) => {
            found(Problem::AcceptsInvalid, "the client reports nothing".into())
        }
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
        (Promise::Kept | Promise::Read | Promise::ReadAsAbsent, Err(error)) => {
            found(Problem::RefusesRepresentable, error.message)
        }
        (Promise::Kept | Promise::Read, Ok(Decoded { encoded, kept, strict, .. })) => {
            let forbidden = tolerances::is_forbidden(schema.document, &schema.schema, violation)?;
            let aside = |place: &Pointer| forbidden && *place == violation.pointer;
            let changed = change(schema.document, &schema.schema, &case.payload, &encoded)?;
            if let Some((pointer, detail)) = changed.filter(|(pointer, _)| !aside(pointer)) {
                found(Problem::ChangesValue, format!("{pointer}: {detail}"))
            } else if promise == Promise::Read
                || violation.keyword == "additionalProperties"
                || kept == [violation.clone()]
            {
                // An undeclared property is left aside in decoding: only strict checking of the text can report it.
                unlike(&strict, violation).and_then(|detail| found(Problem::StrictDiffers, detail))
            } else if kept.is_empty() {
                found(Problem::AcceptsInvalid, "the client reports nothing".into())
            } else {
                found(Problem::OtherReason, format!("the client reports {}", listed(&kept)))
            }
        }
        (Promise::ReadAsAbsent, Ok(Decoded { encoded, strict, .. })) => {
            match encoded.pointer(violation.pointer.as_str()) {
                None | Some(Value::Null) => unlike(&tolerances::without_absence(&strict, violation), violation)
                    .and_then(|detail| found(Problem::StrictDiffers, detail)),
                Some(other) => found(Problem::ChangesValue, format!("null came back as {other}")),
            }
        }
    };
    if let Some((problem, detail)) = difference {
        let place = Difference::place(schema.name, &violation.pointer);
        let detail = format!("{}; {detail}", case.label);
        findings.add(problem, place, violation.keyword.clone(), detail, case.payload.clone());
    }
    Ok(())
}

/// Who reads what the client prints of a fault finds its place and, where the client keeps the value, its keyword.
fn printed(schema: &SchemaGround<'_>, case: &Case, outcome: &Result<Decoded, Fault>, findings: &mut Findings) {
    let told: Vec<(&Pointer, &str, &str)> = match outcome {
        Err(Fault { pointer, message }) => vec![(pointer, "", message)],
        Ok(Decoded { printed, .. }) => printed
            .iter()
            .map(|(violation, printed)| (&violation.pointer, violation.keyword.as_str(), printed.as_str()))
            .collect(),
    };
    for (pointer, keyword, printed) in told {
        if (is_printed(pointer) && !printed.contains(pointer.as_str())) || !printed.contains(keyword) {
            let detail = format!("{}; of the fault at `{pointer}` the client prints `{printed}`", case.label);
            let place = Difference::place(schema.name, pointer);
            findings.add(Problem::OtherReason, place, keyword, detail, case.payload.clone());
        }
    }
}

/// Whether a place is printed as it is: a client may escape a name that could act on a terminal, and cut what is long.
pub(super) fn is_printed(pointer: &Pointer) -> bool {
    pointer.as_str().len() <= 100 && pointer.as_str().bytes().all(|byte| byte.is_ascii_graphic())
}

/// [`tolerances::UNTYPED`]: whether the client takes whatever stands at the place of a violation.
fn is_untyped(schema: &SchemaGround<'_>, payload: &Value, violation: &Violation) -> bool {
    of_each_type().into_iter().all(|(_, value)| {
        let mut payload = payload.clone();
        let place = payload.pointer_mut(violation.pointer.as_str());
        let is_there = place.map(|place| *place = value).is_some();
        is_there && (schema.binding.decode)(&text_of(&payload)).is_ok_and(|decoded| reports_nothing(&decoded))
    })
}

/// Whether nothing of a payload is refused: neither what the client keeps of it, nor what strict checking finds in the text.
fn reports_nothing(decoded: &Decoded) -> bool {
    decoded.kept.is_empty() && decoded.strict.is_empty()
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
