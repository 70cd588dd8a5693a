//! `format`: what a string or number stands for.

use quote::{format_ident, quote};
use serde_json::Value;

use super::{Derived, Integer, Keyword, Of, Rule};
use crate::claim::Claim;
use crate::spec::Shape::Text;

/// The keyword's name.
pub const NAME: &str = "format";

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    derived: Derived::Constraint,
    also: |schema| match schema.and_then(of) {
        // A format that has no type of its own is passed on and described.
        Some(format) if !is_of_numbers(format) && string_type(format).is_none() => &[],
        _ => &[Claim::Type],
    },
    ..Keyword::assertion(
        NAME,
        Text,
        // By itself a format has a type of the runtime; beside other rules it is one of them.
        Rule::of(Of::Strings, |schema| {
            let format = format_ident!("{}", string_type(of(schema)?)?);
            Some(quote!(format: Some(super::runtime::Format::#format)))
        }),
        "format {}",
    )
}];

/// Whether a format says which type of Rust a number has.
fn is_of_numbers(format: &str) -> bool {
    matches!(format, "float" | "double") || Integer::named(format).is_some()
}

/// Which values a format is about.
pub fn about(format: &str) -> Of {
    if is_of_numbers(format) { Of::Numbers } else { Of::Strings }
}

/// The formats that mean something: those that OpenAPI 3.0 defines, those of its registry and of JSON Schema, and those of integers.
pub fn known() -> impl Iterator<Item = &'static str> + Clone {
    DESCRIBED.into_iter().chain(Integer::formats())
}

/// The formats that are not those of integers.
const DESCRIBED: [&str; 30] = [
    "float",
    "double",
    "byte",
    "binary",
    "date",
    "date-time",
    "password",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uuid",
    "decimal",
    "decimal128",
    "char",
    "time",
    "duration",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "uri-reference",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "html",
    "media-range",
    "base64url",
];

/// The format of a schema.
pub fn of(schema: &Value) -> Option<&str> {
    schema.get(NAME).and_then(Value::as_str)
}

/// The runtime's type for strings of a format; none for one that only describes, such as `password` or one that OpenAPI
/// does not know.
pub fn string_type(format: &str) -> Option<&'static str> {
    Some(match format {
        "byte" => "Base64",
        "date" => "Date",
        "date-time" => "DateTime",
        "email" => "Email",
        "hostname" => "Hostname",
        "ipv4" => "Ipv4",
        "ipv6" => "Ipv6",
        "uri" => "Uri",
        "uuid" => "Uuid",
        _ => return None,
    })
}

/// A format that the rules of a string do not have, since nothing checks it.
pub fn unchecked(schema: &Value) -> Option<&Value> {
    schema.get(NAME).filter(|format| format.as_str().is_none_or(|format| string_type(format).is_none()))
}
