//! A request's parameters, judged by the document's schemas.
//!
//! Unlike the judge, a mock server takes lists in more than one spelling.

use std::sync::Arc;

use crate::document::{Document, DocumentError, Operation, Parameter, Style};
use crate::oracle::Validator;
use crate::request::{Meaning, Meant, Shape, of_parameters};

/// The compiled schemas of an operation's parameters, in their order; none where nothing is demanded, or nothing can be
/// compiled.
pub(super) fn validators(document: &Document, operation: &Operation<'_>) -> Vec<Option<Arc<Validator>>> {
    let schemas = operation.parameters.iter().map(|parameter| parameter.schema.clone());
    schemas.map(|schema| Validator::stated(document, schema?).ok().map(Arc::new)).collect()
}

/// What is wrong with the parameters of a request, as a sentence. Lists may be written as many programs write them.
pub(super) fn fault(
    document: &Document,
    operation: &Operation<'_>,
    validators: &[Option<Arc<Validator>>],
    meaning: &Meaning,
) -> Result<Option<String>, DocumentError> {
    let mut meaning = meaning.clone();
    for (parameter, meant) in operation.parameters.iter().zip(&mut meaning.parameters) {
        if let Meant::Readings(readings) = meant {
            readings.extend(readings.clone().iter().filter_map(|reading| loosely(parameter, reading)));
        }
    }
    of_parameters(document, operation, validators, &meaning)
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
