//! The sections of components, and what may stand where.

use crate::document::Pointer;
use crate::spec::{Kind, Shape};

/// The sections of components, and what stands in each.
const SECTIONS: [(&str, Kind); 9] = [
    ("schemas", Kind::Schema),
    ("responses", Kind::Response),
    ("parameters", Kind::Parameter),
    ("examples", Kind::Example),
    ("requestBodies", Kind::RequestBody),
    ("headers", Kind::Header),
    ("securitySchemes", Kind::SecurityScheme),
    ("links", Kind::Link),
    ("callbacks", Kind::Callback),
];

/// The section of a kind of object.
pub(super) fn section(kind: Kind) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, known)| *known == kind).map(|(name, _)| *name)
}

/// A section by its name.
pub(super) fn section_named(name: &str) -> Option<&'static str> {
    SECTIONS.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

/// What stands in a section.
pub(super) fn shape_of_section(section: &str) -> Shape {
    SECTIONS.iter().find(|(name, _)| *name == section).map_or(Shape::Any, |(_, kind)| Shape::Referable(*kind))
}

/// Whether a pointer leads to the components, or to a section of them.
pub(super) fn is_section(at: &Pointer) -> bool {
    let tokens: Vec<String> = at.tokens().collect();
    matches!(tokens.as_slice(), [components] | [components, _] if components == "components")
}

/// What stands in a field: also in those that OpenAPI 3.1 has and 3.0 does not.
pub(crate) fn shape_of(kind: Kind, name: &str) -> Option<Shape> {
    const SCHEMA: Shape = Shape::Referable(Kind::Schema);
    kind.shape_of(name).or(match (kind, name) {
        (Kind::OpenApi, "webhooks") | (Kind::Components, "pathItems") => {
            Some(Shape::Map(&Shape::Object(Kind::PathItem)))
        }
        (Kind::Schema, "$defs" | "definitions" | "patternProperties" | "dependentSchemas") => Some(Shape::Map(&SCHEMA)),
        (Kind::Schema, "prefixItems") => Some(Shape::List(&SCHEMA)),
        (
            Kind::Schema,
            "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "contentSchema"
            | "unevaluatedItems"
            | "unevaluatedProperties",
        ) => Some(SCHEMA),
        _ => None,
    })
}
