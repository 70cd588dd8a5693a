//! Access: the schemes by which calls are authorised, where their tokens come from, and what each scope allows.

use serde_json::Value;

use super::{follow, link, members, phrase, quoted, said};
use crate::document::Document;
use crate::markdown::prose;

/// Each security scheme under a heading of its own.
pub fn schemes(document: &Document) -> String {
    let Some(components) = document.root().get("components") else { return String::new() };
    let schemes = members(components, "securitySchemes").map(|(name, scheme)| (name, follow(document, scheme)));
    schemes.map(|(name, scheme)| one(name, scheme)).collect::<Vec<_>>().join("\n\n")
}

fn one(name: &str, scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    let kind = match text("type").unwrap_or_default() {
        "oauth2" => "OAuth 2.0".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        "apiKey" => {
            format!("a key in the {} {}", text("in").unwrap_or_default(), quoted(text("name").unwrap_or_default()))
        }
        "http" => format!("HTTP authentication {}", quoted(text("scheme").unwrap_or_default())),
        other => quoted(other),
    };
    let mut paragraphs =
        vec![format!("## {}: {kind}", quoted(name)), text("description").map(prose).unwrap_or_default()];
    paragraphs.extend(text("bearerFormat").map(|format| format!("Format of the token: {}", quoted(format))));
    paragraphs.extend(link(scheme, "openIdConnectUrl").map(|url| format!("Configuration: {url}")));
    let flows = scheme.get("flows").unwrap_or(&Value::Null);
    for (key, words) in [
        ("authorizationCode", "With an authorization code"),
        ("implicit", "Implicitly"),
        ("password", "With the user's password"),
        ("clientCredentials", "With the client's own credentials"),
    ] {
        paragraphs.extend(flows.get(key).map(|found| flow(words, found)));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// Where a flow gets its tokens, and a line for each scope.
fn flow(name: &str, flow: &Value) -> String {
    let urls = [
        ("authorizationUrl", "users authorize at"),
        ("tokenUrl", "tokens come from"),
        ("refreshUrl", "are renewed at"),
    ];
    let urls: Vec<String> =
        urls.into_iter().filter_map(|(key, words)| Some(format!("{words} {}", link(flow, key)?))).collect();
    let mut text = format!("{name}{}", said(&urls));
    for (index, (scope, _)) in members(flow, "scopes").enumerate() {
        let words: Vec<String> = flow.get("scopes").and_then(|scopes| phrase(scopes, scope)).into_iter().collect();
        text.push_str(if index == 0 { "\n\n" } else { "\n" });
        text.push_str(&format!("- {}{}", quoted(scope), said(&words)));
    }
    text
}
