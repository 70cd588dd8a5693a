//! The client as judge of payloads: decode, ask for conformance, encode, compare.
//!
//! What conforms must come back as the same JSON value. What breaks a limit but can be represented must be kept, and what
//! cannot be represented must be refused; the document's keyword tells which is which. Of everything that decodes, strict
//! checking must say what the document says, place by place and keyword by keyword.

use serde_json::{Value, json};

use super::change::change;
use super::{Draw, Evidence, Findings, Oracle, Violation};
use crate::cases::Case;
use crate::client::{Decoded, Fault};
use crate::difference::{Difference, Problem};
use crate::document::{Conjunction, Document, DocumentError, Kind, Pointer};
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::keyword::{self, integers, of_each_type};
use crate::tolerances;

pub use super::change::first_change;

/// What decoding must do with a payload that has one fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// The value is kept, and comes back unchanged.
    Kept,
    /// The value is kept, and only its text shows that it was written otherwise than the document has it.
    Read,
    /// The value is taken, and reads as absent.
    ReadAsAbsent,
    /// The value is refused.
    Refused,
    /// Behind `oneOf`, `anyOf` and `not` the keyword alone doesn't tell.
    Open,
}

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
    let prepared = ground.prepared(schema)?;
    let base = prepared.cases.cases.iter().find(|case| case.fault.is_none());
    let Some(base) = base.and_then(|case| case.payload.as_object()) else { return Ok(()) };
    for name in undeclared {
        for value in [json!([]), json!({}), json!(7.5), json!("anything"), json!(null)] {
            let mut payload = base.clone();
            payload.insert(name.clone(), value);
            let payload = Value::Object(payload);
            let before = found.differences.len();
            if prepared.validator.accepts(&payload) {
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
        // A client may escape a name that could act on a terminal, and cut what is long.
        let is_plain = pointer.as_str().len() <= 100 && pointer.as_str().bytes().all(|byte| byte.is_ascii_graphic());
        if (is_plain && !printed.contains(pointer.as_str())) || !printed.contains(keyword) {
            let detail = format!("{}; of the fault at `{pointer}` the client prints `{printed}`", case.label);
            let place = Difference::place(schema.name, pointer);
            findings.add(Problem::OtherReason, place, keyword, detail, case.payload.clone());
        }
    }
}

/// What decoding must do with a payload, as far as one violation is concerned.
pub(super) fn promise(
    document: &Document,
    schema: &Conjunction<'_>,
    payload: &Value,
    violation: &Violation,
) -> Result<Promise, DocumentError> {
    let value = payload.pointer(violation.pointer.as_str());
    // What is wrong with an alternative is the union's fault, save that its tag names none.
    let holder = violation.pointer.parent().map(|(holder, _)| holder).unwrap_or_default();
    let is_union = |here: Option<Conjunction<'_>>| here.is_none_or(|here| !here.alternatives().is_empty());
    let (holder, own) = (schema.inner(document, &holder)?, schema.inner(document, &violation.pointer)?);
    let own = own.is_some_and(|own| is_union(Some(own)));
    if violation.keyword != "discriminator" && (own || is_union(holder)) {
        return Ok(Promise::Open);
    }
    Ok(match violation.keyword.as_str() {
        keyword if tolerances::blames_a_union(keyword) => Promise::Open,
        // What a condition, a pattern of names or a position says, no type can: it is kept and reported.
        "required" | "type" if !keyword::is_typed(schema, document, violation)? => Promise::Kept,
        "required" => Promise::Refused,
        // A null in an optional property can be represented: as absence.
        "type" | "enum" if value == Some(&Value::Null) => {
            let Some((parent, name)) = violation.pointer.parent() else { return Ok(Promise::Refused) };
            let Some(parent) = schema.inner(document, &parent)? else { return Ok(Promise::Open) };
            let optional = parent.kind() == Some(Kind::Object)
                && parent.properties().contains(&name.as_str())
                && !parent.required().contains(&name.as_str());
            // `nullable` without a `type` beside it has no effect; a client may keep what is meant by it, and reports it.
            let meant = || {
                let property = schema.inner(document, &violation.pointer).ok().flatten();
                property.is_some_and(|property| {
                    property.all("nullable").iter().any(|flag| flag.value == &Value::Bool(true))
                })
            };
            // Where a null is read as absence, what is said under a condition is said of another value.
            let is_asked = ["if", "dependentSchemas"].iter().any(|keyword| !parent.all(keyword).is_empty());
            match optional {
                true if is_asked => Promise::Open,
                true => Promise::ReadAsAbsent,
                false if parent.properties().contains(&name.as_str()) && meant() => Promise::Kept,
                false if meant() => Promise::Open,
                false => Promise::Refused,
            }
        }
        // What is left aside counts only where the text is counted.
        "minProperties" | "maxProperties" if leaves_aside(document, schema, violation, value)? => Promise::Read,
        // `1.0` is an integer by its value.
        "type" if tolerances::is_whole_fraction(payload, &violation.pointer) => {
            let place = schema.inner(document, &violation.pointer)?;
            let whole = value.and_then(Value::as_f64).map(|float| float as i128);
            let range = place.filter(|place| place.kind() == Some(Kind::Integer)).map(|place| integers::range(&place));
            match (range, whole) {
                (Some((least, most)), Some(whole)) if (least..=most).contains(&whole) => Promise::Read,
                _ => Promise::Refused,
            }
        }
        "type" => Promise::Refused,
        // A number outside of its format's range is no value of the type.
        "format" if value.is_some_and(Value::is_number) => Promise::Refused,
        "additionalProperties" => Promise::Kept,
        _ => Promise::Kept,
    })
}

/// Whether an object has properties that a client need not keep.
fn leaves_aside(
    document: &Document,
    schema: &Conjunction<'_>,
    violation: &Violation,
    value: Option<&Value>,
) -> Result<bool, DocumentError> {
    let Some(holder) = schema.inner(document, &violation.pointer)? else { return Ok(false) };
    let declared = holder.properties();
    let mut names = value.and_then(Value::as_object).into_iter().flat_map(|members| members.keys());
    let says = !holder.all("additionalProperties").is_empty() || declared.is_empty();
    Ok(!says && names.any(|name| !declared.contains(&name.as_str())))
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
