//! A request's body, judged by the document's schema.

use serde_json::{Map, Value};

use crate::document::{Body, Conjunction, Document, DocumentError, Kind, Operation};
use crate::oracle::Validator;
use crate::request::{Field, Meaning, Meant, MeantBody, ReceivedPart, Shape};

/// So many values that a form may stand for are looked at.
const MOST: usize = 64;

/// What is wrong with a body.
pub(super) enum BodyFault {
    /// The document has no body of this media type.
    MediaType(String),
    /// The body is not as the document has it.
    Content(String),
}

/// The compiled schemas of an operation's bodies, in their order; none where nothing can be compiled.
pub(super) fn validators(document: &Document, operation: &Operation<'_>) -> Vec<Option<Validator>> {
    let schemas = operation.request.iter().map(|body| body.schema.clone());
    schemas.map(|schema| Validator::new(document, schema?).ok()).collect()
}

/// What is wrong with the body of a request.
pub(super) fn fault(
    document: &Document,
    operation: &Operation<'_>,
    validators: &[Option<Validator>],
    (media_type, is_empty): (&str, bool),
    meaning: &Meaning,
) -> Result<Option<BodyFault>, DocumentError> {
    let content = |fault: String| Ok(Some(BodyFault::Content(fault)));
    if operation.request.is_empty() {
        return Ok(None);
    }
    if is_empty {
        return match operation.request_required {
            true => content("the request has no body".to_owned()),
            false => Ok(None),
        };
    }
    let covering = operation.request.iter().zip(validators).filter(|(body, _)| body.covers(media_type));
    let Some((body, validator)) = covering.min_by_key(|(body, _)| body.media_type.matches('*').count()) else {
        let offered: Vec<&str> = operation.request.iter().map(|body| body.media_type).collect();
        let detail = format!("the document has no body of the media type `{media_type}`, only {}", offered.join(", "));
        return Ok(Some(BodyFault::MediaType(detail)));
    };
    let candidates = match &meaning.body {
        MeantBody::Unreadable(reason) => return content(format!("the body cannot be read: {reason}")),
        MeantBody::Json(value) => vec![value.clone()],
        MeantBody::Text(text) => vec![Value::String(text.clone())],
        MeantBody::Form(fields) => of_form(document, body, fields)?,
        MeantBody::Parts(parts) => vec![of_parts(document, body, parts)?],
        MeantBody::Bytes(_) | MeantBody::Absent => return Ok(None),
    };
    let Some(validator) = validator else { return Ok(None) };
    if candidates.iter().any(|candidate| validator.accepts(candidate)) {
        return Ok(None);
    }
    let Some(first) = candidates.first() else { return Ok(None) };
    let violations: Vec<String> = validator.violations(first).iter().map(ToString::to_string).collect();
    content(format!("the document's schema refuses the body: {}", violations.join(", ")))
}

/// The values that a reading may stand for by a schema: a string may be a number where the schema leaves it open.
pub(super) fn values<'d>(
    document: &'d Document,
    schema: &Conjunction<'d>,
    reading: &Shape,
) -> Result<Vec<Value>, DocumentError> {
    let mut found = vec![reading.value(document, schema, false)?, reading.value(document, schema, true)?];
    found.dedup();
    Ok(found)
}

fn demanded<'d>(document: &'d Document, body: &Body<'d>) -> Result<Conjunction<'d>, DocumentError> {
    match &body.schema {
        Some(schema) => Conjunction::of(document, schema.clone()),
        None => Ok(Conjunction::anything()),
    }
}

/// The objects that the fields of a form may stand for.
fn of_form(document: &Document, body: &Body<'_>, fields: &[Field]) -> Result<Vec<Value>, DocumentError> {
    let schema = demanded(document, body)?;
    let mut objects = vec![Map::new()];
    for field in fields {
        let inner = schema.property(document, &field.name)?.unwrap_or_else(Conjunction::anything);
        let mut of_field = Vec::new();
        match &field.meant {
            Meant::Readings(readings) => {
                for reading in readings {
                    of_field.extend(values(document, &inner, reading)?);
                }
            }
            Meant::Unreadable(text) => of_field.push(Value::String(text.clone())),
            Meant::Absent => continue,
        }
        let with = |object: &Map<String, Value>, value: Value| {
            let mut object = object.clone();
            object.insert(field.name.clone(), value);
            object
        };
        let all = objects.iter().flat_map(|object| of_field.iter().map(move |value| with(object, value.clone())));
        objects = all.take(MOST).collect();
    }
    Ok(objects.into_iter().map(Value::Object).collect())
}

/// The object that the parts of a form stand for; a file stands there as a string.
fn of_parts(document: &Document, body: &Body<'_>, parts: &[ReceivedPart]) -> Result<Value, DocumentError> {
    let schema = demanded(document, body)?;
    let mut object = Map::new();
    for part in parts {
        let inner = schema.property(document, &part.name)?.unwrap_or_else(Conjunction::anything);
        let is_list = inner.kind() == Some(Kind::Array);
        let of_part = if is_list { inner.items(document)? } else { inner };
        let text = || Shape::Text(String::from_utf8_lossy(&part.bytes).into_owned());
        let reading = part.readings().ok().and_then(|readings| readings.into_iter().next()).unwrap_or_else(text);
        let value = reading.value(document, &of_part, false)?;
        match object.entry(part.name.clone()).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(items) if is_list => items.push(value),
            held => *held = value,
        }
    }
    Ok(Value::Object(object))
}
