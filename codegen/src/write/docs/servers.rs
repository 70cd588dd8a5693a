//! Servers: their URLs, what the document says of each, and what may stand in a URL's variables.

use super::{phrase, quoted, said};
use crate::model::{Server, ServerVariable};

/// A line for each server of a document, a path or an operation, and one for each of its variables.
pub fn servers(servers: &[Server<'_>]) -> String {
    servers.iter().map(server).collect::<Vec<_>>().join("\n")
}

/// One server.
pub fn server(server: &Server<'_>) -> String {
    let phrases: Vec<String> = phrase(server.description).into_iter().collect();
    let mut lines = vec![format!("- {}{}", quoted(server.url), said(&phrases))];
    lines.extend(server.variables.iter().filter(|variable| !variable.name.starts_with("x-")).map(variable));
    lines.join("\n")
}

fn variable(variable: &ServerVariable<'_>) -> String {
    let listed: Vec<String> = variable.values.iter().map(|value| quoted(value)).collect();
    let mut choice = Vec::new();
    if !listed.is_empty() {
        choice.push(format!("one of {}", listed.join(" ")));
    }
    choice.extend(variable.default.map(|default| format!("default {}", quoted(default))));
    let phrases: Vec<String> = phrase(variable.description).into_iter().collect();
    format!("  - {} ({}){}", quoted(variable.name), choice.join(", "), said(&phrases))
}
