//! What the client's documentation must say of the API as a whole.

use super::markdown::{described, link, phrase, quoted, said};
use crate::document::Reader;

/// The documentation of the client that the document asks for.
pub fn about(root: &Reader<'_, '_>) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        text.push_str(&line);
        text.push_str("\n\n");
    };
    let Some(info) = root.inner("info") else { return text };
    say(format!("A client of {}.", info.text("title").unwrap_or_default().trim().trim_end_matches('.')));
    say(described(info.text("description").unwrap_or_default()));
    let openapi = root.text("openapi").unwrap_or_default();
    say(format!("Version of the document: {}, in OpenAPI {openapi}", info.text("version").unwrap_or_default().trim()));
    for (key, words) in [("contact", "Contact"), ("license", "Licence of the API")] {
        let Some(who) = info.inner(key) else { continue };
        let name = phrase(who.text("name"));
        let email = if key == "contact" { who.text("email").map(quoted) } else { None };
        let all: Vec<String> = name.into_iter().chain(who.text("url").map(link)).chain(email).collect();
        if !all.is_empty() {
            say(format!("{words}: {}", all.join(", ")));
        }
    }
    if let Some(url) = info.text("termsOfService") {
        say(format!("Terms of service: {}", link(url)));
    }
    external_docs(root).into_iter().for_each(&mut say);
    let mut section = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            say(format!("# {heading}\n\n{}", lines.join("\n")));
        }
    };
    section("Servers", servers(root));
    let tag = |tag: &Reader<'_, '_>| {
        let words: Vec<String> = phrase(tag.text("description")).into_iter().chain(external_docs(tag)).collect();
        format!("- {}{}", quoted(tag.text("name").unwrap_or_default()), said(&words))
    };
    section("Tags", root.listed("tags").iter().map(tag).collect());
    section("Access", access(root));
    text
}

/// Further reading, as a sentence.
pub fn external_docs(holder: &Reader<'_, '_>) -> Option<String> {
    let docs = holder.inner("externalDocs")?;
    let words: Vec<String> = phrase(docs.text("description")).into_iter().chain(docs.text("url").map(link)).collect();
    Some(format!("See also: {}", words.join(" ")))
}

/// A line for each server, and one for each of its variables.
pub fn servers(holder: &Reader<'_, '_>) -> Vec<String> {
    holder.listed("servers").iter().flat_map(server).collect()
}

/// One server.
pub fn server(server: &Reader<'_, '_>) -> Vec<String> {
    let words: Vec<String> = phrase(server.text("description")).into_iter().collect();
    let mut lines = vec![format!("- {}{}", quoted(server.text("url").unwrap_or_default()), said(&words))];
    for (name, variable) in server.named("variables") {
        let listed: Vec<String> = variable.texts("enum").into_iter().map(quoted).collect();
        let mut choice = Vec::new();
        if !listed.is_empty() {
            choice.push(format!("one of {}", listed.join(" ")));
        }
        choice.extend(variable.text("default").map(|default| format!("default {}", quoted(default))));
        let words: Vec<String> = phrase(variable.text("description")).into_iter().collect();
        lines.push(format!("  - {} ({}){}", quoted(name), choice.join(", "), said(&words)));
    }
    lines
}

/// The security schemes, each under a heading of its own.
fn access(root: &Reader<'_, '_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, scheme) in root.inner("components").map(|all| all.named("securitySchemes")).unwrap_or_default() {
        let text = |key: &str| scheme.text(key).unwrap_or_default();
        let kind = match text("type") {
            "oauth2" => "OAuth 2.0".to_owned(),
            "openIdConnect" => "OpenID Connect".to_owned(),
            "apiKey" => format!("a key in the {} {}", text("in"), quoted(text("name"))),
            "http" => format!("HTTP authentication {}", quoted(text("scheme"))),
            other => quoted(other),
        };
        lines.push(format!("## {}: {kind}\n", quoted(name)));
        lines.push(described(text("description")));
        lines.extend(scheme.text("bearerFormat").map(|format| format!("Format of the token: {}", quoted(format))));
        lines.extend(scheme.text("openIdConnectUrl").map(|url| format!("Configuration: {}", link(url))));
        let Some(flows) = scheme.inner("flows") else { continue };
        for (key, words) in [
            ("authorizationCode", "With an authorization code"),
            ("implicit", "Implicitly"),
            ("password", "With the user's password"),
            ("clientCredentials", "With the client's own credentials"),
        ] {
            let Some(flow) = flows.inner(key) else { continue };
            let urls = [
                ("authorizationUrl", "users authorize at"),
                ("tokenUrl", "tokens come from"),
                ("refreshUrl", "are renewed at"),
            ];
            let urls: Vec<String> = urls
                .into_iter()
                .filter_map(|(key, words)| Some(format!("{words} {}", link(flow.text(key)?))))
                .collect();
            lines.push(format!("{words}{}", said(&urls)));
            let scopes = flow.value("scopes").and_then(|scopes| scopes.as_object());
            for (scope, words) in scopes.into_iter().flatten().filter(|(scope, _)| !scope.starts_with("x-")) {
                let words: Vec<String> = phrase(words.as_str()).into_iter().collect();
                lines.push(format!("- {}{}", quoted(scope), said(&words)));
            }
        }
    }
    lines
}
