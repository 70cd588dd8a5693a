//! The cases of a document as lines of JSON, for tests in any language.

use std::io::Write;

use serde::Serialize;
use serde_json::Value;

use super::Case;
use crate::diagnostic::Diagnostic;
use crate::document::{Conjunction, Document, DocumentError, Kind, Located, Pointer, Way};
use crate::judge::JudgeError;
use crate::prepared::Preparation;

/// Why there are no lines.
#[derive(Debug, thiserror::Error)]
pub enum LinesError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The lines could not be written.
    #[error("the cases could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// One case.
#[derive(Debug, Serialize)]
struct Line<'c> {
    /// The named schema that the payload is one of.
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'c str>,
    /// The operation in whose requests or responses it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'c str>,
    /// Where it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'c str>,
    /// What it is sent in; `both` where the schema means the same to requests and to responses.
    direction: &'static str,
    /// Whether it conforms to the document.
    valid: bool,
    /// Of what does not: where in the payload, and the keyword that is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'c Pointer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<&'c str>,
    /// What is special about it.
    label: &'c str,
    /// The payload.
    payload: &'c Value,
}

/// What the payloads of some lines are of.
#[derive(Default)]
struct Subject<'s> {
    schema: Option<&'s str>,
    operation: Option<&'s str>,
    place: Option<String>,
    direction: &'static str,
}

/// Writes the cases of each named schema, or of a single one, and of what operations send and receive. What of the document has
/// none is returned with the reason; nothing where there is no schema of that name.
pub fn write(
    document: &Document,
    only: Option<&str>,
    out: &mut impl Write,
) -> Result<Option<Vec<Diagnostic>>, LinesError> {
    let (requests, responses) = (document.meaning(Way::Request), document.meaning(Way::Response));
    let mut lines =
        Lines { sent: Preparation::of(requests), received: Preparation::of(responses), faults: Vec::new(), out };
    let mut found = false;
    for (name, raw) in
        document.component_schemas().into_iter().filter(|(name, _)| only.is_none_or(|only| only == *name))
    {
        found = true;
        let ways = [(Way::Request, requests, "request"), (Way::Response, responses, "response")];
        let mut all = Vec::new();
        for (way, meant, direction) in ways {
            let cases = meant.at(&raw.pointer).map(|schema| lines.cases(document, way, schema)).transpose()?;
            all.extend(cases.map(|cases| (cases, direction)));
        }
        if let [(sent, _), (received, _)] = all.as_slice()
            && alike(sent, received)
        {
            all.remove(0);
            all[0].1 = "both";
        }
        for (cases, direction) in all {
            lines.write(&cases, &Subject { schema: Some(name), direction, ..Subject::default() })?;
        }
    }
    if only.is_some() {
        return Ok(found.then_some(lines.faults));
    }
    for operation in requests.operations()? {
        let subject = |place| Subject {
            operation: Some(&operation.id),
            place: Some(place),
            direction: "request",
            ..Subject::default()
        };
        for parameter in &operation.parameters {
            if let Some(schema) = &parameter.schema {
                let subject = subject(format!("{} {}", parameter.place, parameter.name));
                let cases = lines.cases(document, Way::Request, schema.clone())?;
                lines.write(&cases, &subject)?;
            }
        }
        for body in &operation.request {
            if let Some(schema) = &body.schema {
                let cases = lines.cases(document, Way::Request, schema.clone())?;
                lines.write(&cases, &subject(format!("body {}", body.media_type)))?;
            }
        }
    }
    for operation in responses.operations()? {
        for response in &operation.responses {
            for body in &response.bodies {
                let Some(schema) = &body.schema else { continue };
                let place = Some(format!("{} {}", response.status, body.media_type));
                let subject =
                    Subject { operation: Some(&operation.id), place, direction: "response", ..Subject::default() };
                let cases = lines.cases(document, Way::Response, schema.clone())?;
                lines.write(&cases, &subject)?;
            }
        }
    }
    Ok(Some(lines.faults))
}

struct Lines<'d, 'o, W> {
    sent: Preparation<'d>,
    received: Preparation<'d>,
    /// What has no cases, and why.
    faults: Vec<Diagnostic>,
    out: &'o mut W,
}

impl<'d, W: Write> Lines<'d, '_, W> {
    /// The cases of a schema; none where it has none, which is noted.
    fn cases(&mut self, document: &Document, way: Way, schema: Located<'d>) -> Result<Vec<Case>, LinesError> {
        let preparation = if way == Way::Request { &mut self.sent } else { &mut self.received };
        let cases = match preparation.cases(schema.clone()) {
            Ok(cases) => cases,
            Err(error) => {
                let reason = Diagnostic::of_judging(document, &JudgeError::Strategy(error));
                if !self.faults.iter().any(|known| known.message == reason.message) {
                    self.faults.push(reason);
                }
                return Ok(Vec::new());
            }
        };
        let mut kept = Vec::new();
        for case in &cases.cases {
            if !is_of_clients(document.meaning(way), &schema, case)? {
                kept.push(case.clone());
            }
        }
        Ok(kept)
    }

    fn write(&mut self, cases: &[Case], subject: &Subject<'_>) -> Result<(), LinesError> {
        for case in cases {
            let line = Line {
                schema: subject.schema,
                operation: subject.operation,
                place: subject.place.as_deref(),
                direction: subject.direction,
                valid: case.fault.is_none(),
                pointer: case.fault.as_ref().map(|fault| &fault.pointer),
                keyword: case.fault.as_ref().map(|fault| fault.keyword.as_str()),
                label: &case.label,
                payload: &case.payload,
            };
            serde_json::to_writer(&mut *self.out, &line).map_err(std::io::Error::from)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn alike(one: &[Case], other: &[Case]) -> bool {
    let same = |(one, other): (&Case, &Case)| one.payload == other.payload && one.fault == other.fault;
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// Whether a case is about what this repository's clients promise and the document does not say: that an integer without a
/// format has 64 bits.
fn is_of_clients(document: &Document, schema: &Located<'_>, case: &Case) -> Result<bool, DocumentError> {
    let beyond = |value: &Value| {
        let float = value.as_f64().unwrap_or_default();
        value.is_u64() || value.is_i64() || (float.fract() == 0.0 && float.abs() >= i64::MAX as f64)
    };
    let Some(fault) = &case.fault else { return Ok(false) };
    // Of a union no alternative says why it is refused, and the number may be all that is wrong.
    if matches!(fault.keyword.as_str(), "anyOf" | "oneOf") {
        return Ok(case.payload.pointer(fault.pointer.as_str()).is_some_and(has_more_than_64_bits));
    }
    if fault.keyword != "type"
        || !case.payload.pointer(fault.pointer.as_str()).is_some_and(|value| value.is_number() && beyond(value))
    {
        return Ok(false);
    }
    let here = Conjunction::of(document, schema.clone())?.inner(document, &fault.pointer)?;
    Ok(here.is_some_and(|here| here.kind() == Some(Kind::Integer)))
}

/// Whether an integer in a value is beyond 64 bits.
fn has_more_than_64_bits(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_more_than_64_bits),
        Value::Object(members) => members.values().any(has_more_than_64_bits),
        Value::Number(number) if !number.is_i64() => {
            number.as_f64().is_some_and(|float| float.fract() == 0.0 && float.abs() >= i64::MAX as f64)
        }
        _ => false,
    }
}
