//! Where references may stand in a document, and what they lead to.

/// What the values of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Kind {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Responses,
    Response,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Callback,
    Example,
    Link,
    SecurityScheme,
    Schema,
    Discriminator,
    /// Anything else that is no payload.
    Plain,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Want {
    One(Kind),
    List(Kind),
    Map(Kind),
}

use Kind::*;
use Want::{List, Map, One};

/// The sections of the components.
const SECTIONS: [(&str, Kind); 9] = [
    ("callbacks", Callback),
    ("examples", Example),
    ("headers", Header),
    ("links", Link),
    ("parameters", Parameter),
    ("requestBodies", RequestBody),
    ("responses", Response),
    ("schemas", Schema),
    ("securitySchemes", SecurityScheme),
];

/// The section of the components where this kind is found; nothing where it cannot be one.
pub(super) fn section_of(kind: Kind) -> Option<&'static str> {
    SECTIONS.iter().find(|entry| entry.1 == kind).map(|entry| entry.0)
}

/// The section with a name, and what is in it.
pub(super) fn section(name: &str) -> Option<(&'static str, Kind)> {
    SECTIONS.iter().find(|entry| entry.0 == name).copied()
}

/// What stands in a field of an object; nothing for payloads and extensions.
pub(in crate::document) fn field(kind: Kind, name: &str) -> Option<Want> {
    if name.starts_with("x-") && kind != SecurityScheme && kind != Callback {
        return None;
    }
    let want = match (kind, name) {
        (Document, "paths") => One(Paths),
        (Document, "webhooks") | (Components, "pathItems") => Map(PathItem),
        (Document, "components") => One(Components),
        (Components, name) => Map(section(name)?.1),
        (Paths, name) if name.starts_with('/') => One(PathItem),
        (Paths, _) | (PathItem, "$ref") => return None,
        (PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => One(Operation),
        (PathItem | Operation, "parameters") => List(Parameter),
        (Operation, "requestBody") => One(RequestBody),
        (Operation, "responses") => One(Responses),
        (Operation, "callbacks") => Map(Callback),
        (Responses, _) => One(Response),
        (Callback, name) if name.starts_with("x-") => return None,
        (Callback, _) => One(PathItem),
        (Response | Encoding, "headers") => Map(Header),
        (Response, "links") => Map(Link),
        (Response | Parameter | Header | RequestBody, "content") => Map(MediaType),
        (Parameter | Header | MediaType, "schema") => One(Schema),
        (Parameter | Header | MediaType, "examples") => Map(Example),
        (MediaType, "encoding") => Map(Encoding),
        (Parameter | Header | MediaType | Schema, "example") => return None,
        (Example, "value") | (Link, "parameters" | "requestBody") => return None,
        (Schema, "$ref" | "examples" | "default" | "enum" | "const") => return None,
        (Schema, "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions") => Map(Schema),
        (Schema, "allOf" | "anyOf" | "oneOf" | "prefixItems") => List(Schema),
        (
            Schema,
            "items"
            | "not"
            | "additionalProperties"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "contentSchema"
            | "unevaluatedItems"
            | "unevaluatedProperties",
        ) => One(Schema),
        (Schema, "discriminator") => One(Discriminator),
        (Discriminator, "mapping") => return None,
        (Plain, "scopes") => return None,
        _ => One(Plain),
    };
    Some(want)
}
