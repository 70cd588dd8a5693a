//! Parameters: each with its place, what it demands and what is said of it.

use syn::Attribute;

use super::{quoted, said, values};
use crate::keyword::deprecated;
use crate::model::{Api, Operation, Parameter};
use crate::write::doc::doc;

/// A line for each parameter, under the name that it has in Rust.
pub fn arguments(api: &Api<'_>, operation: &Operation<'_>) -> String {
    let lines =
        operation.parameters.iter().map(|parameter| format!("- `{}`{}", parameter.ident, described(api, parameter)));
    lines.collect::<Vec<_>>().join("\n")
}

/// The documentation of a parameter's setter, under the name that the parameter has on the wire, and its mark where it is
/// deprecated.
pub fn of_setter(api: &Api<'_>, parameter: &Parameter<'_>) -> Vec<Attribute> {
    let mut attributes = doc(&format!("Sets {}{}", quoted(parameter.wire), described(api, parameter)));
    let deprecation = parameter.described.deprecated.as_ref();
    attributes.extend(deprecation.map(|deprecation| deprecated::attribute(deprecation.reason)));
    attributes
}

/// What is said of a parameter, as it follows its name.
pub fn remarks(api: &Api<'_>, parameter: &Parameter<'_>) -> String {
    said(&values::remarks(api, &parameter.described))
}

fn described(api: &Api<'_>, parameter: &Parameter<'_>) -> String {
    let required = if parameter.required { "required" } else { "optional" };
    let mut traits = vec![parameter.location.key().to_owned(), required.to_owned()];
    traits.extend(values::traits(api, &parameter.described, parameter.location.default_style().key()));
    format!(" ({}){}", traits.join(", "), remarks(api, parameter))
}
