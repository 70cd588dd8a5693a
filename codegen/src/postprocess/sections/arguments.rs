//! Arguments: each parameter of a call with its place, what it demands and what is said of it.

use serde_json::Value;

use super::{follow, items, quoted, said, values};
use crate::document::Document;
use crate::normalize::Parameter;
use crate::postprocess::{Context, Operation};

/// A line for each argument, under the name that it has in Rust.
pub fn arguments(context: &Context<'_>, operation: &Operation<'_>) -> String {
    let parameters = context.normalized.parameters.iter().filter(|parameter| parameter.operation == operation.name);
    let lines = parameters.map(|parameter| {
        let (traits, words) = described(context.document, operation, parameter);
        format!("- `{}` ({traits}){words}", parameter.ident)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The documentation of an argument's setter, under the name that the argument has on the wire.
pub fn setter(context: &Context<'_>, operation: &Operation<'_>, ident: &str) -> Option<String> {
    let parameter = named(context, operation, ident)?;
    let (traits, words) = described(context.document, operation, parameter);
    Some(format!("Sets {} ({traits}){words}", quoted(&parameter.wire)))
}

/// What is said of an argument, as it follows its name.
pub fn words_of(document: &Document, operation: &Operation<'_>, parameter: &Parameter) -> String {
    said(&values::words(document, original(document, operation, parameter)))
}

/// The parameter behind an identifier.
pub(super) fn named<'a>(context: &Context<'a>, operation: &Operation<'_>, ident: &str) -> Option<&'a Parameter> {
    let mut all = context.normalized.parameters.iter();
    all.find(|parameter| parameter.operation == operation.name && parameter.ident == ident)
}

fn described(document: &Document, operation: &Operation<'_>, parameter: &Parameter) -> (String, String) {
    let original = original(document, operation, parameter);
    let usual = if matches!(parameter.place.as_str(), "query" | "cookie") { "form" } else { "simple" };
    let required = if parameter.required { "required" } else { "optional" };
    let mut traits = vec![parameter.place.clone(), required.to_owned()];
    traits.extend(values::traits(document, original, usual));
    (traits.join(", "), said(&values::words(document, original)))
}

/// The parameter as the document has it: of the operation, or else of its path item.
pub(super) fn original<'a>(document: &'a Document, operation: &Operation<'a>, parameter: &Parameter) -> &'a Value {
    let item = operation.path_item(document);
    let all = items(operation.original, "parameters").iter().chain(items(item, "parameters"));
    let is_this = |found: &&Value| {
        found.get("name").is_some_and(|name| *name == parameter.wire)
            && found.get("in").is_some_and(|place| *place == parameter.place)
    };
    all.map(|found| follow(document, found)).find(is_this).unwrap_or(&Value::Null)
}
