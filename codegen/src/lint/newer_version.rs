//! `newer-version`: what is read as an older version may mean more.

use crate::diagnostic::Level;
use crate::spec::Kind;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "newer-version",
    level: Level::Warning,
    description: "The document's version is one whose every field is known.",
    check: |_, findings| findings.noted(),
};

/// The fields that OpenAPI 3.2 has and 3.1 has not.
static FIELDS: &[(Kind, &[&str])] = &[
    (Kind::OpenApi, &["$self"]),
    (Kind::Server, &["name"]),
    (Kind::Components, &["mediaTypes"]),
    (Kind::PathItem, &["query", "additionalOperations"]),
    (Kind::MediaType, &["itemSchema", "prefixEncoding", "itemEncoding"]),
    (Kind::Encoding, &["encoding", "prefixEncoding", "itemEncoding"]),
    (Kind::Response, &["summary"]),
    (Kind::Example, &["dataValue", "serializedValue"]),
    (Kind::Tag, &["summary", "parent", "kind"]),
    (Kind::Discriminator, &["defaultMapping"]),
    (Kind::Xml, &["nodeType"]),
    (Kind::SecurityScheme, &["oauth2MetadataUrl", "deprecated"]),
    (Kind::OAuthFlows, &["deviceAuthorization"]),
];

/// Whether OpenAPI 3.2 is the first that has a field.
pub(super) fn has(kind: Kind, name: &str) -> bool {
    FIELDS.iter().any(|(of, fields)| *of == kind && fields.contains(&name))
}
