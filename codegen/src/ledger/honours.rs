//! Where each keyword of OpenAPI 3.0 is honoured: the one table that the ledger and the lint rule `lost-keyword` read.

use crate::document::spec::Kind;

/// What honours a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Honour {
    /// The Rust type itself says it.
    Type,
    /// A constructor, or the final step of a builder, refuses what the keyword refuses.
    Constructor,
    /// `conformance()`, or strict mode, reports what the keyword refuses.
    Conformance,
    /// The JSON Schema of the feature `schemars` says it.
    DerivedSchema,
    /// The call itself keeps to it.
    Runtime,
    /// The documentation says it.
    Documentation,
    /// `example()` gives it.
    Example,
}

impl Honour {
    /// As the ledger writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Constructor => "constructor",
            Self::Conformance => "conformance",
            Self::DerivedSchema => "derived schema",
            Self::Runtime => "runtime",
            Self::Documentation => "documentation",
            Self::Example => "`example()`",
        }
    }
}

/// The objects whose keywords the client promises to honour.
pub const PROMISED: [Kind; 6] =
    [Kind::Operation, Kind::Parameter, Kind::RequestBody, Kind::Encoding, Kind::Response, Kind::Schema];

use Honour::{Conformance, Constructor, DerivedSchema, Documentation, Example, Runtime, Type};

/// What honours a keyword of an object; nothing where the client loses it.
pub fn honours(kind: Kind, keyword: &str) -> &'static [Honour] {
    match kind {
        Kind::Schema => schema(keyword),
        Kind::Parameter => parameter(keyword),
        Kind::Operation => operation(keyword),
        Kind::RequestBody => match keyword {
            "description" => &[Documentation],
            "content" | "required" => &[Type, Runtime, Documentation],
            _ => &[],
        },
        Kind::Encoding => match keyword {
            "style" | "explode" => &[Runtime],
            // The parts of a form are the caller's, who reads this at the setter of the body.
            "contentType" | "headers" => &[Documentation],
            // In a body, unlike in a query, reserved characters are always encoded.
            _ => &[],
        },
        Kind::Response => match keyword {
            "description" | "headers" | "links" => &[Documentation],
            "content" => &[Type, Runtime, Documentation],
            _ => &[],
        },
        _ => &[],
    }
}

fn schema(keyword: &str) -> &'static [Honour] {
    match keyword {
        "type" | "items" | "properties" => &[Type, DerivedSchema],
        "required" | "nullable" | "additionalProperties" => &[Type, Conformance, DerivedSchema],
        "allOf" => &[Type, Conformance],
        "not" => &[Conformance],
        "oneOf" | "anyOf" => &[Type, Conformance, DerivedSchema],
        "discriminator" => &[Type, DerivedSchema, Documentation],
        "enum" | "x-maxBytes" | "minLength" | "maxLength" | "pattern" => {
            &[Type, Constructor, Conformance, DerivedSchema, Documentation]
        }
        "format" => &[Type, Constructor, Conformance, DerivedSchema, Documentation],
        "multipleOf" | "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" | "minItems" | "maxItems"
        | "uniqueItems" | "minProperties" | "maxProperties" => {
            &[Constructor, Conformance, DerivedSchema, Documentation]
        }
        "title" | "description" | "default" | "readOnly" | "writeOnly" => &[DerivedSchema, Documentation],
        "deprecated" | "x-deprecated-reason" => &[Type, DerivedSchema, Documentation],
        "example" => &[Example, DerivedSchema, Documentation],
        "externalDocs" | "xml" => &[DerivedSchema],
        _ => &[],
    }
}

fn parameter(keyword: &str) -> &'static [Honour] {
    match keyword {
        "name" | "in" | "style" | "explode" | "content" => &[Runtime, Documentation],
        "required" | "schema" => &[Type, Runtime, Documentation],
        "deprecated" => &[Type, Documentation],
        "description" | "example" | "examples" => &[Documentation],
        // An empty value is sent as it is.
        "allowEmptyValue" | "allowReserved" => &[Runtime, Documentation],
        _ => &[],
    }
}

fn operation(keyword: &str) -> &'static [Honour] {
    match keyword {
        "operationId" | "parameters" | "requestBody" | "responses" => &[Type, Runtime],
        "security" => &[Type, Runtime],
        "servers" => &[Runtime, Documentation],
        "summary" | "description" | "tags" | "externalDocs" | "callbacks" => &[Documentation],
        "deprecated" => &[Type, Documentation],
        _ => &[],
    }
}
