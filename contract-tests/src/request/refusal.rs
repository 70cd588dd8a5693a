//! Why the document refuses a request: a parameter or a body that its schema does not allow.
//!
//! What is written in one of OpenAPI's styles, in a form or in parts has no types on the wire, and a schema speaks of values:
//! a request is fine where one of the values is that it may stand for.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Field, Meaning, Meant, MeantBody, ReceivedPart, Shape, Wanted, cut, demands, is_ignored};
use crate::document::{
    Body, Conjunction, Document, DocumentError, Kind, MediaKind, Operation, Parameter, Pointer, Style, is_json,
};
use crate::oracle::Validator;

/// So many values that a form may stand for are looked at.
const MOST: usize = 64;

/// Why the document refuses a request of an operation, whose parameters and body must be what the compiled schemas say;
/// nothing where it takes the request.
pub fn refusal(
    document: &Document,
    operation: &Operation<'_>,
    meaning: &Meaning,
    parameters: &[Option<Arc<Validator>>],
    body: Option<(&Body<'_>, Option<&Validator>)>,
) -> Result<Option<String>, DocumentError> {
    if let Some(fault) = of_parameters(document, operation, parameters, meaning)? {
        return Ok(Some(fault));
    }
    match (&meaning.body, body) {
        (MeantBody::Absent, _) => Ok(operation.request_required.then(|| "the body is missing".into())),
        (meant, Some((body, validator))) => of_body(document, body, validator, meant),
        (_, None) => Ok(None),
    }
}

/// The same of the parameters alone.
pub(crate) fn of_parameters(
    document: &Document,
    operation: &Operation<'_>,
    validators: &[Option<Arc<Validator>>],
    meaning: &Meaning,
) -> Result<Option<String>, DocumentError> {
    for ((parameter, meant), validator) in operation.parameters.iter().zip(&meaning.parameters).zip(validators) {
        if is_ignored(parameter.place, parameter.name) {
            continue;
        }
        if let Some(fault) = of_parameter(document, parameter, validator.as_deref(), meant)? {
            let Parameter { place, name, pointer, .. } = parameter;
            return Ok(Some(format!("the {place} parameter `{name}` {fault} ({pointer})")));
        }
    }
    Ok(None)
}

fn of_parameter(
    document: &Document,
    parameter: &Parameter<'_>,
    validator: Option<&Validator>,
    meant: &Meant,
) -> Result<Option<String>, DocumentError> {
    let readings = match meant {
        Meant::Unreadable(reason) => return Ok(Some(format!("cannot be read: {reason}"))),
        Meant::Absent => {
            // An object without members is written as nothing at all.
            let spread = parameter.explode && parameter.style == Style::Form;
            let hollow = spread && validator.is_some_and(|validator| validator.accepts(&Value::Object(Map::new())));
            return Ok((parameter.required && !hollow).then(|| "is missing".to_owned()));
        }
        Meant::Readings(readings) => readings,
    };
    let Some(validator) = validator else { return Ok(None) };
    let schema = demands(document, parameter)?;
    let mut candidates = Vec::new();
    for reading in readings {
        candidates.extend(values(document, &schema, reading)?);
    }
    if candidates.iter().any(|candidate| validator.accepts(candidate)) {
        return Ok(None);
    }
    let Some(first) = candidates.first() else { return Ok(None) };
    let shown = first.as_str().map_or_else(|| first.to_string(), str::to_owned);
    Ok(Some(format!("is `{}`, which the document's schema refuses: {}", cut(&shown), listed(validator, first))))
}

/// Why the document refuses a body, which is of this media type.
pub(crate) fn of_body(
    document: &Document,
    body: &Body<'_>,
    validator: Option<&Validator>,
    meant: &MeantBody,
) -> Result<Option<String>, DocumentError> {
    let schema = match &body.schema {
        Some(schema) => Conjunction::of(document, schema.clone())?,
        None => Conjunction::anything(),
    };
    let candidates = match meant {
        MeantBody::Unreadable(reason) => return Ok(Some(format!("the body cannot be read: {reason}"))),
        MeantBody::Json(value) => vec![value.clone()],
        // XML and its like are text whose schema speaks of what the text stands for.
        MeantBody::Text(_) if !is_single(document, body)? => return Ok(None),
        MeantBody::Text(text) => values(document, &schema, &Shape::Text(text.clone()))?,
        MeantBody::Form(fields) => of_form(document, &schema, fields)?,
        MeantBody::Parts(parts) => return of_parts(document, body, &schema, validator, parts),
        MeantBody::Bytes(_) | MeantBody::Absent => return Ok(None),
    };
    let (Some(validator), Some(first)) = (validator, candidates.first()) else { return Ok(None) };
    let fine = candidates.iter().any(|candidate| validator.accepts(candidate));
    Ok((!fine).then(|| format!("the document's schema refuses the body: {}", listed(validator, first))))
}

/// Whether a body is text that stands for one value: a string, a number or a truth value.
pub fn is_single<'d>(document: &'d Document, body: &Body<'d>) -> Result<bool, DocumentError> {
    let Some(schema) = body.schema.clone().filter(|_| body.kind() == MediaKind::Text) else { return Ok(false) };
    let Wanted { text, list, object, .. } = Wanted::of(document, &Conjunction::of(document, schema)?)?;
    Ok(text && !list && !object)
}

