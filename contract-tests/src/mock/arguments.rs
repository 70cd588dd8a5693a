//! A request's parameters, judged by the document's schemas.
//!
//! A parameter is written in one of OpenAPI's styles, and its schema speaks of values: a request passes where one of the
//! values passes that a parameter may stand for.

use serde_json::Value;

use super::bodies::values;
use crate::document::{Document, DocumentError, Operation, Parameter, Style};
use crate::oracle::Validator;
use crate::request::{IGNORED, Meaning, Meant, Shape, demands};

/// The compiled schemas of an operation's parameters, in their order; none where nothing is demanded, or nothing can be
/// compiled.
pub(super) fn validators(document: &Document, operation: &Operation<'_>) -> Vec<Option<Validator>> {
    let schemas = operation.parameters.iter().map(|parameter| parameter.schema.clone());
    schemas.map(|schema| Validator::new(document, schema?).ok()).collect()
}

/// What is wrong with the parameters of a request, as a sentence.
pub(super) fn fault(
    document: &Document,
    operation: &Operation<'_>,
    validators: &[Option<Validator>],
    meaning: &Meaning,
) -> Result<Option<String>, DocumentError> {
    for ((parameter, meant), validator) in operation.parameters.iter().zip(&meaning.parameters).zip(validators) {
        if parameter.place == "header" && IGNORED.contains(&parameter.name.to_ascii_lowercase().as_str()) {
            continue;
        }
        if let Some(fault) = fault_of(document, parameter, validator.as_ref(), meant)? {
            return Ok(Some(format!("the {} parameter `{}` {fault}", parameter.place, parameter.name)));
        }
    }
    Ok(None)
}

fn fault_of(
    document: &Document,
    parameter: &Parameter<'_>,
    validator: Option<&Validator>,
    meant: &Meant,
) -> Result<Option<String>, DocumentError> {
    let readings = match meant {
        Meant::Unreadable(reason) => return Ok(Some(format!("cannot be read: {reason}"))),
        // An object without members is written as nothing at all.
        Meant::Absent if parameter.required && parameter.explode && parameter.style == Style::Form => {
            let is_empty = validator.is_some_and(|validator| validator.accepts(&Value::Object(serde_json::Map::new())));
            return Ok((!is_empty).then(|| "is missing".to_owned()));
        }
        Meant::Absent => return Ok(parameter.required.then(|| "is missing".to_owned())),
        Meant::Readings(readings) => readings,
    };
    let Some(validator) = validator else { return Ok(None) };
    let schema = demands(document, parameter)?;
    let mut candidates = Vec::new();
    for reading in readings.iter().cloned().chain(readings.iter().filter_map(|reading| loosely(parameter, reading))) {
        candidates.extend(values(document, &schema, &reading)?);
    }
    if candidates.iter().any(|candidate| validator.accepts(candidate)) {
        return Ok(None);
    }
    let Some(first) = candidates.first() else { return Ok(None) };
    let found: Vec<String> = validator.violations(first).iter().map(ToString::to_string).collect();
    let shown = first.as_str().map_or_else(|| first.to_string(), str::to_owned);
    Ok(Some(format!("is `{shown}`, which the document's schema refuses: {}", found.join(", "))))
}

/// A list whose delimiters are percent-encoded, as many programs write them in a query.
fn loosely(parameter: &Parameter<'_>, reading: &Shape) -> Option<Shape> {
    let delimiter = match parameter.style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        Style::Form if !parameter.explode => ',',
        _ => return None,
    };
    let Shape::List(items) = reading else { return None };
    let [Shape::Text(text)] = items.as_slice() else { return None };
    text.contains(delimiter)
        .then(|| Shape::List(text.split(delimiter).map(|item| Shape::Text(item.to_owned())).collect()))
}
