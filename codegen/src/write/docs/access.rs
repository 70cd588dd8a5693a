//! Access: the schemes by which calls are authorized, where their tokens come from, what each scope allows, and what an
//! operation requires of them.

use super::{paragraphs, phrase, quoted, said, url};
use crate::model::{Flow, Grant, Requirement, SchemeKind, SecurityScheme};

/// Each security scheme under a heading of its own.
pub fn schemes(schemes: &[SecurityScheme<'_>]) -> String {
    let shown = schemes.iter().filter(|scheme| !scheme.name.starts_with("x-"));
    shown.map(scheme).collect::<Vec<_>>().join("\n\n")
}

fn scheme(scheme: &SecurityScheme<'_>) -> String {
    let kind = match scheme.kind {
        SchemeKind::OAuth2 => "OAuth 2.0".to_owned(),
        SchemeKind::OpenIdConnect => "OpenID Connect".to_owned(),
        SchemeKind::ApiKey(place, name) => format!("a key in the {place} {}", quoted(name)),
        SchemeKind::Http(name) => format!("HTTP authentication {}", quoted(name)),
        SchemeKind::Other("mutualTLS") => "a client certificate, which the connection shows (mutual TLS)".to_owned(),
        SchemeKind::Other(other) => quoted(other),
    };
    let mut parts = vec![format!("## {}: {kind}", quoted(scheme.name)), paragraphs(scheme.description)];
    parts.extend(scheme.bearer_format.map(|format| format!("Format of the token: {}", quoted(format))));
    parts.extend(url(scheme.open_id_connect_url).map(|url| format!("Configuration: {url}")));
    parts.extend(scheme.flows.iter().map(flow));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Where a flow gets its tokens, and a line for each scope.
fn flow(flow: &Flow<'_>) -> String {
    let grant = match flow.grant {
        Grant::AuthorizationCode => "With an authorization code",
        Grant::Implicit => "Implicitly",
        Grant::Password => "With the user's password",
        Grant::ClientCredentials => "With the client's own credentials",
    };
    let urls = [
        ("users authorize at", flow.authorization_url),
        ("tokens come from", flow.token_url),
        ("are renewed at", flow.refresh_url),
    ];
    let urls: Vec<String> =
        urls.into_iter().filter_map(|(lead, page)| Some(format!("{lead} {}", url(page)?))).collect();
    let mut text = format!("{grant}{}", said(&urls));
    let scopes = flow.scopes.iter().filter(|(scope, _)| !scope.starts_with("x-"));
    for (index, (scope, description)) in scopes.enumerate() {
        let phrases: Vec<String> = phrase(Some(*description)).into_iter().collect();
        text.push_str(if index == 0 { "\n\n" } else { "\n" });
        text.push_str(&format!("- {}{}", quoted(scope), said(&phrases)));
    }
    text
}

/// The documentation of a scheme's module.
pub fn of_scheme(scheme: &SecurityScheme<'_>) -> String {
    format!("Tokens for the scheme {}.", quoted(scheme.name))
}

/// The documentation of a scope: what it allows.
pub fn of_scope(scope: &str, description: &str) -> String {
    phrase(Some(description)).unwrap_or_else(|| format!("The scope {}.", quoted(scope)))
}

/// The security requirements of an operation as a list; empty where there are none.
pub fn requirements(alternatives: &[Vec<Requirement<'_>>]) -> String {
    let one = |requirement: &Requirement<'_>| {
        let scopes: Vec<String> =
            requirement.scopes.iter().map(|scope| format!("`{}`", scope.replace('`', "'"))).collect();
        let scheme = format!("`{}`", requirement.scheme.replace('`', "'"));
        if scopes.is_empty() { scheme } else { format!("{scheme} with {}", scopes.join(", ")) }
    };
    let (free, asked): (Vec<_>, Vec<_>) = alternatives.iter().partition(|alternative| alternative.is_empty());
    let lines = asked.iter().map(|all| format!("- {}", all.iter().map(one).collect::<Vec<_>>().join(" and ")));
    let lines: Vec<String> = lines.collect();
    match (lines.len(), free.is_empty()) {
        (0, _) => String::new(),
        (1, true) => lines.concat(),
        (_, true) => format!("One of:\n\n{}", lines.join("\n")),
        (_, false) => format!("One of these, or none:\n\n{}", lines.join("\n")),
    }
}
