//! `unknown-field`: a misspelled keyword would silently not count.

use serde_json::{Map, Value};

use crate::spec::{Kind, Others};

use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    level: Level::Error,
    description: "Every field is one that OpenAPI 3.0 defines, or starts with `x-`.",
    check,
};

/// Keywords of OpenAPI 3.1 and of JSON Schema, and what says the same in OpenAPI 3.0.
const NEWER: &[(Kind, &str, &str)] = &[
    (Kind::Schema, "const", "use `enum` with this one value"),
    (Kind::Schema, "examples", "use `example` with one value"),
    (Kind::Schema, "$defs", "move the schemas to `components/schemas`"),
    (Kind::Schema, "definitions", "move the schemas to `components/schemas`"),
    (Kind::Schema, "patternProperties", "use `additionalProperties`"),
    (Kind::Schema, "prefixItems", "use `items` with one schema"),
    (Kind::Schema, "contentEncoding", "use `format: byte` for base64"),
    (Kind::Schema, "contentMediaType", "use `format: binary`"),
    (Kind::Schema, "additionalItems", "remove it: `items` is one schema for all items"),
    (Kind::Schema, "if", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "then", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "else", "use `oneOf` or `anyOf`"),
    (Kind::Schema, "contains", "remove it: nothing says the same"),
    (Kind::Schema, "minContains", "remove it: nothing says the same"),
    (Kind::Schema, "maxContains", "remove it: nothing says the same"),
    (Kind::Schema, "propertyNames", "remove it: nothing says the same"),
    (Kind::Schema, "unevaluatedProperties", "use `additionalProperties`"),
    (Kind::Schema, "unevaluatedItems", "remove it: nothing says the same"),
    (Kind::Schema, "dependentRequired", "remove it: nothing says the same"),
    (Kind::Schema, "dependentSchemas", "remove it: nothing says the same"),
    (Kind::Schema, "dependencies", "remove it: nothing says the same"),
    (Kind::Schema, "$comment", "use `description`, or a comment of YAML's"),
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

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for visit in survey.visits() {
        let Some((kind, fields)) = visit.object() else { continue };
        let definition = kind.definition();
        // That a path lacks its slash, `path-syntax` says.
        if definition.others == Others::Paths {
            continue;
        }
        for name in fields.keys() {
            let is_extension = definition.is_extensible && name.starts_with("x-");
            // That a reference is no text, `wrong-type` says.
            let is_reference = name == "$ref" && visit.shape.is_referable();
            if is_extension || is_reference || kind.shape_of(name).is_some() {
                continue;
            }
            let pointer = visit.pointer.join(name);
            if name == "$ref" {
                let message = format!("a reference cannot stand for {}", kind.in_words());
                findings.at_key(&pointer, message, format!("write the {kind} Object out here"));
                continue;
            }
            let newer = NEWER.iter().find(|(of, keyword, _)| *of == kind && keyword == name);
            if let Some((.., help)) = newer {
                let message = format!("`{name}` is a keyword of OpenAPI 3.1 or JSON Schema, not of OpenAPI 3.0");
                findings.at_key(&pointer, message, *help).if_allowed(Reading::Without(pointer.clone()));
                continue;
            }
            if name.contains('/') && kind.shape_of("content").is_some() {
                let message =
                    format!("{} has no field `{name}`: it is read as a media type of `content`", kind.in_words());
                let help = format!("put the media type under `content`: `content: {{{name}: …}}`");
                let content = visit.pointer.join("content").join(name);
                findings.at_key(&pointer, message, help).read(Reading::Moved(pointer.clone(), content));
                continue;
            }
            if kind == Kind::MediaType && Kind::Schema.shape_of(name).is_some() && !has_schema(fields) {
                let message = format!("{} has no field `{name}`: it is read as a keyword of `schema`", kind.in_words());
                let schema = visit.pointer.join("schema").join(name);
                let help = format!("put the keywords of the schema under `schema`: `schema: {{{name}: …}}`");
                findings.at_key(&pointer, message, help).read(Reading::Moved(pointer.clone(), schema));
                continue;
            }
            let known = definition.fields.iter().map(|field| field.name).filter(|known| !fields.contains_key(*known));
            let help = did_you_mean(name, known, "remove it, or start its name with `x-` if it is an extension");
            findings
                .at_key(&pointer, format!("{} has no field `{name}`", kind.in_words()), help)
                .if_allowed(Reading::Without(pointer.clone()));
        }
    }
}

/// Whether a media type has a schema of its own already, which a keyword beside it cannot join.
fn has_schema(media_type: &Map<String, Value>) -> bool {
    media_type.get("schema").is_some()
}