fn listed(validator: &Validator, value: &Value) -> String {
    validator.violations(value).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The values that a reading may stand for by a schema: a string may be a number where the schema leaves it open.
fn values<'d>(document: &'d Document, schema: &Conjunction<'d>, reading: &Shape) -> Result<Vec<Value>, DocumentError> {
    let mut found = vec![reading.value(document, schema, false)?, reading.value(document, schema, true)?];
    found.dedup();
    Ok(found)
}

/// The objects that the fields of a form may stand for.
fn of_form<'d>(
    document: &'d Document,
    schema: &Conjunction<'d>,
    fields: &[Field],
) -> Result<Vec<Value>, DocumentError> {
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

/// Why the document refuses a body of parts. Of a file's content its schema says nothing that could be asked.
fn of_parts<'d>(
    document: &'d Document,
    body: &Body<'d>,
    schema: &Conjunction<'d>,
    validator: Option<&Validator>,
    parts: &[ReceivedPart],
) -> Result<Option<String>, DocumentError> {
    for part in parts {
        let listed = body.encoding_of(&part.name).and_then(|encoding| encoding.content_type);
        if let Some(listed) = listed.filter(|listed| !part.is_one_of(listed)) {
            let (name, found) = (&part.name, &part.media_type);
            return Ok(Some(format!(
                "the media type of the part `{name}` is {found:?}, and the document has `{listed}`"
            )));
        }
    }
    let Some(validator) = validator else { return Ok(None) };
    let mut first = None;
    for literal in [false, true] {
        let (mut object, mut files) = (Map::new(), Vec::new());
        for part in parts {
            let place = Pointer::root().child(&part.name);
            let inner = schema.property(document, &part.name)?.unwrap_or_else(Conjunction::anything);
            let whole = body.encoding_of(&part.name).and_then(|encoding| encoding.content_type).is_some_and(is_json);
            // Each item of a list is a part by itself.
            let is_list = !whole && inner.kind() == Some(Kind::Array);
            let of_part = if is_list { inner.items(document)? } else { inner };
            let text = || Shape::Text(String::from_utf8_lossy(&part.bytes).into_owned());
            let reading = part.readings().ok().and_then(|readings| readings.into_iter().next());
            let is_file = part.file.is_some() || reading.is_none();
            let value = reading.unwrap_or_else(text).value(document, &of_part, literal)?;
            let place = match object.entry(part.name.clone()).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(items) if is_list => {
                    items.push(value);
                    place.index(items.len() - 1)
                }
                held => {
                    *held = value;
                    place
                }
            };
            files.extend(is_file.then_some(place));
        }
        let mut found = validator.violations(&Value::Object(object));
        found.retain(|violation| !files.contains(&violation.pointer));
        if found.is_empty() {
            return Ok(None);
        }
        first.get_or_insert(found);
    }
    let found: Vec<String> = first.unwrap_or_default().iter().map(ToString::to_string).collect();
    Ok(Some(format!("the document's schema refuses the body: {}", found.join(", "))))
}
