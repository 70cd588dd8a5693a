//! `newer-keyword`: what only OpenAPI 3.1 and JSON Schema give a meaning says nothing in OpenAPI 3.0.

use crate::diagnostic::Level;
use crate::spec::Kind;
use crate::version::Version;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "newer-keyword",
    level: Level::Warning,
    description: "A 3.0 document has no keyword that only 3.1 gives a meaning.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    if Version::of(survey.document.root()) == Some(Version::V3_1) {
        return;
    }
    for object in survey.objects() {
        for name in object.fields.keys() {
            let Some(instead) = instead(object.kind, name) else { continue };
            let place = object.at(name);
            let message =
                format!("`{name}` is a keyword of OpenAPI 3.1 or JSON Schema, and has no effect in OpenAPI 3.0");
            // References may lead to these.
            let reading = match name.as_str() {
                "$defs" | "definitions" | "pathItems" => Reading::AsWritten,
                _ => Reading::Without(place.clone()),
            };
            findings.at_key(&place, message, instead).read(reading);
        }
    }
}

/// Keywords of OpenAPI 3.1 and of JSON Schema, and what says the same in OpenAPI 3.0.
static NEWER: &[(Kind, &str, &str)] = &[
    (Kind::Schema, "const", "use `enum` with this one value"),
    (Kind::Schema, "examples", "use `example` with one value"),
    (Kind::Schema, "$defs", "move the schemas to `components/schemas`"),
    (Kind::Schema, "definitions", "move the schemas to `components/schemas`"),
    (Kind::Schema, "patternProperties", "use `additionalProperties`"),
    (Kind::Schema, "prefixItems", "use `items` with one schema"),
    (Kind::Schema, "contentEncoding", "use `format: byte` for base64"),
    (Kind::Schema, "contentMediaType", "use `format: binary`"),
    (Kind::Schema, "contentSchema", "remove it: there is no equivalent"),
    (Kind::Schema, "additionalItems", "remove it: `items` is one schema for all items"),
    (Kind::Schema, "if", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "then", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "else", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "contains", "remove it: there is no equivalent"),
    (Kind::Schema, "minContains", "remove it: there is no equivalent"),
    (Kind::Schema, "maxContains", "remove it: there is no equivalent"),
    (Kind::Schema, "propertyNames", "remove it: there is no equivalent"),
    (
        Kind::Schema,
        "unevaluatedProperties",
        "declare beside it all the properties that its alternatives have, and use `additionalProperties`",
    ),
    (Kind::Schema, "unevaluatedItems", "use `items`, which is about the items behind `prefixItems`"),
    (Kind::Schema, "dependentRequired", "remove it: there is no equivalent"),
    (Kind::Schema, "dependentSchemas", "remove it: there is no equivalent"),
    (Kind::Schema, "dependencies", "remove it: there is no equivalent"),
    (Kind::Schema, "$comment", "use `description`, or a YAML comment"),
    (Kind::Schema, "$vocabulary", "remove it"),
    (Kind::Schema, "$schema", "remove it: the document's version decides"),
    (Kind::Schema, "$id", "remove it, and refer to `#/components/schemas/…`"),
    (Kind::Schema, "id", "remove it, and refer to `#/components/schemas/…`"),
    (Kind::Schema, "$anchor", "remove it, and refer to `#/components/schemas/…`"),
    (Kind::Schema, "$dynamicRef", "use `$ref`"),
    (Kind::Schema, "$dynamicAnchor", "remove it, and refer to `#/components/schemas/…`"),
    (Kind::OpenApi, "webhooks", "describe them as `callbacks`, or in a document of their own"),
    (Kind::OpenApi, "jsonSchemaDialect", "remove it"),
    (Kind::Info, "summary", "use `description`"),
    (Kind::License, "identifier", "use `url`"),
    (Kind::Components, "pathItems", "write them under `paths`"),
];

/// What to write instead of a field that only newer versions know; `None` for any other field.
pub(super) fn instead(kind: Kind, name: &str) -> Option<&'static str> {
    NEWER.iter().find(|(of, field, _)| *of == kind && *field == name).map(|(.., instead)| *instead)
}
