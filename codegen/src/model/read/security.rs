//! Security schemes, and what operations require of them.

use serde_json::Value;

use super::fields::{members, resolved, text};
use crate::model::{Flow, Grant, Requirement, SchemeKind, SecurityScheme};
use crate::version::CERTIFICATES;

/// The declared schemes.
pub fn schemes(root: &Value) -> Vec<SecurityScheme<'_>> {
    let Some(components) = root.get("components") else { return Vec::new() };
    let schemes = ["securitySchemes", CERTIFICATES].into_iter().flat_map(|section| members(components, section));
    schemes.map(|(name, scheme)| read(name, resolved(root, scheme))).collect()
}

fn read<'a>(name: &'a str, scheme: &'a Value) -> SecurityScheme<'a> {
    let flows = scheme.get("flows").unwrap_or(&Value::Null);
    let grants = [
        ("authorizationCode", Grant::AuthorizationCode),
        ("implicit", Grant::Implicit),
        ("password", Grant::Password),
        ("clientCredentials", Grant::ClientCredentials),
    ];
    SecurityScheme {
        name,
        kind: kind(scheme),
        description: text(scheme, "description"),
        bearer_format: text(scheme, "bearerFormat"),
        open_id_connect_url: text(scheme, "openIdConnectUrl"),
        flows: grants.into_iter().filter_map(|(key, grant)| Some(flow(grant, flows.get(key)?))).collect(),
    }
}

fn kind(scheme: &Value) -> SchemeKind<'_> {
    let field = |key: &str| text(scheme, key).unwrap_or_default();
    match field("type") {
        "oauth2" => SchemeKind::OAuth2,
        "openIdConnect" => SchemeKind::OpenIdConnect,
        "apiKey" => SchemeKind::ApiKey(field("in"), field("name")),
        "http" => SchemeKind::Http(field("scheme")),
        other => SchemeKind::Other(other),
    }
}

fn flow(grant: Grant, flow: &Value) -> Flow<'_> {
    Flow {
        grant,
        authorization_url: text(flow, "authorizationUrl"),
        token_url: text(flow, "tokenUrl"),
        refresh_url: text(flow, "refreshUrl"),
        scopes: members(flow, "scopes").map(|(scope, words)| (scope, words.as_str().unwrap_or_default())).collect(),
    }
}

/// What an operation requires, or else the document as a whole.
pub fn requirements<'a>(root: &'a Value, operation: &'a Value) -> Vec<Vec<Requirement<'a>>> {
    let stated = operation.get("security").or_else(|| root.get("security")).and_then(Value::as_array);
    let alternatives = stated.into_iter().flatten().filter_map(Value::as_object);
    alternatives
        .map(|alternative| alternative.iter().map(|(name, scopes)| requirement(root, name, scopes)).collect())
        .collect()
}

fn requirement<'a>(root: &'a Value, name: &'a str, scopes: &'a Value) -> Requirement<'a> {
    let declared = root.get("components").and_then(|components| components.get("securitySchemes")?.get(name));
    Requirement {
        scheme: name,
        credential: kind(resolved(root, declared.unwrap_or(&Value::Null))).credential(),
        scopes: scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}
